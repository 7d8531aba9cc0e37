"""What stands on a review site, and has its author changed it?

The newest telling holds, by the stamp of its event. Told again unchanged, it is the same revision.
A removal may be heard before the review itself, and a site may put a review back.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from services.reputation.domain.language import UNKNOWN, Language
from services.reputation.domain.triage import Severity
from shared.contracts.keys import key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A review as a site tells it."""

    stars: int
    text: str | None = None
    author_name: str | None = None
    url: str | None = None
    location_id: str | None = None
    posted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review, as it stood when last heard of. What its author wrote is sealed."""

    review_key: str
    review_id: str
    site: str = ""  # sealed
    stars: int = 0  # none: only its removal was heard of so far
    posted_at: datetime | None = None
    text: str | None = None  # sealed
    author_name: str | None = None  # sealed
    url: str | None = None  # sealed: it may name the author
    location_id: str | None = None  # sealed; None: its site tells of none
    revision: int = 1
    came_back: bool = False  # with this revision, after it had been removed
    stamp: str = ""
    removed_stamp: str = ""
    severity: Severity = "low"
    language: Language = UNKNOWN


def review_key_for(site: str, review_id: str) -> str:
    """The key of a review: two sites may use the same id."""
    digest = hashlib.sha256(f"{site}\n{review_id}".encode()).hexdigest()[:16]
    return f"{digest}-{key_of(review_id)}"


def stands(review: Review) -> bool:
    """Whether it stands on its site, by the later of its tellings and its removal."""
    return review.stamp > review.removed_stamp


def removed(review: Review, stamp: str) -> Review:
    """The review after its removal; an older one changes nothing."""
    return replace(review, removed_stamp=max(review.removed_stamp, stamp))


def only_removed(review_key: str, review_id: str, site: str, stamp: str) -> Review:
    """A review of which nothing is known but that it was removed."""
    return Review(
        review_key=review_key, review_id=review_id, site=site, revision=0, removed_stamp=stamp
    )


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
    came_back = bool(review.stamp) and not stands(review) and stamp > review.removed_stamp
    is_new = came_back or not same_content(review, told)
    return replace(
        review,
        stars=told.stars,
        text=told.text,
        author_name=told.author_name,
        url=told.url,
        location_id=told.location_id,
        posted_at=told.posted_at,
        stamp=stamp,
        revision=review.revision + int(is_new),
        came_back=came_back or (review.came_back and not is_new),
    )
