"""Does the page of a call say once whom to call, and ask when to try again?"""

import re

from services.desk.ports.answers import Answer, Refused
from shared.contracts.cards import CardTold
from tests.desk.browsing import Site
from tests.desk.facts import CLIENT, LEO, created


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


async def main_of(site: Site) -> str:
    text = (await (await site.as_person(LEO)).get("/tasks/t-1")).text
    return text[text.index("<h1>") :]


async def test_the_name_of_the_client_stands_once_in_the_head(site: Site) -> None:
    site.memory.office.hear(CLIENT)
    site.memory.office.hear(created())
    name = CLIENT.name
    site.memory.owners.shown = {"name": name, "phone": "+49 30 1234"}
    site.memory.cards.told["c-1"] = CardTold(client_id="c-1", known=True, name=name)
    shown = await main_of(site)
    assert "Before you pick up the phone" in shown
    assert shown.count(name) == 1


async def test_a_name_that_the_head_lacks_stands_in_the_short_card_alone(site: Site) -> None:
    site.memory.office.hear(created())
    site.memory.owners.shown = {"name": "Ada Muster", "phone": "+49 30 1234"}
    assert (await main_of(site)).count("Ada Muster") == 1
    site.memory.cards.told["c-1"] = CardTold(client_id="c-1", known=True, name="Ada Muster")
    shown = await main_of(site)
    assert shown.index("before-title") < shown.index("Ada Muster") < shown.index("call-title")
    assert shown.count("Ada Muster") == 1
