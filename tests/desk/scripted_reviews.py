"""What reputation tells of all reviews, as a test wrote it down."""

from dataclasses import dataclass, field

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.reviews import ReviewsAsked, ReviewsListed
from shared.errors import TemporaryError


@dataclass
class ScriptedReviews:
    """All reviews, as a test wrote them down: none, unless it says something else."""

    told: ReviewsListed = field(
        default_factory=lambda: ReviewsListed(rows=[], fitting=0, places=[], asked=[])
    )
    refused: Refused | None = None
    away: bool = False
    asked: list[ReviewsAsked] = field(default_factory=list)
    by: list[str] = field(default_factory=list)

    async def listed(self, asked: ReviewsAsked, actor: StaffMember) -> ReviewsListed | Refused:
        """Those that are written down, of the page that is asked for."""
        if self.away:
            raise TemporaryError("away")
        self.asked.append(asked)
        self.by.append(actor.staff_id)
        rows = self.told.rows[asked.start : asked.start + asked.limit]
        return self.refused or self.told.model_copy(update={"rows": rows})
