"""How does the desk ask feedback how far a client's concerns are?

One signed NATS request; what comes back is shown and not kept.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.concerns_asked import ConcernsTold
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "concerns.feedback"
SECONDS = 2.0


class NatsConcerns:
    """Concerns of clients, asked of feedback over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def of_client(self, client_id: str, actor: StaffMember) -> ConcernsTold | Refused:
        """How far each is; TemporaryError when feedback is away."""
        return await self._asking.ask({"client_id": client_id}, actor, ConcernsTold, SECONDS)
