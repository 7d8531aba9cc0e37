"""How does the desk ask intake about restrictions?

One NATS request in the name of a person. Why one stands comes back and is shown; the desk keeps
none of it.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.restrictions_asked import (
    RestrictionsAsked,
    RestrictionSettled,
    RestrictionsListed,
)
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "restrictions.intake"
SETTLE_SECONDS, LOOK_SECONDS = 10.0, 2.0


class NatsRestrictions:
    """Intake's register of restrictions, asked over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def listed(
        self, asked: RestrictionsAsked, actor: StaffMember
    ) -> RestrictionsListed | Refused:
        """What stands, with the reasons for whoever may read them; TemporaryError when away."""
        said = asked.model_dump(mode="json")
        return await self._asking.ask(said, actor, RestrictionsListed, LOOK_SECONDS)

    async def settle(
        self, asked: RestrictionsAsked, actor: StaffMember
    ) -> RestrictionSettled | Refused:
        """Place one or lift one; TemporaryError when intake is away."""
        said = asked.model_dump(mode="json")
        return await self._asking.ask(said, actor, RestrictionSettled, SETTLE_SECONDS)
