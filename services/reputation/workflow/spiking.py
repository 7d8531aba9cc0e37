"""A review stands, was changed, or is gone: are there unusually many with few stars where it is?

Nothing is said of who wrote them, and nothing is held back here: whether asks wait is decided by a
person at the desk, for everybody alike.
"""

from collections.abc import Iterable
from datetime import datetime

from services.reputation.domain.review import Review, stands
from services.reputation.domain.spike import (
    UNNAMED,
    LowReviews,
    SpikeRule,
    judged,
    kept,
    location_key_for,
    seen,
)
from services.reputation.ports import LOW_REVIEWS, REVIEWS
from shared.contracts.incidents import ReviewSpikeDetected
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_spiking(*locations: str | None) -> Iterable[Need]:
    """What is known of the reviews of these locations."""
    return [LOW_REVIEWS.one(location_key_for(each)) for each in locations]


def count_review(
    review: Review, before: Review | None, rule: SpikeRule, unit: UnitOfWork, *, silent: bool
) -> None:
    """Count the review as it stands now; unless ``silent``, say it where they are a spike."""
    if before is not None and before.location_id != review.location_id:
        _keep(before.review_key, None, before.location_id, rule, unit)
    low = 0 < review.stars <= rule.stars and stands(review)
    posted_at = review.posted_at if low else None
    known = _keep(review.review_key, posted_at, review.location_id, rule, unit)
    if posted_at is None or silent:
        return
    after, spike = judged(known, rule, unit.now)
    if after != known:
        unit.put(LOW_REVIEWS, after)
    if spike is not None:
        unit.announce(
            ReviewSpikeDetected(
                location_id=review.location_id or UNNAMED,
                window_hours=round(rule.window.total_seconds() / 3600),
                count=spike.count,
                baseline=spike.baseline,
                at=spike.at,
            )
        )


def needs_of_forgetting(review_key: str, unit: ReadSoFar) -> Iterable[Need]:
    """What is known of the location of this review."""
    review = unit.peek(REVIEWS, review_key)
    return needs_of_spiking(review.location_id) if review is not None else ()


def forget_review(review: Review, unit: UnitOfWork) -> None:
    """A review that stands no more counts no more."""
    before = unit.get(LOW_REVIEWS, location_key_for(review.location_id))
    if before is not None and not stands(review) and review.review_key in before.posted:
        unit.put(LOW_REVIEWS, seen(before, review.review_key, None))


def _keep(
    review_key: str,
    posted_at: datetime | None,
    location_id: str | None,
    rule: SpikeRule,
    unit: UnitOfWork,
) -> LowReviews:
    """The location after this review; kept only where it changes something."""
    key = location_key_for(location_id)
    before = unit.get(LOW_REVIEWS, key) or LowReviews(location_key=key)
    after = kept(seen(before, review_key, posted_at), rule, unit.now)
    if after != before:
        unit.put(LOW_REVIEWS, after)
    return after
