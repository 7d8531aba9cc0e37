"""How does the desk ask intake about conflict checks?

One NATS request in the name of a person. Names come back and are shown; the desk keeps none of it.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import A, AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.checks import (
    ChecksAsked,
    ChecksListed,
    CheckTold,
    ClearanceTold,
    MergeTold,
)
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "checks.intake"
SECONDS = 10.0
LOOK_SECONDS = 2.0  # beside other things on a page


class NatsChecks:
    """Intake's conflict checks, asked over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def listed(self, asked: ChecksAsked, actor: StaffMember) -> ChecksListed | Refused:
        """A page of the register; TemporaryError when intake is away."""
        return await self._ask(asked, actor, ChecksListed)

    async def told(self, asked: ChecksAsked, actor: StaffMember) -> CheckTold | Refused:
        """A record: looked at, made by a search, or reopened; TemporaryError when it is away."""
        return await self._ask(asked, actor, CheckTold)

    async def merge(
        self, survivor_id: str, other_id: str, request_id: str, actor: StaffMember
    ) -> MergeTold | Refused:
        """Have a second person asked whether two are one; TemporaryError when intake is away."""
        asked = ChecksAsked(
            ask="merge", client_id=survivor_id, other_id=other_id, request_id=request_id
        )
        return await self._ask(asked, actor, MergeTold)

    async def clearance(self, client_id: str, actor: StaffMember) -> ClearanceTold | Refused:
        """Whether the firm may act for a client; TemporaryError when it is away."""
        asked = ChecksAsked(ask="clearance", client_id=client_id)
        return await self._ask(asked, actor, ClearanceTold, LOOK_SECONDS)

    async def _ask(
        self, asked: ChecksAsked, actor: StaffMember, told: type[A], seconds: float = SECONDS
    ) -> A | Refused:
        return await self._asking.ask(asked.model_dump(mode="json"), actor, told, seconds)
