"""When does a task that was put to sleep wake up?

A person says it as people do: later today, tomorrow, next week, or a day. The firm's clock counts,
and a morning begins at nine.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from shared.contracts.fields import read_day as day_of
from shared.errors import RuleError

Wake = Literal["later", "tomorrow", "next-week", "date"]
WAKES: tuple[str, ...] = get_args(Wake)
MORNING = time(9)
EVENING = time(17)
LATER = timedelta(hours=3)
QUARTER = 15


def wake_at(choice: str, day: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant a choice stands for; ``day`` is an ISO date, for the choice of a date."""
    local = now.astimezone(zone)
    match choice:
        case "later":
            return _rounded(local + LATER).astimezone(now.tzinfo)
        case "tomorrow":
            return _on(local.date() + timedelta(days=1), MORNING, zone, now)
        case "next-week":
            return _on(local.date() + timedelta(days=7 - local.weekday()), MORNING, zone, now)
        case "date":
            return _on(read_day(day, "day"), MORNING, zone, now)
    raise RuleError("Choose until when.", code="unknown-choice", field="until")


def due_on(day: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Due on a day means by the end of its work."""
    return _on(read_day(day, "due_day"), EVENING, zone, now)


def read_day(text: str, field: str) -> date:
    """A day as a form sends it."""
    try:
        return day_of(text)
    except ValueError:
        raise RuleError("Give a day.", code="missing", field=field) from None


def _on(day: date, at: time, zone: ZoneInfo, now: datetime) -> datetime:
    return datetime.combine(day, at, zone).astimezone(now.tzinfo)


def _rounded(local: datetime) -> datetime:
    """Up to the next quarter of an hour."""
    whole = local.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=-whole.minute % QUARTER)
