"""Does a running reminders answer what goes out next, and keep what was decided sealed?"""

import json
from datetime import timedelta
from typing import Any

from shared.clock import real_now
from shared.contracts.intake import ConflictCleared
from tests.patience import PATIENCE
from tests.reminders.conftest import Installation, until
from tests.reminders.over_memory import OPENED, client, scheduled

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")


async def asked_of_outgoing(installation: Installation, **asked: Any) -> dict[str, Any]:
    """What the desk would be told."""
    said = {"client_id": "c-1", "actor": {"id": "leo", "roles": ["lawyer"]}, **asked}
    answer = await installation.nats.request(
        "outgoing.reminders", json.dumps(said).encode(), timeout=PATIENCE
    )
    return dict(json.loads(answer.data))


async def test_what_goes_out_next_is_told_and_skipped_over_nats(
    installation: Installation,
) -> None:
    await installation.start()
    await installation.publish(
        client(), OPENED, CLEARED, scheduled(real_now() + timedelta(days=9), appointment_id="a-7")
    )

    async def told() -> bool:
        return bool((await asked_of_outgoing(installation, ask="list")).get("messages"))

    await until(told)
    message = (await asked_of_outgoing(installation, ask="list"))["messages"][-1]
    skip = {"ask": "decide", "request_id": "r-1", "do": "skip", "scope": "message",
            "occurrence_id": message["occurrence_id"], "why": "Canary: she is ill."}  # fmt: skip
    once = await asked_of_outgoing(installation, **skip)
    assert once["count"] == 1
    assert await asked_of_outgoing(installation, **skip) == once
    [said] = await installation.said("contact-plan-changed")
    assert (said.do, said.by) == ("skip", "leo")
    async for row in installation.db.collection("outgoing_decisions").find({}):
        assert "Canary" not in str(row)
    refused = await asked_of_outgoing(installation, **skip | {"request_id": "r-2"})
    assert refused["refused"]["code"] == "not-planned"
