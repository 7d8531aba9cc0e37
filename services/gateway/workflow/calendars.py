"""A calendar of another program is taken in: its appointments as things of a list, and with them,
in the same transaction, what is known of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from services.gateway.domain.calendars.entries import Found
from services.gateway.domain.calendars.kept import (
    KeptCalendar,
    Marks,
    claimed,
    is_due,
    read_whole,
)
from services.gateway.domain.calendars.news import known_after
from services.gateway.domain.imports.judging import Judged
from services.gateway.ports import CALENDARS
from services.gateway.workflow.importing import Batch, needs_of_importing, take_in
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


@dataclass(frozen=True, slots=True)
class CalendarBatch:
    """Some appointments of one calendar."""

    name: str  # of the calendar
    batch: Batch
    found: Sequence[Found]
    back: timedelta  # what began longer ago is not kept in mind


def needs_of_calendar(name: str, _: ReadSoFar) -> Iterable[Need]:
    """What is known of it."""
    yield CALENDARS.one(name)


def claim(name: str, rhythm: timedelta, unit: UnitOfWork) -> KeptCalendar | None:
    """The calendar, if it is to be fetched now: no other replica does."""
    before = unit.get(CALENDARS, name)
    if not is_due(before, unit.now):
        return None
    now_claimed = claimed(before, name, rhythm, unit.now)
    unit.put(CALENDARS, now_claimed)
    return now_claimed


def read_now(name: str, unit: UnitOfWork) -> None:
    """It is due at once, and read whole, whether it changed or not."""
    before = unit.get(CALENDARS, name) or KeptCalendar(name=name)
    due = replace(before, next_at=unit.now, etag="", modified="", digest="")
    unit.put(CALENDARS, due)


def needs_of_taking(calendar: CalendarBatch, unit: ReadSoFar) -> Iterable[Need]:
    """What is known of the calendar, and of what is in it."""
    yield CALENDARS.one(calendar.name)
    yield from needs_of_importing(calendar.batch, unit)


def take_in_appointments(calendar: CalendarBatch, unit: UnitOfWork) -> list[Judged]:
    """Say what is new or changed, and keep in mind what was said; what is wrong is not."""
    judged = take_in(calendar.batch, unit)
    before = unit.get(CALENDARS, calendar.name) or KeptCalendar(name=calendar.name)
    told = [
        each
        for each, became in zip(calendar.found, judged, strict=True)
        if became.what != "wrong" or each.is_off
    ]
    known = known_after(before.known, told, unit.now - calendar.back)
    if known != before.known:
        unit.put(CALENDARS, replace(before, known=known))
    return judged


def note_whole(
    name: str,
    marks: Marks,
    left_out: int,
    said: Sequence[str],
    problem: str,
    unit: UnitOfWork,
) -> None:
    """All of it has been taken in."""
    before = unit.get(CALENDARS, name) or KeptCalendar(name=name)
    unit.put(CALENDARS, read_whole(before, marks, left_out, said, problem, unit.now))


def note_problem(name: str, problem: str, unit: UnitOfWork) -> None:
    """It could not be read; what was known of it stays."""
    before = unit.get(CALENDARS, name) or KeptCalendar(name=name)
    if before.problem != problem:
        unit.put(CALENDARS, replace(before, problem=problem))
