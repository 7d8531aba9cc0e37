"""Which events does an imported thing become?

A row tells what is so, an event what happened. From what the last list said and what this one says
follows what happened in between, with the day on which it did. Everything is told as history unless
the firm asks for its news (ADR 0101).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.gateway.domain.imports.imported import Imported, changed_fields
from services.gateway.domain.imports.kinds import Kind
from services.gateway.domain.imports.rows import Entry
from services.gateway.domain.saying import Saying, event_of
from shared.contracts.envelope import Event
from shared.contracts.fields import wire_instant
from shared.contracts.refusals import refuse

AFTER = timedelta(milliseconds=1)
"""By how much something said again is later than the time before: of two statements it holds."""
NOT_KNOWN = "not-said"  # how somebody was in touch, in a list that names only the day
BESIDES = {
    "clients": {"since"},
    "matters": {"opened_on", "closed_on", "status", "last_contact_on"},
    "parties": {"since"},
    "appointments": {"starts", "status", "client_email"},
    "invoices": {"issued_on", "status", "paid_on", "client_email"},
}
"""Fields of a list that no event has under this name."""


@dataclass(frozen=True, slots=True)
class Around:
    """What an import is told beside the rows."""

    source: str  # in whose name it is said, among the sources of the gateway
    zone: str  # of the firm: where a bare day begins
    now: datetime
    news_since: datetime | None = None  # what happened from here on is news; None: nothing is
    known: bool = False  # another system has told of this client already


def source_of_import(name: str) -> str:
    """What a list is called among the sources of the gateway."""
    return f"import:{name}"


def events_of(before: Imported | None, entry: Entry, around: Around) -> list[Event[Any]]:
    """The events that follow; raises Invalid with each refused field."""
    told = list(TELLS[entry.kind](before, entry, around))
    return [_event(each, before, entry, around) for each in told]


def _event(saying: Saying, before: Imported | None, entry: Entry, around: Around) -> Event[Any]:
    at = saying.at or around.now
    if at > around.now:
        raise refuse(
            _when(entry.kind, saying.type), "lies in the future: it tells what has happened"
        )
    last = before.said_at.get(saying.type) if before else None
    if last is not None and at <= last:
        at = last + AFTER
    history = around.news_since is None or at < around.news_since
    given = "\n".join((entry.kind, entry.id, wire_instant(at), "past" if history else "news"))
    event = event_of(
        replace(saying, at=at), source=around.source, given_id=given,
        received_at=around.now, now=around.now,
    )  # fmt: skip
    return replace(event, history=history)


def _when(kind: Kind, told: str) -> str:
    """The column that says when it happened."""
    by_event = {"client-contact-logged": "last_contact_on", "matter-closed": "closed_on"}
    return by_event.get(told) or {"matters": "opened_on", "invoices": "issued_on"}.get(
        kind, "since"
    )


def _client(before: Imported | None, entry: Entry, around: Around) -> Iterator[Saying]:
    since = _midnight(entry, "since", around)
    if before is None and not around.known:
        yield Saying("client-onboarded", _data(entry), since)
        return
    changed = set(changed_fields(before, entry)) - {"since"}
    if changed:
        data = {each: entry.fields.get(each) for each in sorted(changed | {"client_id"})}
        yield Saying("client-updated", data)


def _matter(before: Imported | None, entry: Entry, around: Around) -> Iterator[Saying]:
    changed = set(changed_fields(before, entry))
    opened, closed = (_midnight(entry, each, around) for each in ("opened_on", "closed_on"))
    was, is_ = before is not None and _is_closed(before.fields), _is_closed(entry.fields)
    if changed - {"closed_on", "status", "last_contact_on"}:
        yield Saying("matter-opened", _data(entry), opened)
    named = {each: entry.fields[each] for each in ("matter_id", "client_id")}
    if is_ and closed is not None and (not was or "closed_on" in changed):
        day = f"{entry.fields['closed_on']}T00:00:00Z"  # midnight in UTC is read as the day
        later = max(closed, opened + AFTER) if opened is not None else closed
        yield Saying("matter-closed", {**named, "closed_at": day}, later)
    if was and not is_:
        yield Saying("matter-reopened", named)
    spoken = _midnight(entry, "last_contact_on", around)
    if spoken is not None and "last_contact_on" in changed and not is_:
        told = {"direction": "out", "channel": NOT_KNOWN, "at": spoken.isoformat()}
        yield Saying("client-contact-logged", named | told, spoken)


def _is_closed(fields: Mapping[str, str]) -> bool:
    return fields.get("status", "closed" if "closed_on" in fields else "open") == "closed"


def _party(before: Imported | None, entry: Entry, around: Around) -> Iterator[Saying]:
    if set(changed_fields(before, entry)) - {"since"}:
        yield Saying("party-added", _data(entry), _midnight(entry, "since", around))


def _appointment(before: Imported | None, entry: Entry, _: Around) -> Iterator[Saying]:
    was, is_ = (_is_off(each) for each in (before.fields if before else {}, entry.fields))
    if is_:
        if not was:
            named = {each: entry.fields[each] for each in ("appointment_id", "client_id")}
            yield Saying("appointment-cancelled", named)
        return
    starts = entry.fields["starts"]
    when = {"starts_on": starts} if len(starts) == len("2026-12-31") else {"starts_at": starts}
    if was or set(changed_fields(before, entry)) - {"status", "client_email"}:
        told = "appointment-scheduled" if before is None else "appointment-rescheduled"
        yield Saying(told, {**_data(entry), **when}, paths=dict.fromkeys(when, "starts"))


def _is_off(fields: Mapping[str, str]) -> bool:
    return fields.get("status") == "cancelled"


def _invoice(before: Imported | None, entry: Entry, around: Around) -> Iterator[Saying]:
    changed = set(changed_fields(before, entry))
    if changed - {"status", "paid_on", "client_email"}:
        yield Saying("invoice-issued", _data(entry), _midnight(entry, "issued_on", around))
    status = entry.fields.get("status", "paid" if "paid_on" in entry.fields else "open")
    named = {each: entry.fields[each] for each in ("invoice_id", "client_id")}
    if before is not None and status == "open" and "status" in changed:
        raise refuse("status", "was settled before, and no list takes that back: see billing")
    if not changed & {"status", "paid_on"} or status == "open":
        return
    if status == "paid":
        yield Saying("invoice-paid", named, _midnight(entry, "paid_on", around))
    else:
        yield Saying("invoice-settled", {**named, "how": status})


TELLS: Mapping[Kind, Callable[[Imported | None, Entry, Around], Iterator[Saying]]] = {
    "clients": _client,
    "matters": _matter,
    "parties": _party,
    "appointments": _appointment,
    "invoices": _invoice,
}


def _data(entry: Entry) -> dict[str, Any]:
    return {name: said for name, said in entry.fields.items() if name not in BESIDES[entry.kind]}


def _midnight(entry: Entry, name: str, around: Around) -> datetime | None:
    """When the day of a field began where the firm is."""
    said = entry.fields.get(name)
    if said is None:
        return None
    return datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(around.zone)).astimezone(UTC)


def news_from(day: str, zone: str) -> datetime | None:
    """The instant at which a day begins in the firm; None: nothing is news."""
    if not day:
        return None
    said = date.fromisoformat(day)
    return datetime(said.year, said.month, said.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
