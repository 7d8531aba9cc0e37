"""Nobody was reached: when does somebody try again?

Whoever tried says on which day of the firm's calendar. What they are told is kept in the task's
why, so that the next one to call knows.
"""

from datetime import date, datetime, timedelta
from typing import Any

from shared.calendar import FirmCalendar
from shared.errors import RuleError

FIELD = "next_try"
FURTHEST = timedelta(days=366)
MARK = " Not reached"  # begins what is said of the tries, after why the task is there


def next_try_at(
    said: Any, now: datetime, calendar: FirmCalendar, before: datetime | None, field: str = FIELD
) -> datetime:
    """When the next try is due: that day, within the firm's hours, and ``before`` what it is about.

    ``field``: by which name the day was given.

    RuleError where it is no day, has passed, is too far off, or comes too late.
    """
    day = _day(said, field)
    today = calendar.day_of(now)
    if day < today:
        raise RuleError("This day has passed: give a day to come.", code="past", field=field)
    if day > today + FURTHEST:
        raise RuleError("Give a day within the next year.", code="too-far", field=field)
    ahead = before is not None and before > now
    if ahead and before is not None and day > calendar.day_of(before):
        last = in_words(calendar.day_of(before))
        raise RuleError(
            f"That is too late: what the call is about is on {last}.", code="too-late", field=field
        )
    due_at = calendar.close_of_business(day)
    if ahead and before is not None:
        due_at = min(due_at, before)
    if due_at <= now:
        raise RuleError(
            "The firm has closed for today: give a later day.", code="past", field=field
        )
    return due_at


def with_tries(
    text: str, tried: tuple[datetime, ...], due_at: datetime, calendar: FirmCalendar
) -> str:
    """Why the task is there, how often somebody tried, and when the next try is."""
    if not tried:
        return text
    times = f", {len(tried)} times so far" if len(tried) > 1 else ""
    last, following = (in_words(calendar.day_of(each)) for each in (tried[-1], due_at))
    reason = text.partition(MARK)[0]
    return f"{reason}{MARK} on {last}{times}; the next try is on {following}."


def in_words(day: date) -> str:
    """A day, for the firm's people."""
    return f"{day:%A}, {day.day} {day:%B %Y}"


def _day(said: Any, field: str) -> date:
    try:
        return date.fromisoformat(said.strip())
    except (AttributeError, ValueError):
        raise RuleError("Give the day, like 2026-12-04.", code="invalid", field=field) from None
