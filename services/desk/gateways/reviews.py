"""How does the desk ask reputation about all reviews?

One NATS request in the name of a person. What comes back is shown and not kept.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import AskingForPeople
from services.desk.ports.answers import Refused
from shared.contracts.reviews import ReviewsAsked, ReviewsListed
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "reviews.reputation"
SECONDS = 10.0


class NatsReviews:
    """All reviews, asked over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def listed(self, asked: ReviewsAsked, actor: StaffMember) -> ReviewsListed | Refused:
        """Those that fit; TemporaryError when reputation is away."""
        return await self._asking.ask(asked.model_dump(mode="json"), actor, ReviewsListed, SECONDS)
