"""On which days of a year is the firm closed, and what would other closed days mean?

Days are the firm's data: they hold once a second person has approved them.
What is due already keeps its time; what is asked for afterwards is due by the new days.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from shared.calendar import DAY, ClosedDay, FirmCalendar
from shared.errors import RuleError

LONGEST = 62  # days of one span
SHOWN = (1, 2, 5)  # business days


@dataclass(frozen=True, slots=True)
class Closed:
    """One day on which the firm is not at work, weekends apart."""

    day: date
    holiday: str  # what the public holiday is called
    own: bool  # the firm's own closed day
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """Something asked for in the morning: when it is due as it is, and as it would be."""

    asked: datetime
    days: int
    before: datetime
    after: datetime


def closed_in(calendar: FirmCalendar, year: int) -> Iterator[Closed]:
    """Public holidays and the firm's own closed days of a year, in order."""
    day = date(year, 1, 1)
    while day.year == year:
        own = [each for each in calendar.days.own_closed_days if each.is_on(day)]
        holiday = calendar.days.holiday(day)
        if own or holiday:
            yearly = any(each.year is None for each in own)
            yield Closed(day, holiday, bool(own), yearly)
        day += DAY


def with_days(
    calendar: FirmCalendar, first: date, last: date, *, closed: bool, yearly: bool
) -> FirmCalendar:
    """The calendar with these days closed, or open again; RuleError at the field that is wrong."""
    if last < first:
        raise RuleError("The last day is before the first.", code="reversed", field="last")
    if (last - first).days >= LONGEST:
        raise RuleError(f"Choose at most {LONGEST} days.", code="too-long", field="last")
    days = [first + n * DAY for n in range((last - first).days + 1)]
    there = calendar.days.own_closed_days
    kept = [each for each in there if not any(each.is_on(day) for day in days)]
    new = [ClosedDay(day.month, day.day, None if yearly else day.year) for day in days]
    try:
        found = tuple(sorted([*there, *_missing(there, new)] if closed else kept, key=str))
        return replace(calendar, days=replace(calendar.days, own_closed_days=found))
    except ValueError as wrong:
        raise RuleError(f"{wrong}.", code="invalid", field="first") from None


def moves(before: FirmCalendar, after: FirmCalendar, first: date) -> list[Moves]:
    """What is asked for on the last business day before: where its due time moves."""
    day = before.days.roll_back(first - DAY)
    asked = datetime.combine(day, time(10), tzinfo=before.zone)
    pairs = (
        (n, before.add_business_days(asked, n), after.add_business_days(asked, n)) for n in SHOWN
    )
    return [Moves(asked, n, was, will) for n, was, will in pairs if was != will]


def as_lines(calendar: FirmCalendar) -> str:
    """The line of `firm.toml`, in its section `[office]`."""
    days = ", ".join(f'"{each}"' for each in calendar.days.own_closed_days)
    return f"closed_days = [{days}]"


def _missing(there: Iterable[ClosedDay], new: Iterable[ClosedDay]) -> list[ClosedDay]:
    known = {(each.month, each.day, each.year) for each in there}
    every_year = {(each.month, each.day) for each in there if each.year is None}
    return [
        each
        for each in new
        if (each.month, each.day, each.year) not in known
        and (each.month, each.day) not in every_year
    ]
