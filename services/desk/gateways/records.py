"""How does the desk gather what every service holds of a client who asked to see it?

One signed NATS request after the other, a part at a time; what comes back is handed on and not
kept.
"""

from collections.abc import Mapping
from typing import Any

from services.desk.domain.staff import StaffMember
from services.desk.domain.upkeep import SERVICES
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner
from shared.requests.records import RecordsTold

SECONDS = 10.0
MOST_PARTS = 2_000  # of one service: fifty records each


class NatsRecords:
    """The records of one person, asked of every service over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._runtime = runtime
        self._signer = signer

    async def gathered(
        self, request_id: str, actor: StaffMember
    ) -> Mapping[str, list[dict[str, Any]]] | Refused:
        """What each service holds; TemporaryError when one is away: half a file is none."""
        found: dict[str, list[dict[str, Any]]] = {}
        for service in SERVICES:
            told = await self._of(service, request_id, actor)
            if isinstance(told, Refused):
                return told
            found[service] = told
        return found

    async def _of(
        self, service: str, request_id: str, actor: StaffMember
    ) -> list[dict[str, Any]] | Refused:
        asking = AskingForPeople(self._runtime, self._signer, f"records.{service}")
        items: list[dict[str, Any]] = []
        after: str | None = ""
        for _ in range(MOST_PARTS):
            said = {"request_id": request_id, "after": after}
            told = await asking.ask(said, actor, RecordsTold, SECONDS)
            if isinstance(told, Refused):
                return told
            items.extend(told.items)
            after = told.next
            if after is None:
                break
        return items
