"""Can other programs see what goes out next to a client, and change it?"""

import pytest

from services.desk.ports.answers import Refused
from shared.contracts.outgoing import MessageTold, OutgoingListed
from tests.desk.facts import CLARA, LEO, OSKAR
from tests.desk.memory import MemoryDesk
from tests.desk.pages.test_outgoing import MESSAGE

PLACE = "/clients/c-1/outgoing"
SKIP = {"do": "skip", "occurrence_id": "o-1", "why": "The client rang."}


async def test_what_goes_out_next_is_told_with_its_reasons_and_words(desk: MemoryDesk) -> None:
    desk.outgoing.told = OutgoingListed(messages=[MessageTold(**MESSAGE)])
    [message] = (await desk.as_person(CLARA).get(PLACE)).json()["messages"]
    assert (message["due_at"], message["zone"]) == ("2026-03-03T09:00:00+00:00", "Europe/Berlin")
    assert message["words"] == MESSAGE["words"]
    assert message["gates"] == [{"gate": "consent", "verdict": "pass"}]


async def test_a_decision_is_asked_of_reminders_under_the_key_of_the_request(
    desk: MemoryDesk,
) -> None:
    for _ in range(2):
        answer = await desk.as_person(LEO).post(
            PLACE, json=SKIP, headers={"Idempotency-Key": "k-1"}
        )
        assert answer.json() == {"decision_id": "r-1", "count": 1, "left": []}
    first, second = desk.outgoing.asked
    assert first == second
    assert (first.do, first.scope, first.client_id) == ("skip", "message", "c-1")


async def test_a_moment_is_handed_on_in_utc(desk: MemoryDesk) -> None:
    body = {**SKIP, "do": "move", "move_to": "2026-03-04T10:00:00+01:00"}
    await desk.as_person(LEO).post(PLACE, json=body)
    assert desk.outgoing.asked[0].move_to == "2026-03-04T09:00:00.000Z"


@pytest.mark.parametrize(
    ("no", "status"),
    [
        (Refused("legal", "The law requires this message."), 409),
        (Refused("missing", "Say why.", "why"), 422),
        (Refused("wrong-role", "This is for: assistant."), 403),
        (Refused("unknown-client", "No client of this id is known."), 404),
    ],
    ids=lambda each: each.code if isinstance(each, Refused) else str(each),
)
async def test_a_no_says_why(desk: MemoryDesk, no: Refused, status: int) -> None:
    desk.outgoing.answer = no
    answer = await desk.as_person(LEO).post(PLACE, json=SKIP)
    assert answer.status_code == status
    assert (answer.json()["code"], answer.json()["detail"]) == (no.code, no.message)


async def test_who_does_not_work_with_clients_neither_sees_nor_changes_it(
    desk: MemoryDesk,
) -> None:
    oskar = desk.as_person(OSKAR)
    assert (await oskar.get(PLACE)).status_code == 403
    assert (await oskar.post(PLACE, json=SKIP)).status_code == 403
    assert desk.outgoing.by == []


async def test_where_reminders_is_away_it_is_said(desk: MemoryDesk) -> None:
    desk.outgoing.away = True
    assert (await desk.as_person(LEO).get(PLACE)).status_code == 503
