"""What does an appointment that takes a whole day count from?

It is over when its day is, where it takes place: until then it can be told. That it is a day and no
hour is kept beside it, so that nobody is told of one "at 12:00 AM".
"""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from services.reminders.domain.schedule import from_wall
from shared.contracts.days import whole_day

STARTS, DAY, ZONE = "starts_at", "starts_on", "timezone"
LAST = time(23, 59)


def with_whole_day(
    instants: dict[str, datetime], values: dict[str, Any]
) -> tuple[dict[str, datetime], dict[str, Any]]:
    """An event's instants and values, with the day of an appointment that is one."""
    zone, starts_at = values.get(ZONE), instants.get(STARTS)
    if not isinstance(zone, str) or starts_at is None:
        return instants, values
    said = values.get(DAY)
    day = whole_day(starts_at, date.fromisoformat(said) if said else None, zone)
    if day is None:
        return instants, values
    ends = from_wall(datetime.combine(day, LAST), ZoneInfo(zone))
    return {**instants, STARTS: ends}, {**values, DAY: day.isoformat()}


def day_said(name: str, values: Any) -> date | None:
    """The day that stands beside an instant, such as ``due_on`` beside ``due_at``."""
    said = values.get(name.removesuffix("_at") + "_on")
    return date.fromisoformat(said) if isinstance(said, str) else None
