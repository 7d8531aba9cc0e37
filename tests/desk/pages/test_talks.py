"""After a call that was a task, does whoever calls next see what was said?"""

from datetime import timedelta
from typing import Any

import pytest

from services.desk.domain.notes import Note
from services.desk.ports.notes import NOTES
from shared.contracts.cards import CardTold, MatterTold, NoteTold
from shared.contracts.envelope import Cause
from tests.desk.browsing import Site
from tests.desk.facts import CLIENT, LENA, LEO, NOON, PAT, completed, created

PLACE, NEXT_CALL = "/clients/c-1", "/tasks/t-next"
NOBODY = "Nobody has logged a contact yet."


@pytest.fixture
async def known(site: Site) -> Site:
    """A client to be called about two things, of whom nobody has logged anything."""
    site.memory.office.hear(CLIENT)
    for task_id in ("t-1", "t-next"):
        site.memory.office.hear(created(task_id), id=task_id)
    site.memory.cards.told["c-1"] = CardTold(
        client_id="c-1", known=True, name="Anna Müller",
        matters=[MatterTold(matter_id="m-1", practice_area="family", owner_id="leo", state="open")],
    )  # fmt: skip
    return site


async def call(site: Site, **fields: str) -> None:
    browser = await site.as_person(LEO)
    filled = {"decision": "reached", "note": "She comes on Thursday.", "version": "1", **fields}
    answer = await browser.do("/tasks/t-1/decide", filled)
    assert answer.status_code == 303
    site.memory.office.hear(completed("t-1"), id="done")


async def page(site: Site, place: str, person: Any = LEO) -> str:
    answer = await (await site.as_person(person)).get(place)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("place", [PLACE, NEXT_CALL])
async def test_a_call_that_was_a_task_is_the_last_talk(known: Site, place: str) -> None:
    assert NOBODY in await page(known, place)
    await call(known, spoke_with="Her brother")
    text = await page(known, place)
    for said in ("Call the client: Reached", "She comes on Thursday.", "logged by Leo",
                 "Whom you spoke with, where it was somebody else", "Her brother"):  # fmt: skip
        assert said in text, said
    assert NOBODY not in text


async def test_the_timeline_says_with_the_decision_what_was_noted(known: Site) -> None:
    await call(known)
    _, _, after = (await page(known, PLACE)).partition("Task decided: Reached.")
    assert "She comes on Thursday." in after
    assert "Decided by Leo" in after


async def test_words_on_a_task_are_for_those_who_may_deal_with_it(known: Site) -> None:
    office = known.memory.office
    office.hear(created("t-2", kind="service-recovery", role="lawyer", barred=("lena",)), id="t-2")
    note = Note(note_id="n", task_id="t-2", person="client:c-1", by="pat", at=NOON,
                text="Lena was rude.")  # fmt: skip
    cause = Cause("urn:clientele:desk", "note", "request", "note", None, NOON)
    office.act(lambda unit: unit.put(NOTES, note), lambda _: [NOTES.one("n")], cause)
    office.hear(completed("t-2", kind="service-recovery", decision="told", actor_id="pat"), id="o")
    assert "Lena was rude." in await page(known, PLACE, PAT)
    assert "Lena was rude." not in await page(known, PLACE, LENA)


async def test_an_appointment_stands_among_the_talks_by_its_time(known: Site) -> None:
    await call(known)
    told = known.memory.cards.told["c-1"]
    met = (NOON - timedelta(days=2)).isoformat()
    note = NoteTold(note_id="n-1", outcome="held", state="confirmed", met_at=met, by="pat",
                    said="The lease ends in May.", present="Her tax adviser")  # fmt: skip
    known.memory.cards.told["c-1"] = told.model_copy(update={"notes": [note]})
    text = await page(known, PLACE)
    talks = text[text.index("Last talks") :]
    assert talks.index("Call the client: Reached") < talks.index("Appointment: Held")
    assert "The lease ends in May." in talks
    assert "Her tax adviser" in talks


async def test_before_the_call_the_matter_is_named_with_its_lawyer(known: Site) -> None:
    head, _, after = (await page(known, NEXT_CALL)).partition("Before you pick up the phone")
    assert "Family" in after[: after.index("</section>")]
    assert head


async def test_a_day_is_one_of_the_firms_calendar(site: Site) -> None:
    """A request that reached the firm on the 3rd was asked on the 3rd, also after midnight UTC."""
    site.memory.office.hear(CLIENT)
    site.memory.office.hear(created("t-r", kind="records-request", role="partner"))
    site.memory.owners.by_task["t-r"] = {"asked": "access", "asked_at": "2026-07-02T23:00:00+00:00"}
    assert "Asked on 3 July 2026." in await page(site, "/tasks/t-r", PAT)
