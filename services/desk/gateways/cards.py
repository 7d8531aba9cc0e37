"""How does the desk ask intake for a client's card?

One NATS request in the name of a person; what comes back is shown and not kept.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.cards import CardTold
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "cards.intake"
SECONDS = 2.0  # beside other things on a page


class NatsCards:
    """Clients' cards, asked of intake over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def card(self, client_id: str, actor: StaffMember) -> CardTold | Refused:
        """What intake knows of this client; TemporaryError when it is away."""
        return await self._asking.ask({"client_id": client_id}, actor, CardTold, SECONDS)
