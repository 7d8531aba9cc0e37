"""Which documents and outside things do the steps of reputation use?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from services.reputation.domain.ask import ReviewAsk
from services.reputation.domain.draft import FirmProfile
from services.reputation.domain.publication import Publication
from services.reputation.domain.publication_bars import PublicationBars
from services.reputation.domain.reply_times import ReplyTimes
from services.reputation.domain.report import Report
from services.reputation.domain.response import Response
from services.reputation.domain.review import Review
from services.reputation.domain.review_list import Listed
from services.reputation.domain.sole_practice import SolePractice
from services.reputation.domain.spike import AS_SHIPPED, LowReviews, SpikeRule
from services.reputation.domain.testimonial import Testimonial
from shared.channels import Outcome
from shared.state.document_types import DocumentType
from shared.state.unit_of_work import UnitOfWork

REVIEWS: DocumentType[Review] = DocumentType(
    "reviews", Review, key=lambda review: review.review_key
)
RESPONSES: DocumentType[Response] = DocumentType(
    "responses", Response, key=lambda each: each.response_id
)
REPORTS: DocumentType[Report] = DocumentType(
    "review_reports", Report, key=lambda report: report.report_id
)
LOW_REVIEWS: DocumentType[LowReviews] = DocumentType(
    "low_reviews", LowReviews, key=lambda each: each.location_key
)
ASKS: DocumentType[ReviewAsk] = DocumentType("review_asks", ReviewAsk, key=lambda ask: ask.ask_id)
TESTIMONIALS: DocumentType[Testimonial] = DocumentType(
    "testimonials",
    Testimonial,
    key=lambda each: each.testimonial_id,
    lookups={"client": lambda each: [each.client_id]},
)
PUBLICATIONS: DocumentType[Publication] = DocumentType(
    "publications", Publication, key=lambda each: each.response_id
)
BARS: DocumentType[PublicationBars] = DocumentType(
    "publication_bars", PublicationBars, key=lambda each: each.client_id
)


class ReviewSite(Protocol):
    """How an approved reply gets onto a review site."""

    def publish(self, approved: Response, unit: UnitOfWork) -> Response:
        """Begin to publish exactly the approved text; the reply as it is kept from now on.

        That it stands on the site is announced later, when it does.
        """


class SiteByHand(Protocol):
    """How a person is asked to post a reply."""

    def publish(self, approved: Response, unit: UnitOfWork, why: str = ...) -> Response:
        """Ask; ``why`` says what kept it from going by itself."""


SiteState = Literal["submitted", "live", "rejected"]


@dataclass(frozen=True, slots=True)
class SiteOutcome(Outcome):
    """A site has the reply: it looks at it, shows it, or refuses it for ``reason``."""

    state: SiteState = "submitted"


class ReviewSites(Protocol):
    """The way onto each site."""

    @property
    def by_hand(self) -> SiteByHand:
        """The way onto every site."""

    def of(self, site: str) -> ReviewSite:
        """The adapter for this site; every site has one, by hand if not otherwise."""


class ReviewBook(Protocol):
    """Every review, for whoever looks at all of them."""

    async def latest(self, most: int) -> Sequence[Listed]:
        """The latest reviews, each with its reply."""

    async def asked(self, now: datetime) -> Sequence[tuple[str, int, int, int]]:
        """How many clients were asked, by site: ever, in the last 30 days, in the last 365."""


class PublishedWords(Protocol):
    """What stands published at this moment."""

    async def published(self, most: int) -> Sequence[Testimonial]:
        """The words that may be shown to everybody, the latest first."""


@dataclass(frozen=True, slots=True)
class FirmConfig:
    """What the firm has settled once for all replies."""

    firm: FirmProfile
    sites: ReviewSites
    times: ReplyTimes
    sole_practice: SolePractice | None = None
    spikes: SpikeRule = AS_SHIPPED
