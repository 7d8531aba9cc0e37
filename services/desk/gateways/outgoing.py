"""How does the desk ask reminders what goes out next to a client, and have it changed?

One NATS request in the name of a person. The words come back and are shown; the desk keeps none.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.outgoing import OutgoingAsked, OutgoingDecided, OutgoingListed, SentTold
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "outgoing.reminders"
DECIDE_SECONDS, LOOK_SECONDS = 10.0, 2.0  # the second: beside other things on a page


class NatsOutgoing:
    """What goes out next to clients, asked of reminders over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def listed(self, client_id: str, actor: StaffMember) -> OutgoingListed | Refused:
        """Everything on its way to a client; TemporaryError when reminders is away."""
        asked = OutgoingAsked(ask="list", client_id=client_id)
        said = asked.model_dump(mode="json")
        return await self._asking.ask(said, actor, OutgoingListed, LOOK_SECONDS)

    async def decide(self, asked: OutgoingAsked, actor: StaffMember) -> OutgoingDecided | Refused:
        """Hold, release, skip, send or move some of it; TemporaryError when it is away."""
        said = asked.model_dump(mode="json")
        return await self._asking.ask(said, actor, OutgoingDecided, DECIDE_SECONDS)

    async def sent(self, client_id: str, contact_id: str, actor: StaffMember) -> SentTold | Refused:
        """One message as it went; TemporaryError when reminders is away."""
        asked = OutgoingAsked(ask="sent", client_id=client_id, contact_id=contact_id)
        said = asked.model_dump(mode="json", exclude_none=True)
        return await self._asking.ask(said, actor, SentTold, DECIDE_SECONDS)
