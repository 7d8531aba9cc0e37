"""Does the page of a call ask when to try again?"""

import re

from services.desk.ports.answers import Answer, Refused
from tests.desk.browsing import Site
from tests.desk.facts import LEO, created


async def test_whoever_was_not_reached_is_tried_again_on_a_day_the_form_asks_for(
    site: Site,
) -> None:
    site.memory.office.hear(created())
    leo = await site.as_person(LEO)
    site.memory.owners.shown = {"name": "Anna", "tries": "Monday, 2 March"}
    shown = (await leo.get("/tasks/t-1")).text
    assert "Tried before, not reached: Monday, 2 March." in shown
    assert re.search(r'<input type="date" id="next_try"', shown)
    site.memory.owners.answer = Answer("open", 1, Refused("missing", "Say when.", "next_try"))
    page = await leo.get("/tasks/t-1")
    said = {"decision": "not-reached", "next_try": ""}
    answer = await leo.post("/tasks/t-1/decide", page, said)
    assert answer.status_code == 422
    assert '<a href="#next_try">Say when.</a>' in answer.text
    site.memory.owners.answer = Answer("open", 2)
    await leo.post("/tasks/t-1/decide", page, {**said, "next_try": "2026-03-05"})
    assert site.memory.owners.decided[-1][1]["fields"] == {"next_try": "2026-03-05"}
