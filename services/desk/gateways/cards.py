"""How does the desk ask intake for a client's card?

One NATS request in the name of a person; what comes back is shown and not kept.
"""

from pydantic import ValidationError

from services.desk.domain.staff import StaffMember
from services.desk.gateways.owners import OwnerFailedError, actor_of, in_the_name_of, refused_in
from services.desk.ports import Refused
from shared.contracts.cards import CardTold
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "cards.intake"
SECONDS = 2.0  # beside other things on a page


class NatsCards:
    """Clients' cards, asked of intake over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._runtime = runtime
        self._signer = signer

    async def card(self, client_id: str, actor: StaffMember) -> CardTold | Refused:
        """What intake knows of this client; TemporaryError when it is away."""
        said = {"client_id": client_id}
        signed = in_the_name_of(actor_of(actor), SUBJECT, said, self._signer)
        answer = await self._runtime.request(SUBJECT, signed, seconds=SECONDS)
        refused = refused_in(answer)
        if refused is not None:
            return refused
        try:
            return CardTold.model_validate(answer)
        except ValidationError:  # of another release
            raise OwnerFailedError from None
