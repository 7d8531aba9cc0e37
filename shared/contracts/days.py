"""When does an event mean a whole day, and which?

A day is given as one (``starts_on``, ``due_on``); the instant beside it may then be left out.
Calendars that know instants only write midnight at the place of an appointment for a whole day.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def with_instant(data: Any, instant: str, day: str, zone: str | None = None) -> Any:
    """What came, with the midnight at which its day begins where it says no instant.

    ``zone``: the field that names the place's time zone; without one, midnight in UTC, which is
    read as a bare date.
    """
    if not isinstance(data, Mapping) or data.get(instant) is not None or data.get(day) is None:
        return data
    try:
        place = ZoneInfo(str(data.get(zone))) if zone else UTC
        begins = datetime.combine(date.fromisoformat(str(data[day])), time(), place)
        return {**data, instant: begins.astimezone(UTC).isoformat()}
    except (ValueError, OverflowError, OSError):  # the fields themselves say what is wrong
        return data


def whole_day(starts_at: datetime, starts_on: date | None, zone: str) -> date | None:
    """The day of an appointment that takes all of it; None where it begins at an hour."""
    if starts_on is not None:
        return starts_on
    there = starts_at.astimezone(ZoneInfo(zone))
    return there.date() if there.time() == time() else None
