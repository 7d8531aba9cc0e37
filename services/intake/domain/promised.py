"""Which promises were noted with a talk, and by when is each to be kept?

A day means the end of business on it, by the firm's calendar: a promise of today for a day on which
the firm is closed is kept on the next one.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from services.intake.domain.attendance import Promised
from shared.calendar import FirmCalendar
from shared.contracts.attendance_task_kinds import PROMISED, PROMISES
from shared.contracts.fields import read_day
from shared.errors import RuleError


def promises_in(
    fields: Mapping[str, Any], note_id: str, calendar: FirmCalendar, now: datetime
) -> tuple[Promised, ...]:
    """The promises that were filled in; RuleError names the field that is wrong or missing."""
    return tuple(_read(fields, note_id, calendar, now))


def _read(
    fields: Mapping[str, Any], note_id: str, calendar: FirmCalendar, now: datetime
) -> Iterator[Promised]:
    for at, name in enumerate(PROMISES, 1):
        what, day = fields.get(name), fields.get(f"{name}_by")
        if not what and not day:
            continue
        if what not in PROMISED:
            choices = ", ".join(PROMISED)
            raise RuleError(f"Say what was promised: {choices}.", code="missing", field=name)
        due_at = calendar.close_of_business(_day(day, f"{name}_by", calendar.day_of(now)))
        yield Promised(promise_id=f"{note_id}-{at}", what=what, due_at=due_at)


def _day(said: object, field: str, today: date) -> date:
    try:
        day = read_day(said if isinstance(said, str) else "")
    except ValueError:
        message = "Say by which day, like 2026-12-04."
        raise RuleError(message, code="missing", field=field) from None
    if day < today:
        raise RuleError("This day has passed.", code="invalid", field=field)
    return day
