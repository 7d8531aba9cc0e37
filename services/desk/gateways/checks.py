"""How does the desk ask intake about conflict checks?

One NATS request in the name of a person. Names come back and are shown; the desk keeps none of it.
"""

from typing import TypeVar

from pydantic import ValidationError

from services.desk.domain.staff import StaffMember
from services.desk.gateways.owners import OwnerFailedError, actor_of, in_the_name_of, refused_in
from services.desk.ports import Refused
from shared.contracts.checks import ChecksAsked, ChecksListed, CheckTold, ClearanceTold
from shared.contracts.requests import Answer
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "checks.intake"
SECONDS = 10.0
LOOK_SECONDS = 2.0  # beside other things on a page

A = TypeVar("A", bound=Answer)


class NatsChecks:
    """Intake's conflict checks, asked over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._runtime = runtime
        self._signer = signer

    async def listed(self, asked: ChecksAsked, actor: StaffMember) -> ChecksListed | Refused:
        """A page of the register; TemporaryError when intake is away."""
        return await self._ask(asked, actor, ChecksListed)

    async def told(self, asked: ChecksAsked, actor: StaffMember) -> CheckTold | Refused:
        """A record: looked at, made by a search, or reopened; TemporaryError when it is away."""
        return await self._ask(asked, actor, CheckTold)

    async def clearance(self, client_id: str, actor: StaffMember) -> ClearanceTold | Refused:
        """Whether the firm may act for a client; TemporaryError when it is away."""
        asked = ChecksAsked(ask="clearance", client_id=client_id)
        return await self._ask(asked, actor, ClearanceTold, LOOK_SECONDS)

    async def _ask(
        self, asked: ChecksAsked, actor: StaffMember, told: type[A], seconds: float = SECONDS
    ) -> A | Refused:
        said = asked.model_dump(mode="json")
        signed = in_the_name_of(actor_of(actor), SUBJECT, said, self._signer)
        answer = await self._runtime.request(SUBJECT, signed, seconds=seconds)
        refused = refused_in(answer)
        if refused is not None:
            return refused
        try:
            return told.model_validate(answer)
        except ValidationError:  # of another release
            raise OwnerFailedError from None
