"""When, exactly, is something due?

An anchor (an instant) plus an offset. Minutes and hours are elapsed time; days, weeks, months and
business days are calendar days in the recipient's zone, at the anchor's or a given time of day. A
wall time the clocks skip becomes the first valid instant after it; one that comes twice, the first.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)

Closed = Callable[[date], bool]
"""Whether this is a weekend day or holiday where it matters."""


class Span(StrEnum):
    """What an offset counts in."""

    MINUTES = "min"
    HOURS = "h"
    DAYS = "d"
    WEEKS = "w"
    MONTHS = "mo"
    BUSINESS_DAYS = "bd"
    BUSINESS_HOURS = "bh"  # hours in which the firm is open; for what it owes only


class Roll(StrEnum):
    """Where a day that is a weekend or holiday moves to."""

    NONE = "none"
    FOLLOWING = "following"
    PRECEDING = "preceding"


ELAPSED = {Span.MINUTES: timedelta(minutes=1), Span.HOURS: timedelta(hours=1)}
_OFFSET = re.compile(r"([+-]?\d{1,5})\s*(min|h|d|w|mo|bd|bh)")


@dataclass(frozen=True, slots=True)
class Offset:
    """A signed distance from an anchor, such as -7d or +2bd."""

    amount: int
    span: Span

    @classmethod
    def parse(cls, text: str) -> "Offset":
        """Read ``-7d``, ``+2bd``, ``30min``; raises ValueError."""
        match = _OFFSET.fullmatch(text.strip())
        if match is None:
            raise ValueError("write a number and one of min, h, d, w, mo, bd, bh, such as -7d")
        return cls(int(match[1]), Span(match[2]))

    @property
    def on_calendar(self) -> bool:
        """Whether it counts calendar days and not elapsed time."""
        return self.span not in ELAPSED and self.span is not Span.BUSINESS_HOURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something falls due: the offset from the anchor, the time of day, the roll."""

    offset: Offset
    time: str | None = None  # "10:00" on the recipient's clock
    roll: Roll = Roll.NONE


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The instant reckoned, and the wall time it stands for (None for elapsed time)."""

    instant: datetime
    wall: str | None = None


def reckon(
    moment: Moment, anchor: datetime, zone: ZoneInfo, closed: Closed, day: date | None = None
) -> Reckoned:
    """The instant at which this moment comes, in UTC.

    ``day``: the day the anchor means, where it is a day of the firm's calendar and no instant.
    """
    if not moment.offset.on_calendar:
        instant = anchor + moment.offset.amount * ELAPSED[moment.offset.span]
        if moment.roll is Roll.NONE:
            return Reckoned(instant)
        local = instant.astimezone(zone)
        on = local.date()
    else:
        local = anchor.astimezone(zone)
        on = move(day or local.date(), moment.offset, closed)
    at = time.fromisoformat(moment.time) if moment.time else local.time().replace(tzinfo=None)
    wall = datetime.combine(roll(on, moment.roll, closed), at)
    return Reckoned(from_wall(wall, zone), wall.isoformat(timespec="minutes"))


def move(day: date, offset: Offset, closed: Closed) -> date:
    """The calendar day this far away; the end of a shorter month stands for its missing days."""
    if offset.span is Span.BUSINESS_DAYS:
        return _business_days(day, offset.amount, closed)
    if offset.span is Span.MONTHS:
        months = day.year * 12 + day.month - 1 + offset.amount
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + offset.amount * (7 if offset.span is Span.WEEKS else 1) * DAY


def roll(day: date, direction: Roll, closed: Closed) -> date:
    """The day itself, or the nearest open day in this direction."""
    if direction is Roll.NONE:
        return day
    step = DAY if direction is Roll.FOLLOWING else -DAY
    while closed(day):
        day += step
    return day


def from_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which clocks in this zone first show this wall time, or first pass it."""
    earlier = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if earlier.astimezone(zone).replace(tzinfo=None) == wall:
        return earlier
    return _end_of_gap(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), earlier, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second at which the zone's offset changes between these two instants."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle <= before:
            middle = before + timedelta(seconds=1)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _business_days(day: date, amount: int, closed: Closed) -> date:
    step = DAY if amount >= 0 else -DAY
    left = abs(amount)
    while left:
        day += step
        if not closed(day):
            left -= 1
    return roll(day, Roll.FOLLOWING, closed) if amount == 0 else day
