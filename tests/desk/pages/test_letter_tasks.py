"""Does the page of a letter show what stands against it, and hand out the file to be printed?"""

from base64 import b64encode
from typing import Any

import pytest

from tests.desk.browsing import Browser, Site
from tests.desk.facts import ASH, LEO, created
from tests.reminders.letter_office import CLAUSE, ENVELOPE, LAWYER, WRITTEN, approve, edit, office
from tests.reminders.letter_office import task_of as asked
from tests.reminders.over_memory import Reminders

APPROVAL = {"kind": "letter-approval", "title": "Approve a letter before it goes"}
POSTING = {"kind": "letter-posting", "title": "Print and post an approved letter"}


def shown(reminders: Reminders, kind: str = "letter-approval") -> dict[str, Any]:
    """What reminders says of its task."""
    return reminders.view(asked(reminders, kind).task_id, LAWYER)


async def page_of(site: Site, values: dict[str, Any], kind: dict[str, str]) -> Browser:
    """Somebody at the desk, with this task."""
    site.memory.office.hear(created(**kind))
    site.memory.owners.shown = values
    return await site.as_person(LEO)


async def test_what_stands_against_a_letter_is_named_with_its_source(site: Site) -> None:
    reminders = office()
    edit(reminders, WRITTEN.replace(CLAUSE, "Wir garantieren den Erfolg für [Name]."))
    leo = await page_of(site, shown(reminders), APPROVAL)
    page = (await leo.get("/tasks/t-1")).text
    for words in ("3 points stand against it", "ISO 10002", "<mark>garantieren</mark>", "[Name]",
                  "Change the letter", "Approve this letter", "By e-mail", "By post"):  # fmt: skip
        assert words in page, words


async def test_where_nothing_stands_against_it_the_page_says_so(site: Site) -> None:
    reminders = office()
    edit(reminders)
    leo = await page_of(site, shown(reminders), APPROVAL)
    page = (await leo.get("/tasks/t-1")).text
    assert "Nothing stands against its approval." in page
    assert "How to complain, to whom" in page


@pytest.fixture
async def posting(site: Site) -> Browser:
    """A letter that was approved, to go by post."""
    reminders = office()
    edit(reminders)
    approve(reminders, channel="post", recipient=ENVELOPE)
    return await page_of(site, shown(reminders, "letter-posting"), POSTING)


async def test_the_approved_letter_is_handed_out_as_a_file_to_print(posting: Browser) -> None:
    assert "/tasks/t-1/letter.pdf" in (await posting.get("/tasks/t-1")).text
    file = await posting.get("/tasks/t-1/letter.pdf")
    assert (file.status_code, file.headers["content-type"]) == (200, "application/pdf")
    assert file.headers["cache-control"] == "no-store"
    assert file.content.startswith(b"%PDF-")


async def test_a_task_without_a_letter_has_no_such_file(site: Site) -> None:
    leo = await page_of(site, {"name": "Anna"}, {"kind": "call-client"})
    assert (await leo.get("/tasks/t-1/letter.pdf")).status_code == 404


async def test_whoever_may_not_see_the_task_gets_no_file(site: Site) -> None:
    barred: dict[str, Any] = {**POSTING, "barred": (ASH.staff_id,)}
    site.memory.office.hear(created(**barred))
    site.memory.owners.shown = {"pdf": b64encode(b"%PDF-1.7").decode()}
    ash = await site.as_person(ASH)
    assert (await ash.get("/tasks/t-1/letter.pdf")).status_code in (403, 404)
