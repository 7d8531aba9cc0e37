"""How is a calendar read at its address told to the desk? Of its address, the host alone."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from services.gateway.domain.calendars.kept import KeptCalendar
from services.gateway.domain.calendars.rules import CalendarRules, Place
from services.gateway.domain.last_words import LastWord
from services.gateway.domain.sources import Source
from services.gateway.ports import CALENDARS, LAST_WORDS
from shared.contracts.fields import wire_instant
from shared.contracts.imports import CalendarRead
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_calendars(sources: Iterable[Source], _: ReadSoFar) -> Iterable[Need]:
    """What is known of each, and when it was heard from."""
    for each in sources:
        yield CALENDARS.one(each.name)
        yield LAST_WORDS.one(each.name)


def calendar_told(
    source: Source, rules: CalendarRules, address: str | None, unit: UnitOfWork
) -> CalendarRead:
    """One of them, with what is set for it."""
    kept = unit.get(CALENDARS, source.name) or KeptCalendar(name=source.name)
    word: LastWord | None = unit.get(LAST_WORDS, source.name)
    silence = source.longest_silence or rules.longest_silence
    return CalendarRead(
        name=source.name,
        host=_host(address),
        every=rules.every,
        ahead=rules.ahead,
        back=rules.back,
        zone=rules.zone or "",
        client=[_said(each) for each in rules.client],
        client_prefix=rules.client_prefix,
        matter=[_said(each) for each in rules.matter],
        kind=[_said(each) for each in rules.kind],
        otherwise=rules.otherwise,
        own=list(rules.own),
        tentative=rules.tentative,
        missing_at_most=rules.missing_at_most,
        silent_after=int(silence.total_seconds()),
        looked_at=wire_instant(word.at) if word is not None and word.count else None,
        read_at=wire_instant(kept.full_at) if kept.full_at else None,
        next_at=wire_instant(kept.next_at) if kept.next_at else None,
        appointments=len(kept.known),
        left_out=kept.left_out,
        unmatched=kept.unmatched,
        said=list(kept.said),
        problem=kept.problem,
    )


def _host(address: str | None) -> str:
    try:
        return (urlsplit(address or "").hostname or "") if address else ""
    except ValueError:
        return ""


def _said(place: Place) -> str:
    if place.attendee:
        return "attendee"
    name, words = next(
        (name, said) for name in ("property", "category", "line") if (said := getattr(place, name))
    )
    return f"{name}:{words}"
