"""Does a page offer each decision to whoever makes it, and let a second person agree exactly?"""

from typing import Any

import pytest

from services.desk.ports.answers import Answer
from services.desk.ports.held_decisions import HELD
from services.desk.ports.notes import NOTES
from services.desk.ports.tasks import LISTED
from tests.desk.browsing import Browser, Site, site_at
from tests.desk.facts import ASH, LENA, LEO, NOON, completed, created, updated

NO_MORE = "no-more-calls"
ASKED: dict[str, Any] = {
    "deciders": {NO_MORE: ("lawyer", "partner")},
    "second": (NO_MORE,),
}
FIRST = {"decision": NO_MORE, "by": "leo", "at": NOON}


@pytest.fixture
async def site() -> Site:
    """A task of which one decision takes two lawyers or partners."""
    site = await site_at(NOON)
    site.memory.office.hear(created(**ASKED), id="first")
    return site


async def says_first(site: Site) -> None:
    """Leo decides that nobody calls any more; its owner keeps that until a second one agrees."""
    leo = await site.as_person(LEO)
    site.memory.owners.answer = Answer("open", 2, waits=True)
    page = await leo.get("/tasks/t-1")
    typed = {"decision": NO_MORE, "reason": "Moved <abroad>"}
    answer = await leo.post("/tasks/t-1/decide", page, typed)
    told = (await leo.get(answer.headers["location"])).text
    assert "Kept until a second person agrees: Call no more." in told
    site.memory.office.hear(updated(**ASKED, decided_first=FIRST), id="second")
    site.memory.owners.answer = Answer("done", 3)


async def agree(site: Site, browser: Browser) -> Any:
    return await browser.post("/tasks/t-1/decide", await browser.get("/tasks/t-1"))


async def test_who_may_not_decide_so_is_not_offered_it_and_reads_who_may(site: Site) -> None:
    ash = await site.as_person(ASH)
    page = (await ash.get("/tasks/t-1")).text
    assert f'value="{NO_MORE}"' not in page
    assert "“Call no more” is decided by: Lawyer, Partner." in page
    assert 'value="reached"' in page


async def test_whoever_decides_what_takes_two_reads_that_beside_it(site: Site) -> None:
    leo = await site.as_person(LEO)
    assert (
        "Your reason is kept. A second person has to agree." in (await leo.get("/tasks/t-1")).text
    )


async def test_the_first_reads_that_it_waits_and_is_not_asked_to_agree(site: Site) -> None:
    await says_first(site)
    page = (await (await site.as_person(LEO)).get("/tasks/t-1")).text
    assert "You have decided: Call no more. It counts once a second person agrees." in page
    assert 'id="agree"' not in page


async def test_the_second_sees_the_words_and_agrees_to_exactly_these(site: Site) -> None:
    await says_first(site)
    lena = await site.as_person(LENA)
    page = (await lena.get("/tasks/t-1")).text
    assert "Leo has decided: Call no more." in page
    assert "Moved &lt;abroad&gt;" in page
    await agree(site, lena)
    _, said = site.memory.owners.decided[-1]
    assert (said["decision"], said["fields"]) == (NO_MORE, {"reason": "Moved <abroad>"})
    assert (said["version"], said["actor"]["id"]) == (2, "lena")


async def test_who_may_not_decide_so_cannot_agree_either(site: Site) -> None:
    await says_first(site)
    page = (await (await site.as_person(ASH)).get("/tasks/t-1")).text
    assert "Whoever agrees has to be somebody who may decide so." in page
    assert 'id="agree"' not in page


async def test_what_waits_for_a_second_person_lies_with_nobody_and_says_so_in_the_list(
    site: Site,
) -> None:
    leo = await site.as_person(LEO)
    await leo.post("/tasks/t-1/claim", await leo.get("/tasks/t-1"))
    await says_first(site)
    row = site.memory.office.get(LISTED, "t-1")
    assert row is not None
    assert row.owner_id is None
    page = (await (await site.as_person(LENA)).get("/inbox?view=team")).text
    assert "A second person has to agree" in page


async def test_the_reason_is_a_note_only_once_it_counts(site: Site) -> None:
    await says_first(site)
    assert site.memory.office.all(NOTES) == []
    await agree(site, await site.as_person(LENA))
    assert [each.text for each in site.memory.office.all(NOTES)] == ["Moved <abroad>"]


async def test_where_the_words_are_kept_no_more_it_is_decided_anew(site: Site) -> None:
    site.memory.office.hear(updated(**ASKED, decided_first=FIRST), id="second")
    page = (await (await site.as_person(LENA)).get("/tasks/t-1")).text
    assert "kept no more: decide it anew" in page
    assert site.memory.office.all(HELD) == []


async def test_what_waits_no_more_is_not_agreed_to(site: Site) -> None:
    await says_first(site)
    lena = await site.as_person(LENA)
    page = await lena.get("/tasks/t-1")
    site.memory.office.hear(updated(version=3, **ASKED), id="third")
    told = len(site.memory.owners.decided)
    answer = await lena.post("/tasks/t-1/decide", page)
    assert answer.status_code == 409
    assert "What you agreed to waits no more." in answer.text
    assert len(site.memory.owners.decided) == told


async def test_its_history_says_that_two_have_decided(site: Site) -> None:
    await says_first(site)
    said = completed(version=3, decision=NO_MORE, actor_id="lena", first_by="leo")
    site.memory.office.hear(said, id="third")
    page = (await (await site.as_person(LEO)).get("/tasks/t-1")).text
    assert "Decided, as a colleague had before: Call no more." in page
