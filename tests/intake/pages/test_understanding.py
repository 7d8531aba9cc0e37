"""Can a client say with one answer whether we understood them, in their own language?"""

from dataclasses import replace

import pytest
from httpx import Response

from services.intake.ports import ATTENDANCE_NOTES
from shared.contracts.attendance import UnderstandingConfirmed, UnderstandingDisputed
from shared.contracts.envelope import Cause
from tests.fakes.memory import START, MemoryService
from tests.intake.office import PARTNER, UNDERSTOOD, talked, updated
from tests.intake.pages.site import IntakeSite, hidden

WRONG = "Seven hundred, not nine."


@pytest.fixture
def link(site: IntakeSite, office: MemoryService) -> str:
    return site.path("h", "understanding", talked(office))


async def test_opening_it_changes_nothing_and_shows_the_words_with_one_question(
    site: IntakeSite, office: MemoryService, link: str
) -> None:
    before = str(office._kept)
    page = await site.browser.get(link)
    assert (page.status_code, str(office._kept)) == (200, before)
    assert "You had an appointment with" in page.text
    assert "Sunday, 1 March 2026" in page.text
    assert UNDERSTOOD in page.text
    assert page.text.count("<form") == 1


async def test_yes_is_kept_and_thanked_for(
    site: IntakeSite, office: MemoryService, link: str
) -> None:
    thanks = await site.send(link, answer="yes")
    assert "<h1>Thank you</h1>" in thanks.text
    assert UNDERSTOOD not in thanks.text
    assert len(office.announced_of(UnderstandingConfirmed)) == 1


async def test_no_with_what_is_wrong_reaches_a_person(
    site: IntakeSite, office: MemoryService, link: str
) -> None:
    thanks = await site.send(link, answer="no", wrong=f" {WRONG}\r\n")
    assert "Thank you for telling us" in thanks.text
    assert len(office.announced_of(UnderstandingDisputed)) == 1
    (task,) = office.tasks("understanding-disputed")
    assert office.view(task.task_id, PARTNER)["objection"] == WRONG
    assert "Thank you for telling us" in (await site.send(link, answer="yes")).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose “Yes” or “No”."),
        ({"answer": "no"}, "Tell us in a few words what is wrong or missing."),
        ({"answer": "yes", "wrong": WRONG}, "You chose “Yes” and wrote what is wrong."),
        ({"answer": "no", "wrong": "x" * 5_001}, "Please use at most 5000 characters."),
    ],
)
async def test_what_is_refused_is_shown_again_as_it_was_typed(
    site: IntakeSite, office: MemoryService, link: str, typed: dict[str, str], said: str
) -> None:
    page = await site.send(link, **typed)
    assert page.status_code == 422
    assert said in page.text
    assert typed.get("wrong", "") in page.text
    assert office.announced_of(UnderstandingDisputed) == []


async def test_words_written_anew_meanwhile_are_read_before_they_are_answered(
    site: IntakeSite, office: MemoryService, link: str
) -> None:
    opened = await site.browser.get(link)
    await site.send(link, answer="no", wrong=WRONG)
    (task,) = office.tasks("understanding-disputed")
    office.decide(task.task_id, "corrected", {"understood": "Seven hundred."}, actor=PARTNER)
    stale = await site.browser.post(link, data=hidden(opened) | {"answer": "yes"})
    assert stale.status_code == 409
    assert "We have written it anew" in stale.text
    assert "Seven hundred." in stale.text
    assert "Thank you" in (await site.send(link, answer="yes")).text


async def test_a_german_client_reads_german(
    site: IntakeSite, office: MemoryService, link: str
) -> None:
    office.hear(updated(locale="de-AT"))
    page = await site.browser.get(link)
    assert "Sie hatten am Sonntag, 1. März 2026, einen Termin bei" in page.text
    assert "Stimmt das so?" in page.text


async def test_of_an_erased_client_and_of_a_strangers_link_nothing_is_shown(
    site: IntakeSite, office: MemoryService, link: str
) -> None:
    foreign = await site.browser.get(site.path("h", "understanding", "n-nobody"))
    mistyped = await site.browser.get(link[:-1] + "_")
    (note,) = office.all(ATTENDANCE_NOTES)
    cause = Cause("urn:test", "erase", "erase", "erase", None, START)
    erased = replace(note, understood=None)
    office.act(
        lambda u: u.put(ATTENDANCE_NOTES, erased),
        lambda _: [ATTENDANCE_NOTES.one(note.note_id)],
        cause,
    )
    gone: Response = await site.browser.get(link)
    assert {foreign.status_code, mistyped.status_code, gone.status_code} == {404}
    assert foreign.text == gone.text
