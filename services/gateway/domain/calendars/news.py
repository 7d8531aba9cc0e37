"""What is new in a calendar, against what was known of it: what is told, what is told quietly, what
is called off, and what is not believed?

A calendar says what is so. What is gone from a whole calendar, and still lies ahead, is called off;
unless so much is gone at once that the calendar itself is more likely to be wrong.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.gateway.domain.calendars.entries import CalendarRead, Found
from services.gateway.domain.calendars.rules import CalendarRules
from services.gateway.domain.imports.rows import Entry
from shared.contracts.fields import wire_instant


@dataclass(frozen=True, slots=True)
class Known:
    """One appointment of a calendar as it was told last."""

    uid: str
    starts: str  # an instant, or a day
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told of a calendar."""

    told: tuple[Found, ...] = ()  # like anything a list tells
    quiet: tuple[Found, ...] = ()  # more of a series that is known: nobody is written to about it
    missing: tuple[Found, ...] = ()  # called off, because they are gone
    disbelieved: int = 0  # so many are gone that none of them is called off
    older: tuple[Found, ...] = ()  # an older state than the one that is known


def news_of(
    read: CalendarRead,
    known: Mapping[str, Known],
    rules: CalendarRules,
    now: datetime,
    *,
    whole: bool,
) -> News:
    """What is new. ``whole``: the file is all of the calendar, so that what is missing is gone."""
    older = tuple(each for each in read.found if not whole and _is_older(each, known))
    fresh = [each for each in read.found if each not in older and _counts(each, known)]
    told, quiet = _split(fresh, known)
    there = {each.entry.id for each in read.found}
    gone = [name for name in _gone(read, known, now, whole=whole) if name not in there]
    if whole and len(gone) > rules.missing_at_most:
        return News(tuple(told), tuple(quiet), (), len(gone), older)
    missing = tuple(_called_off(name, known[name]) for name in gone)
    return News(tuple(told), tuple(quiet), missing, 0, older)


def _is_older(found: Found, known: Mapping[str, Known]) -> bool:
    before = known.get(found.entry.id)
    return before is not None and found.sequence < before.sequence


def _counts(found: Found, known: Mapping[str, Known]) -> bool:
    """What was never known and is called off already tells nothing."""
    return not found.is_off or found.entry.id in known


def _split(fresh: Iterable[Found], known: Mapping[str, Known]) -> tuple[list[Found], list[Found]]:
    """Of a series the first appointment is told, and whatever is changed; the others quietly."""
    uids = {each.uid for each in known.values()}
    told, quiet = [], []
    for each in fresh:
        if each.entry.id in known or each.uid not in uids:
            told.append(each)
            uids.add(each.uid)
        else:
            quiet.append(each)
    return told, quiet


def _gone(
    read: CalendarRead, known: Mapping[str, Known], now: datetime, *, whole: bool
) -> list[str]:
    """What was ahead and is not there any more."""
    ended = read.off | read.series
    return [
        name
        for name, each in known.items()
        if _is_ahead(each, now) and (each.uid in ended or (whole and each.uid not in read.uids))
    ]


def _is_ahead(known: Known, instant: datetime) -> bool:
    return known.starts > wire_instant(instant)[: len(known.starts)]


def _called_off(name: str, known: Known) -> Found:
    fields = {"appointment_id": name, "status": "cancelled"}
    return Found(Entry("appointments", name, fields), known.uid, known.starts, known.sequence)


def known_after(
    known: Mapping[str, Known], taken_in: Iterable[Found], since: datetime
) -> dict[str, Known]:
    """What is known once these were taken in; what began before ``since`` is forgotten."""
    after = dict(known)
    for each in taken_in:
        if each.is_off:
            after.pop(each.entry.id, None)
        else:
            after[each.entry.id] = Known(each.uid, each.starts, each.sequence)
    bound = wire_instant(since)
    return {name: each for name, each in after.items() if each.starts >= bound[: len(each.starts)]}
