"""Which appointments stand in a calendar file, each once, with its id and the moment it begins?

Repetition, exceptions and time zones are worked out by libraries (ADR 0112). What is said here:
what an appointment of a series is called, whose it is, and what cannot be read and why. A word of
an entry (its summary, its description) goes nowhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
import x_wr_timezone
from icalendar import Calendar, Event
from icalendar.error import BrokenCalendarProperty

from services.gateway.domain.calendars.moments import Moment, moment_of
from services.gateway.domain.calendars.places import text_of, whose
from services.gateway.domain.calendars.rules import CalendarRules
from services.gateway.domain.imports.cells import CellError
from services.gateway.domain.imports.rows import Entry, Note
from services.gateway.domain.names import duration
from shared.contracts.fields import MOST_OF_A_FOREIGN_ID
from shared.contracts.keys import id_made_of
from shared.errors import ClienteleError

LARGEST = 10 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_TIMES_A_DAY = 4
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
ANSWERS = ("REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER")
CANCELLED, TENTATIVE = "CANCELLED", "TENTATIVE"


class CalendarError(ClienteleError):
    """This file is no calendar that can be read."""


@dataclass(frozen=True, slots=True)
class Found:
    """One appointment of a calendar: as it is taken in, and what it belongs to."""

    entry: Entry
    uid: str
    starts: str  # an instant, or a day
    sequence: int = 0

    @property
    def is_off(self) -> bool:
        """Whether it will not take place."""
        return self.entry.fields.get("status") == "cancelled"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry nothing is made of, and why; never its words."""

    uid: str
    starts: str
    why: Note


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What stands in a calendar."""

    found: tuple[Found, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    uids: frozenset[str] = frozenset()  # of every entry, whether anything is made of it or not
    series: frozenset[str] = frozenset()  # of what is repeated, read from its beginning on
    off: frozenset[str] = frozenset()  # of what is called off altogether


def read_calendar(content: bytes, rules: CalendarRules, zone: str, now: datetime) -> CalendarRead:
    """The appointments of a file; CalendarError says what is wrong with all of it.

    ``zone``: the firm's, of entries that name none.
    """
    calendar = _parsed(content)
    method = str(calendar.get("METHOD", "")).upper()
    if method in ANSWERS:
        raise CalendarError(f"is an answer to an invitation (METHOD:{method}): it tells nothing")
    groups: dict[str, list[Event]] = defaultdict(list)
    for each in calendar.events:
        groups[str(each.get("UID", "")).strip()].append(each)
    reader = _Reader(rules, rules.zone or zone, now, calls_off=method == "CANCEL")
    for uid, events in groups.items():
        reader.take(uid, events)
    if len(reader.found) > MOST_ENTRIES:
        raise CalendarError(f"has more than {MOST_ENTRIES} appointments ahead: shorten ahead")
    found = sorted(reader.found, key=lambda each: each.starts)
    return CalendarRead(
        tuple(found), tuple(reader.left_out), frozenset(groups), frozenset(reader.series),
        frozenset(reader.off),
    )  # fmt: skip


def _parsed(content: bytes) -> Calendar:
    if len(content) > LARGEST:
        raise CalendarError(f"is larger than {LARGEST // 1024 // 1024} MiB")
    try:
        text = content.decode("utf-8-sig")
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, RecursionError, IndexError, KeyError) as broken:
        raise CalendarError(
            "is no iCalendar file in UTF-8 (BEGIN:VCALENDAR to END:VCALENDAR)"
        ) from broken
    if len(calendars) != 1 or not isinstance(calendars[0], Calendar):
        raise CalendarError("must hold one VCALENDAR, no more and no less")
    calendar: Calendar = x_wr_timezone.to_standard(calendars[0])
    return calendar


class _Reader:
    """Reads entry by entry; one that cannot be read keeps back no other."""

    def __init__(self, rules: CalendarRules, zone: str, now: datetime, *, calls_off: bool) -> None:
        self._rules, self._zone, self._calls_off = rules, zone, calls_off
        self._from, self._until = now - duration(rules.back), now + duration(rules.ahead)
        self.found: list[Found] = []
        self.left_out: list[LeftOut] = []
        self.series: set[str] = set()
        self.off: set[str] = set()

    def take(self, uid: str, events: Sequence[Event]) -> None:
        """All that is said under one id."""
        if not uid:
            self.left_out += [_left_out("", "", "uid", "is missing")] * len(events)
            return
        try:
            self._take_all(uid, events)
        except BrokenCalendarProperty as broken:
            field = re.search(r"broken property '([A-Z-]+)'", str(broken))
            named = field[1] if field else "entry"
            self.left_out.append(_left_out(uid, "", named, "cannot be read"))

    def _take_all(self, uid: str, events: Sequence[Event]) -> None:
        masters = [each for each in events if "RECURRENCE-ID" not in each]
        master = max(masters, key=_sequence, default=None)
        if master is not None and self._calls_off_all(master):
            self.off.add(uid)
        repeated = any("RRULE" in each or "RDATE" in each for each in masters)
        if not repeated and len(events) == len(masters):
            if master is not None:
                self._take_one(uid, uid, master)
            return
        if master is not None and (often := too_often(master)):
            self.left_out.append(_left_out(uid, "", "RRULE", often))
            return
        try:
            self._take_series(uid, events)
        except Exception:  # a rule no library understands is the calendar's mistake
            self.left_out.append(_left_out(uid, "", "RRULE", "cannot be worked out: is it right?"))
            return
        if master is not None:
            self.series.add(uid)

    def _take_series(self, uid: str, events: Iterable[Event]) -> None:
        calendar = Calendar()
        for each in events:
            calendar.add_component(each)
        times = recurring_ical_events.of(calendar).between(self._from, self._until)
        seen: set[str] = set()
        for each in sorted(times, key=lambda one: str(_nominal(one))):
            day = _nominal(each)
            own = f"{uid}/{day:%Y-%m-%d}"  # kept when its hour is moved
            if own in seen:
                own = f"{own}T{day:%H%M}"
            seen.add(own)
            self._take_one(uid, own, each)

    def _take_one(self, uid: str, own: str, event: Event) -> None:
        try:
            moment = moment_of(event, self._zone)
        except CellError as no:
            self.left_out.append(_left_out(uid, "", "DTSTART", no.message))
            return
        if moment.instant < self._from:
            return
        status = str(event.get("STATUS", "")).upper()
        is_off = status == CANCELLED or self._calls_off
        if status == TENTATIVE and not self._rules.tentative and not is_off:
            self.left_out.append(_left_out(uid, moment.said, "STATUS", "is tentative"))
            return
        person = whose(event, self._rules)
        if not person and not is_off:
            self.left_out.append(_left_out(uid, moment.said, "client_id", "names no client"))
            return
        fields = self._fields(_id(own), event, moment, person)
        if is_off:
            fields = {**fields, "status": "cancelled"}
        entry = Entry("appointments", fields["appointment_id"], fields)
        self.found.append(Found(entry, uid, moment.said, _sequence(event)))

    def _fields(
        self, own: str, event: Event, moment: Moment, person: dict[str, str]
    ) -> dict[str, str]:
        said = {
            "appointment_id": own,
            **person,
            "starts": moment.said,
            "timezone": moment.zone,
            "kind": text_of(event, self._rules.kind) or self._rules.otherwise,
            "matter_id": text_of(event, self._rules.matter),
            "location": " ".join(str(event.get("LOCATION", "")).split())[:300],
        }
        return {name: value for name, value in said.items() if value}

    def _calls_off_all(self, master: Event) -> bool:
        return self._calls_off or str(master.get("STATUS", "")).upper() == CANCELLED


def _nominal(event: Event) -> date | datetime:
    """When an appointment of a series was to be, before anybody moved it, where it is."""
    said = event.get("RECURRENCE-ID")
    found: date | datetime = said.dt if said is not None else event.start
    start = event.start
    if isinstance(found, datetime) and isinstance(start, datetime) and found.tzinfo is not None:
        zone = start.tzinfo if isinstance(start.tzinfo, ZoneInfo) else found.tzinfo
        return found.astimezone(zone)
    return found


def _id(own: str) -> str:
    return own if len(own) <= MOST_OF_A_FOREIGN_ID else id_made_of("ic", own)


def _sequence(event: Event) -> int:
    try:
        return max(int(event.get("SEQUENCE", 0)), 0)
    except (TypeError, ValueError):
        return 0


def too_often(event: Event) -> str:
    """Why what is repeated so often is no appointment; empty: it is not."""
    rules: Any = event.get("RRULE") or []
    for rule in rules if isinstance(rules, list) else [rules]:
        times = 1
        for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            times *= max(len(rule.get(part, ())), 1)
        frequency = "".join(map(str, rule.get("FREQ", ()))).upper()
        if frequency in TOO_OFTEN or times > MOST_TIMES_A_DAY:
            return "is repeated more often than a few times a day: that is no appointment"
    return ""


def _left_out(uid: str, starts: str, field: str, why: str) -> LeftOut:
    return LeftOut(uid, starts, Note(field, why))
