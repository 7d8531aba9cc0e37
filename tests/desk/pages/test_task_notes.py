"""Is a note for colleagues kept, whatever else is done on the page?"""

import re

import pytest

from services.desk.ports.answers import Answer, Refused
from services.desk.ports.notes import NOTES
from tests.desk.browsing import Browser, Site, form_fields
from tests.desk.facts import LEO, created
from tests.desk.pages.test_task import decide


@pytest.fixture
async def leo(site: Site) -> Browser:
    """A lawyer, at a desk with one task."""
    site.memory.office.hear(created())
    return await site.as_person(LEO)


def notes(site: Site) -> list[str]:
    return [str(each.text) for each in site.memory.office.all(NOTES)]


async def test_a_note_that_was_begun_is_kept_when_deciding(site: Site, leo: Browser) -> None:
    page = await leo.get("/tasks/t-1")
    assert re.search(r'<textarea [^>]*name="beside" [^>]*form="decide-form"', page.text)
    answer = await decide(leo, "not-reached", beside="She moves in May.", next_try="2026-03-05")
    assert answer.status_code == 303
    assert "She moves in May." in notes(site)


async def test_where_a_decision_needs_a_note_either_box_holds_it(site: Site, leo: Browser) -> None:
    answer = await decide(leo, "reached", beside="She moves in May.")
    assert answer.status_code == 303
    ((_, asked),) = site.memory.owners.decided
    assert asked["fields"] == {"note": "She moves in May."}
    assert notes(site) == ["She moves in May."]


async def test_such_a_note_stands_in_the_form_again_where_the_decision_is_refused(
    site: Site, leo: Browser
) -> None:
    site.memory.owners.answer = Answer("open", 1, Refused("outcome-missing", "Say what came."))
    answer = await decide(leo, "reached", beside="She moves in May.")
    assert answer.status_code == 409
    assert "She moves in May.</textarea>" in answer.text


async def test_a_note_is_kept_even_if_the_decision_is_refused(site: Site, leo: Browser) -> None:
    site.memory.owners.answer = Answer(
        "open", 1, Refused("outcome-missing", "Say what came of it.")
    )
    fields = {"note": "We spoke.", "beside": "She moves in May."}
    answer = await decide(leo, "reached", **fields)
    assert answer.status_code == 409
    assert notes(site) == ["She moves in May."]
    assert answer.text.count("She moves in May.") == 1  # in the history; not to be added again


async def test_adding_a_note_keeps_the_decision_that_was_begun(site: Site, leo: Browser) -> None:
    page = await leo.get("/tasks/t-1")
    fields = {"beside": "Rang twice.", "note": "We spoke about the"}
    place = "/tasks/t-1/decide"
    answer = await leo.client.post("/tasks/t-1/note", data=form_fields(page.text, place) | fields)
    assert notes(site) == ["Rang twice."]
    assert "We spoke about the</textarea>" in answer.text
    assert "Note added." in answer.text
    alone = form_fields(answer.text, place) | {"beside": "And once more."}
    after = await leo.client.post("/tasks/t-1/note", data=alone)
    assert after.headers["location"].startswith("/tasks/t-1?back=%2Finbox")
