"""How does the desk ask reminders what goes out next to a client, and have it changed?

One NATS request in the name of a person. The words come back and are shown; the desk keeps none.
"""

from typing import TypeVar

from pydantic import ValidationError

from services.desk.domain.staff import StaffMember
from services.desk.gateways.owners import OwnerFailedError, actor_of, in_the_name_of, refused_in
from services.desk.ports import Refused
from shared.contracts.outgoing import OutgoingAsked, OutgoingDecided, OutgoingListed
from shared.contracts.requests import Answer
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "outgoing.reminders"
DECIDE_SECONDS, LOOK_SECONDS = 10.0, 2.0  # the second: beside other things on a page

A = TypeVar("A", bound=Answer)


class NatsOutgoing:
    """What goes out next to clients, asked of reminders over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._runtime = runtime
        self._signer = signer

    async def listed(self, client_id: str, actor: StaffMember) -> OutgoingListed | Refused:
        """Everything on its way to a client; TemporaryError when reminders is away."""
        asked = OutgoingAsked(ask="list", client_id=client_id)
        return await self._ask(asked, actor, OutgoingListed, LOOK_SECONDS)

    async def decide(self, asked: OutgoingAsked, actor: StaffMember) -> OutgoingDecided | Refused:
        """Hold, release, skip, send or move some of it; TemporaryError when it is away."""
        return await self._ask(asked, actor, OutgoingDecided, DECIDE_SECONDS)

    async def _ask(
        self, asked: OutgoingAsked, actor: StaffMember, told: type[A], seconds: float
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
