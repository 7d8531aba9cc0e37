"""Does what must not be done about somebody hold everywhere, from the moment it is said?"""

from datetime import timedelta

import pytest

from tests.journeys.firm import Firm, Json, until
from tests.journeys.test_appointments import appointment

DAY = timedelta(days=1)


async def restricted(firm: Firm, client_id: str, kind: str, effect: str, **more: object) -> str:
    """Practice management says that this must not be done; the id of the restriction."""
    id = firm.id("r")
    said = {"restriction_id": id, "kind": kind, "scope": "client", "effect": effect,
            "client_id": client_id, "at": (await firm.now()).isoformat(), **more}  # fmt: skip
    await firm.say("restriction-placed", client_id, said)
    await firm.idle()
    return id


async def lifted(firm: Firm, client_id: str, id: str) -> None:
    said = {"restriction_id": id, "client_id": client_id, "at": (await firm.now()).isoformat()}
    await firm.say("restriction-lifted", client_id, said)
    await firm.idle()


async def asked(firm: Firm, path: str, role: str = "partner") -> tuple[int, Json]:
    async with firm.api(role) as api:
        answer = await api.get(f"/api/v1{path}")
        return answer.status_code, answer.json()


async def test_a_wall_closes_every_way_to_a_client_and_notes_who_tried(firm: Firm) -> None:
    client_id = await firm.a_client()
    await firm.idle()
    lawyer = firm.connect["staff"]["lawyer"]
    ways = ["", "/timeline", "/outgoing", "/restrictions"]
    for way in ways:
        assert (await asked(firm, f"/clients/{client_id}{way}", "lawyer"))[0] == 200, way
    id = await restricted(firm, client_id, "wall", "bar", staff_ids=[lawyer])
    for way in ways:
        status, said = await asked(firm, f"/clients/{client_id}{way}", "lawyer")
        assert (status, said["code"]) == (403, "screened"), way
    assert (await asked(firm, f"/clearances/{client_id}", "lawyer"))[0] == 403
    _, told = await asked(firm, f"/clearances/{client_id}")
    assert (told["state"], told["walls"][0]["staff_ids"]) == ("walled", [lawyer])
    _, rows = await asked(firm, f"/clients/{client_id}/refusals")
    assert {each["staff_id"] for each in rows["items"]} == {lawyer}
    assert len(rows["items"]) == len(ways) + 1
    await lifted(firm, client_id, id)
    assert (await asked(firm, f"/clients/{client_id}", "lawyer"))[0] == 200
    assert (await asked(firm, f"/clearances/{client_id}"))[1]["state"] == "clear"


@pytest.mark.whole
async def test_a_client_who_has_died_hears_nothing_more_and_one_to_talk_to_is_called(
    firm: Firm,
) -> None:
    died, sensitive = await firm.a_client(), await firm.a_client()
    await firm.idle()
    await restricted(firm, died, "deceased", "stop")
    await restricted(firm, sensitive, "sensitivity", "person-first")
    before = len(firm.mails(died)), len(firm.mails(sensitive))
    for client_id in (died, sensitive):
        planned = await appointment(firm, client_id, 9)
        await firm.say("appointment-scheduled", client_id, planned)
    await firm.idle()
    await firm.advance(9 * DAY)
    assert (len(firm.mails(died)), len(firm.mails(sensitive))) == before

    async def called() -> bool:
        return bool(await firm.tasks_about("client_id", sensitive, kind="call-client"))

    await until(called, "a call")
    assert await firm.tasks_about("client_id", died, kind="call-client") == []
