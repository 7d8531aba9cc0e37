"""Things of a list are taken in: what is new or changed is said, once.

One transaction for some of them at a time: what was said and what is known of it are kept together,
so that an import that is ended anywhere is taken up again by reading the same file.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.gateway.domain.imports.imported import Imported, counted, imported_key, kept
from services.gateway.domain.imports.judging import (
    ERASED,
    NOBODY,
    NOBODY_NAMED,
    SEVERAL,
    UNKNOWN_CLIENT,
    UNKNOWN_MATTER,
    Judged,
    alike,
    judged,
    noticed,
    wrong,
)
from services.gateway.domain.imports.rows import Entry, Note
from services.gateway.domain.imports.telling import Around, source_of_import
from services.gateway.domain.known_clients import folded
from services.gateway.ports import BOOK, IMPORTED, KNOWN
from shared.people import PEOPLE, trail
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

FIRM = "firm"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some entries of one list."""

    name: str  # of the mapping
    zone: str
    entries: Sequence[Entry]
    news_since: datetime | None = None
    source: str = ""  # in whose name it is said; empty: in that of the mapping


def needs_of_importing(batch: Batch, unit: ReadSoFar) -> Iterable[Need]:
    """What was imported of these things, and who the clients are."""
    yield BOOK.one(FIRM)
    for entry in batch.entries:
        yield IMPORTED.one(imported_key(entry.kind, entry.id))
        if entry.kind == "parties":
            yield IMPORTED.one(imported_key("matters", entry.fields["matter_id"]))
        if entry.fields.get("client_id"):
            yield from _needs_of_client(entry.fields["client_id"], unit)
        elif before := unit.peek(IMPORTED, imported_key(entry.kind, entry.id)):
            yield from _needs_of_client(before.client_id or entry.id, unit)
        for said in _addresses(entry):
            yield KNOWN.by("email", folded(said))
            for known in unit.peek_all(KNOWN, "email", folded(said)):
                yield from _needs_of_client(known.client_id, unit)


def _addresses(entry: Entry) -> list[str]:
    return " ".join(entry.fields.get(name, "") for name in ("email", "client_email")).split()


def _needs_of_client(client_id: str, unit: ReadSoFar) -> Iterator[Need]:
    yield KNOWN.one(client_id)
    yield IMPORTED.one(imported_key("clients", client_id))
    yield from (PEOPLE.one(each) for each in trail(client_id, unit))


def weigh(batch: Batch, unit: UnitOfWork) -> list[Judged]:
    """What would become of each entry; changes nothing."""
    return [_weighed(each, batch, unit) for each in batch.entries]


def take_in(batch: Batch, unit: UnitOfWork) -> list[Judged]:
    """Say what is new or changed, and keep what was said."""
    told, fresh = [], []
    for entry in batch.entries:
        each = _weighed(entry, batch, unit)
        told.append(each)
        if each.what not in ("new", "changed"):
            continue
        for event in each.events:
            unit.pass_on(event)
        before = _before(entry, unit)
        now_known = kept(
            before, each.entry, name=batch.name, client_id=_client_of(each.entry, unit),
            said={event.type: event.time for event in each.events}, now=unit.now,
        )  # fmt: skip
        unit.put(IMPORTED, now_known)
        fresh += [now_known] if before is None else []
    if any(each.events for each in told):
        unit.put(BOOK, counted(unit.get(BOOK, FIRM), fresh, unit.now))
    return told


def _before(entry: Entry, unit: UnitOfWork) -> Imported | None:
    return unit.get(IMPORTED, imported_key(entry.kind, entry.id))


def _client_of(entry: Entry, unit: UnitOfWork) -> str | None:
    if entry.kind != "parties":
        return entry.fields.get("client_id")
    matter = unit.get(IMPORTED, imported_key("matters", entry.fields["matter_id"]))
    return matter.client_id if matter is not None else None


def _weighed(entry: Entry, batch: Batch, unit: UnitOfWork) -> Judged:
    found, note = _with_client(entry, unit)
    if note is not None:
        return wrong(entry, note)
    client_id = _client_of(found, unit)
    if client_id is not None and _is_erased(client_id, unit):
        return wrong(found, Note("client_id", ERASED))
    known = entry.kind == "clients" and unit.get(KNOWN, entry.id) is not None
    source = batch.source or source_of_import(batch.name)
    around = Around(source, batch.zone, unit.now, batch.news_since, known)
    return noticed(judged(_before(found, unit), found, around), *_remarks(found, unit))


def _with_client(entry: Entry, unit: UnitOfWork) -> tuple[Entry, Note | None]:
    """The entry with the client its addresses name; or why there is none.

    What says no more than that it is off is about whom it was before.
    """
    if entry.kind == "parties" or "client_id" in entry.fields:
        return entry, None
    emails = entry.fields.get("client_email", "").split()
    before = _before(entry, unit)
    is_off = entry.fields.get("status") == "cancelled"
    if is_off and before is not None and "client_id" in before.fields:
        return replace(entry, fields={**before.fields, **entry.fields}), None
    ids = {known.client_id for each in emails for known in unit.find(KNOWN, "email", folded(each))}
    if not emails:
        return entry, Note("client_id", NOBODY_NAMED)
    if len(ids) != 1:
        return entry, Note("client_email", SEVERAL if ids else NOBODY)
    return replace(entry, fields={**entry.fields, "client_id": ids.pop()}), None


def _is_erased(client_id: str, unit: UnitOfWork) -> bool:
    person = unit.peek(PEOPLE, trail(client_id, unit)[-1])
    return person is not None and person.erased


def _remarks(entry: Entry, unit: UnitOfWork) -> Iterator[Note]:
    if entry.kind == "clients":
        email = entry.fields.get("email")
        yield from alike(entry, unit.find(KNOWN, "email", folded(email)) if email else ())
        return
    if entry.kind == "parties":
        if unit.get(IMPORTED, imported_key("matters", entry.fields["matter_id"])) is None:
            yield Note("matter_id", UNKNOWN_MATTER)
        return
    client_id = entry.fields["client_id"]
    if unit.get(KNOWN, client_id) is None and _imported_client(client_id, unit) is None:
        yield Note("client_id", UNKNOWN_CLIENT)


def _imported_client(client_id: str, unit: UnitOfWork) -> Imported | None:
    return unit.get(IMPORTED, imported_key("clients", client_id))
