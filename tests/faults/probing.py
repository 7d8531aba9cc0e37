"""Does an event that is said now take effect everywhere?"""

import json
from itertools import count

from deploy.infra.services import SERVICES
from shared.clock import real_now
from tests.faults.noon import midnight_zone
from tests.faults.system import System, until_seconds
from tests.journeys.firm import cloud_event

_probes = count(1)


async def probed(system: System, seconds: float) -> float:
    """Tell of a new client and wait until every service has taken it up; seconds it took."""
    number = next(_probes)
    client_id = f"probe-{system.plan.ports['nats']}-{number}"
    person = {"client_id": client_id, "name": f"Probe {client_id}", "locale": "en",
              "email": f"{client_id}@example.com", "timezone": midnight_zone()}  # fmt: skip
    event = cloud_event("client-onboarded", client_id, person, id=client_id)
    event["time"] = real_now().isoformat()
    sequence = 0

    async def said() -> bool:
        nonlocal sequence
        answer = await system.nats.jetstream().publish(
            f"events.client-onboarded.{client_id}", json.dumps(event).encode(), timeout=2,
            headers={"Nats-Msg-Id": client_id},
        )  # fmt: skip
        sequence = answer.seq
        return True

    async def heard() -> bool:
        for service in SERVICES:
            if service == "reputation":  # does not hear of clients
                continue
            row = (
                await system.database(service)
                .collection("handled_events")
                .find_one({"s": sequence})
            )
            if row is None:
                return False
        return True

    took = await until_seconds(said, "the stream taking an event", seconds)
    return took + await until_seconds(heard, "every service having heard it", seconds)
