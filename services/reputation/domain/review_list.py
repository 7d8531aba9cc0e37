"""Which reviews fit what somebody looks for, and how many stars has each site and location?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.reputation.domain.response import Response
from services.reputation.domain.review import Review, stands

State = Literal["waiting", "answered", "not-answered", "removed"]
STARS = range(1, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One review with its reply."""

    review: Review
    response: Response | None = None

    @property
    def state(self) -> State:
        """What became of its reply."""
        if not stands(self.review):
            return "removed"
        match self.response.state if self.response else "draft":
            case "published":
                return "answered"
            case "no-response" | "review-removed":
                return "not-answered"
        return "waiting" if self.response is not None else "not-answered"

    @property
    def answered_at(self) -> datetime | None:
        """When the reply that stands there was put there."""
        if self.response is None or self.state != "answered":
            return None
        return max((each.at for each in self.response.history if each.what == "published"),
                   default=None)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for; nothing chosen: all."""

    site: str = ""
    location: str | None = None
    stars: frozenset[int] = frozenset()
    state: str = "any"

    def fits(self, listed: Listed) -> bool:
        """Whether this is one of them."""
        review = listed.review
        return (
            self.site in ("", review.site)
            and self.location in (None, review.location_id or "")
            and (not self.stars or review.stars in self.stars)
            and self.state in ("any", listed.state)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The stars of one location at one site, of what stands there."""

    site: str
    location: str
    stars: tuple[int, ...]  # how many have 1, 2, 3, 4, 5
    waiting: int
    answered: int

    @property
    def n(self) -> int:
        """How many stand there."""
        return sum(self.stars)


def places_of(listed: Iterable[Listed]) -> list[Place]:
    """Every site and location, by name; what was removed counts nowhere."""
    by_place: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for each in listed:
        if each.state != "removed":
            by_place[each.review.site, each.review.location_id or ""].append(each)
    return [_place(site, location, by_place[site, location]) for site, location in sorted(by_place)]


def latest_first(listed: Iterable[Listed]) -> list[Listed]:
    """In the order in which people read them."""
    return sorted(listed, key=_when, reverse=True)


def _when(listed: Listed) -> tuple[str, str]:
    posted = listed.review.posted_at
    return (posted.isoformat() if posted else "", listed.review.review_key)


def _place(site: str, location: str, listed: Sequence[Listed]) -> Place:
    return Place(
        site=site,
        location=location,
        stars=tuple(sum(each.review.stars == number for each in listed) for number in STARS),
        waiting=sum(each.state == "waiting" for each in listed),
        answered=sum(each.state == "answered" for each in listed),
    )
