"""How does the desk ask intake whom the firm acts for at this moment?

Some at a time, so that no answer is too large for NATS; what comes back is shown and not kept.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.current_clients import CurrentClientsTold
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "currents.intake"
SECONDS = 10.0


class NatsCurrentClients:
    """Current clients, asked of intake over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def some(self, actor: StaffMember, after: str = "") -> CurrentClientsTold | Refused:
        """Those after this id; TemporaryError when intake is away."""
        return await self._asking.ask({"after": after}, actor, CurrentClientsTold, SECONDS)
