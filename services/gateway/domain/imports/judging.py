"""What would become of one entry: which events, what stands against it, what is worth a look?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.gateway.domain.imports.imported import Imported, What, changed_fields, what_became
from services.gateway.domain.imports.rows import Entry, Note
from services.gateway.domain.imports.telling import Around, events_of
from services.gateway.domain.known_clients import KnownClient
from shared.contracts.envelope import Event, Invalid

LISTED_AS: Mapping[str, str] = {
    "starts_at": "starts", "starts_on": "starts", "due_at": "due_on", "closed_at": "closed_on",
    "how": "status",
}  # fmt: skip
"""Fields of events that a list has under another name."""
ERASED = "is a client whose records were erased: nothing about them is taken in again"
NOBODY = "is the e-mail address of no client: import the clients first, or say their id"
SEVERAL = "is the e-mail address of several clients: say the id of the one it is"
NOBODY_NAMED = "names no client, and nothing is known of it so far"
UNKNOWN_CLIENT = "is no client known so far: import the clients first, or see that it is right"
UNKNOWN_MATTER = "is no matter imported so far: import the matters first, or see that it is right"


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry, weighed against what was imported before."""

    row: int
    what: What
    entry: Entry
    changed: tuple[str, ...] = ()
    events: tuple[Event[Any], ...] = ()
    problems: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()


def judged(before: Imported | None, entry: Entry, around: Around) -> Judged:
    """What the entry says now; refused by the contracts, it is wrong."""
    what = what_became(before, entry)
    if what == "same":
        return Judged(entry.row, what, entry)
    try:
        events = tuple(events_of(before, entry, around))
    except Invalid as no:
        notes = [Note(LISTED_AS.get(each.field, each.field), each.message)
                 for each in no.field_errors]  # fmt: skip
        return wrong(entry, *notes)
    if what == "new" and around.known and entry.kind == "clients":
        what = "changed"  # another system has told of them
    changed = changed_fields(before, entry) if before is not None else ()
    return Judged(entry.row, what, entry, changed, events)


def wrong(entry: Entry, *notes: Note) -> Judged:
    """It stays out, and why."""
    return Judged(entry.row, "wrong", entry, problems=notes)


def noticed(judgement: Judged, *notes: Note) -> Judged:
    """The same with what is worth a look."""
    return replace(judgement, remarks=(*judgement.remarks, *notes))


def alike(entry: Entry, known: Iterable[KnownClient]) -> list[Note]:
    """Clients of another id with the same e-mail address."""
    return [
        Note("email", f"is that of client {each.client_id}, too: are they one person?")
        for each in known
        if each.client_id != entry.id
    ]


def twins(entries: Sequence[Entry]) -> dict[int, list[Note]]:
    """Clients of one list who may be one person, by row: same address, or same name and birth."""
    seen: dict[tuple[str, ...], Entry] = {}
    found: dict[int, list[Note]] = {}
    for entry in entries:
        for field, mark in _marks(entry):
            first = seen.setdefault((field, *mark), entry)
            if first.id != entry.id:
                note = Note(field, f"is the same as of client {first.id} in row {first.row}:"
                                   " are they one person?")  # fmt: skip
                found.setdefault(entry.row, []).append(note)
    return found


def _marks(entry: Entry) -> Iterable[tuple[str, tuple[str, ...]]]:
    said = entry.fields
    if said.get("email"):
        yield "email", (said["email"].casefold(),)
    if said.get("name"):
        yield "name", (" ".join(said["name"].casefold().split()), said.get("birth_date", ""))
