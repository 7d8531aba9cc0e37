"""What stands on a review site, and has its author changed it?

The newest telling holds, by the stamp of its event. Told again unchanged, it is the same revision.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from services.reputation.domain.language import UNKNOWN, Language
from services.reputation.domain.triage import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A review as a site tells it."""

    stars: int
    text: str | None = None
    author_name: str | None = None
    url: str | None = None
    posted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review, as it stood when last heard of. What its author wrote is sealed."""

    review_key: str
    review_id: str
    site: str
    stars: int
    posted_at: datetime
    text: str | None = None  # sealed
    author_name: str | None = None  # sealed
    url: str | None = None  # sealed: it may name the author
    revision: int = 1
    stamp: str = ""
    severity: Severity = "low"
    language: Language = UNKNOWN


def review_key_for(site: str, review_id: str) -> str:
    """The key of a review: two sites may use the same id."""
    digest = hashlib.sha256(f"{site}\n{review_id}".encode()).hexdigest()[:16]
    return f"{digest}-{review_id}"


def turn_of(review_key: str) -> int:
    """A number that spreads reviews evenly, and is the same for one review for ever."""
    return int(hashlib.sha256(review_key.encode()).hexdigest()[:8], 16)


def same_content(review: Review, told: Told) -> bool:
    """Whether this says what we know already."""
    return (review.stars, review.text or "") == (told.stars, told.text or "")


def retold(review: Review, told: Told, stamp: str) -> Review:
    """The review after this telling; an older telling changes nothing."""
    if stamp <= review.stamp:
        return review
    return replace(
        review,
        stars=told.stars,
        text=told.text,
        author_name=told.author_name,
        url=told.url,
        posted_at=told.posted_at,
        stamp=stamp,
        revision=review.revision + (0 if same_content(review, told) else 1),
    )
