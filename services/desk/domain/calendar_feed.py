"""Which calendar does a person's phone show, and with which address?

The address holds a token derived from the person and a generation; nothing of it is kept. A new
generation makes every older address lead nowhere. What a calendar shows is read by whoever looks
over a shoulder, so an entry says what kind of work is due and nothing more.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

PURPOSE = "calendar"
LASTS = timedelta(minutes=30)
MOST = 500  # entries of one calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeed:
    """Whether a person's calendar has an address, and which one counts."""

    staff_id: str
    generation: int = 0
    on: bool = False

    @property
    def subject(self) -> str:
        """What the token of the address that counts is made for."""
        return f"{self.staff_id}.{self.generation}"


def renewed(feed: CalendarFeed) -> CalendarFeed:
    """A new address; whoever has the old one reads nothing any more."""
    return replace(feed, generation=feed.generation + 1, on=True)


def turned_off(feed: CalendarFeed) -> CalendarFeed:
    """No address; the one there was never works again."""
    return replace(feed, generation=feed.generation + 1, on=False)


def staff_id_of(subject: str) -> str:
    """Whose calendar a token is for; ids hold no dot."""
    return subject.partition(".")[0]


def is_open(feed: CalendarFeed | None, subject: str) -> bool:
    """Whether the address made for this subject works."""
    return feed is not None and feed.on and feed.subject == subject


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar: a kind of work, due at an instant."""

    id: str
    title: str
    begins: datetime
    version: int
    changed: datetime
