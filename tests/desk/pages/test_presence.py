"""Does a task say who else has it open, without ever keeping anybody from it?"""

from datetime import timedelta

import pytest

from services.desk.ports.presence import PRESENCES
from services.desk.ports.tasks import LISTED
from tests.desk.browsing import Browser, Site
from tests.desk.facts import LENA, LEO, PAT, completed, created
from tests.desk.walls import wall

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def leo(site: Site) -> Browser:
    """A lawyer with a task open."""
    site.memory.office.hear(created())
    leo = await site.as_person(LEO)
    await leo.get("/tasks/t-1")
    return leo


async def here(browser: Browser) -> str:
    """What the page asks every half minute."""
    page = await browser.get("/tasks/t-1")
    answer = await browser.post("/tasks/t-1/here", page)
    assert answer.status_code == 200
    return answer.text


async def test_without_a_script_it_says_when_it_was_opened(site: Site, leo: Browser) -> None:
    site.memory.office.now += 3 * MINUTE
    lena = await site.as_person(LENA)
    assert "Leo opened this 3 minutes ago." in (await lena.get("/tasks/t-1")).text


async def test_a_page_that_is_still_open_says_for_how_long(site: Site, leo: Browser) -> None:
    lena = await site.as_person(LENA)
    for _ in range(3):
        await here(leo)
        site.memory.office.now += MINUTE
    assert "Leo has had this open for 3 minutes." in await here(lena)
    assert "Leo" not in await here(leo)


async def test_the_row_of_the_inbox_says_who_has_it_open(site: Site, leo: Browser) -> None:
    lena = await site.as_person(LENA)
    assert "Leo has it open" in (await lena.get("/inbox?view=team")).text
    assert "has it open" not in (await leo.get("/inbox?view=team")).text
    site.memory.office.now += 10 * MINUTE
    assert "has it open" not in (await lena.get("/inbox?view=team")).text


async def test_it_keeps_nobody_from_deciding(site: Site, leo: Browser) -> None:
    lena = await site.as_person(LENA)
    page = await lena.get("/tasks/t-1")
    answer = await lena.post("/tasks/t-1/decide", page, {"decision": "reached"})
    assert answer.status_code == 303


async def test_nobody_behind_a_wall_hears_or_leaves_a_word(site: Site, leo: Browser) -> None:
    lena = await site.as_person(LENA)
    page = await lena.get("/tasks/t-1")
    site.memory.office.hear(wall("client", "lena"), id="wall")
    site.memory.office.now += 2 * MINUTE
    answer = await lena.post("/tasks/t-1/here", page)
    assert (answer.status_code, "Leo" in answer.text) == (403, False)
    seen = site.memory.office.get(PRESENCES, "t-1.lena")
    assert seen is not None
    assert seen.last_at < site.memory.office.now


async def test_of_a_task_that_is_done_nothing_is_kept(site: Site, leo: Browser) -> None:
    site.memory.office.hear(completed(), id="done")
    pat = await site.as_person(PAT)
    await pat.get("/tasks/t-1")
    task = site.memory.office.get(LISTED, "t-1")
    assert task is not None
    assert task.state == "done"
    assert site.memory.office.get(PRESENCES, "t-1.pat") is None
