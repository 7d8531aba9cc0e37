"""What may the desk ask reputation of all reviews, and what is it told?

What stands on public sites, what the firm replied, by whom it was approved and when; how many stars
each site and location has; and how many clients were asked. Never whose review one may be.
"""

from typing import Literal

from pydantic import Field

from shared.contracts.requests import Answer, Asked

Reply = Literal["any", "waiting", "answered", "not-answered", "removed"]
MOST_AT_ONCE = 500


class ReviewsAsked(Asked):
    """Which ones; nothing chosen: all of them, the latest first."""

    site: str = ""
    location: str | None = None  # an empty text: those of which the site tells no location
    stars: tuple[int, ...] = Field(default=(), max_length=5)
    reply: Reply = "any"
    start: int = Field(default=0, ge=0, le=1_000_000)  # how many are left out at the beginning
    limit: int = Field(default=50, ge=1, le=MOST_AT_ONCE)


class ReviewRow(Answer):
    """One review, and what became of its reply. ``reply``: the words that stand there."""

    review_id: str
    site: str
    location: str
    stars: int
    posted_at: str
    text: str = ""
    url: str = ""
    state: Literal["waiting", "answered", "not-answered", "removed"]
    reply: str = ""
    approved_by: str = ""
    answered_at: str = ""
    task_id: str = ""  # while somebody is asked about it


class PlaceRow(Answer):
    """One location at one site; without a location: what its site tells of none."""

    site: str
    location: str
    n: int
    stars: list[int]  # how many have 1, 2, 3, 4, 5
    waiting: int
    answered: int


class AskedRow(Answer):
    """How many clients were asked for a review at one site."""

    site: str
    n: int
    last_30_days: int
    last_365_days: int


class ReviewsListed(Answer):
    """Some reviews, those that fit at all, and the figures of every site and location."""

    rows: list[ReviewRow]
    fitting: int
    places: list[PlaceRow]
    asked: list[AskedRow]
    cut: bool = False  # there are more than are looked at: the oldest are left out
