"""When is one business day from now, where the firm works?

Monday to Friday without public holidays, in the firm's own time zone; the time of day is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def _never(_: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Calendar:
    """The firm's working days."""

    zone: ZoneInfo
    is_holiday: Callable[[date], bool] = _never

    def works_on(self, day: date) -> bool:
        """Whether people are at work that day."""
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def next_business_day(self, instant: datetime) -> datetime:
        """The same time of day on the first working day after this one, as a UTC instant."""
        local = instant.astimezone(self.zone)
        day = local.date() + timedelta(days=1)
        while not self.works_on(day):
            day += timedelta(days=1)
        moved = datetime.combine(day, local.time(), tzinfo=self.zone)
        return moved.astimezone(UTC)
