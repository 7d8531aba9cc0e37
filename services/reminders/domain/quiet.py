"""May a message reach this person now, by their own clock, and if not, when next?

Openings are said per weekday; one that runs past midnight belongs to the day on which it opens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.reminders.domain.schedule import from_wall

EVERY_DAY = frozenset(range(7))
DAYS_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Opening:
    """From when until when messages may arrive, on these weekdays (Monday is 0)."""

    opens: time = time(8)
    closes: time = time(20)
    days: frozenset[int] = EVERY_DAY

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """The instants of that day's opening, if it has one."""
        if day.weekday() not in self.days:
            return None
        until = day if self.closes > self.opens else day + timedelta(days=1)
        start = from_wall(datetime.combine(day, self.opens), zone)
        return start, from_wall(datetime.combine(until, self.closes), zone)


OFFICE_HOURS = (Opening(),)


def next_open(
    instant: datetime, zone: ZoneInfo, openings: tuple[Opening, ...] = OFFICE_HOURS
) -> datetime:
    """The instant itself where it is open, else the next open minute.

    Raises ValueError where nothing opens within a week.
    """
    later: list[datetime] = []
    for start, end in _spans(instant, zone, openings):
        if start <= instant < end:
            return instant
        if start > instant:
            later.append(start)
    if not later:
        raise ValueError("the openings never open")
    return min(later).astimezone(UTC)


def _spans(
    instant: datetime, zone: ZoneInfo, openings: tuple[Opening, ...]
) -> Iterator[tuple[datetime, datetime]]:
    today = instant.astimezone(zone).date()
    for ahead in range(-1, DAYS_AHEAD):
        for opening in openings:
            span = opening.on(today + timedelta(days=ahead), zone)
            if span is not None:
                yield span
