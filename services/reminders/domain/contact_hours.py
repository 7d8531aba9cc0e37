"""May a message reach this person now, by their own clock, and if not, when next?

Contact hours are said per weekday; what runs past midnight belongs to the day on which it opens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.reminders.domain.schedule import from_wall

EVERY_DAY = frozenset(range(7))
DAYS_AHEAD = 8
ROUNDS = 16


@dataclass(frozen=True, slots=True)
class ContactHours:
    """From when until when messages may arrive, on these weekdays (Monday is 0)."""

    opens: time = time(8)
    closes: time = time(20)
    days: frozenset[int] = EVERY_DAY

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """From when until when on that day, if at all."""
        if day.weekday() not in self.days:
            return None
        until = day if self.closes > self.opens else day + timedelta(days=1)
        start = from_wall(datetime.combine(day, self.opens), zone)
        return start, from_wall(datetime.combine(until, self.closes), zone)


DEFAULT_CONTACT_HOURS = (ContactHours(),)


def next_open(
    instant: datetime,
    zone: ZoneInfo,
    contact_hours: tuple[ContactHours, ...] = DEFAULT_CONTACT_HOURS,
) -> datetime:
    """The instant itself where it is open, else the next open minute.

    Raises ValueError where nothing opens within a week.
    """
    today = instant.astimezone(zone).date()
    for ahead in range(-1, DAYS_AHEAD):
        later: list[datetime] = []
        for start, end in _spans(today + timedelta(days=ahead), zone, contact_hours):
            if start <= instant < end:
                return instant
            if start > instant:
                later.append(start)
        if later:
            return min(later)
    raise ValueError("no contact hours within a week")


def next_open_in_all(
    instant: datetime, zone: ZoneInfo, *several: tuple[ContactHours, ...]
) -> datetime | None:
    """The next minute at which all of these are open; None where they never are together."""
    for _ in range(ROUNDS):
        opens = instant
        for contact_hours in several:
            opens = next_open(opens, zone, contact_hours)
        if opens == instant:
            return opens
        instant = opens
    return None


def _spans(
    day: date, zone: ZoneInfo, contact_hours: tuple[ContactHours, ...]
) -> Iterator[tuple[datetime, datetime]]:
    for hours in contact_hours:
        span = hours.on(day, zone)
        if span is not None:
            yield span
