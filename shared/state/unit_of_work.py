"""What does a step see, change and announce while one batch is worked on?

The unit of work is plain memory: documents read beforehand, changed documents, announced events.
Steps are ordinary functions over it, so they need no database to be tested. Each cause (an event,
a due document, a decision) works inside its own scope: when its step fails, only its changes go.

Documents are read before the transaction, and what is changed or removed is checked to be as it was
read. So no change is lost. What was only read is not checked, unless the step guards it. Without a
guard these remain possible between two units that commit at the same time:

- write skew: each changes one document and decides by the other's (guard both);
- a look-up that finds one document fewer than there are when it commits (a document added at that
  moment cannot be guarded; its own step sees the others, so let it draw the conclusion);
- a message is claimed by the consent as it was some milliseconds before.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

from shared.contracts.base import EventData
from shared.contracts.envelope import Cause, Event, follow_up
from shared.contracts.firm_decisions import NOBODY_SAID, WhoDecides
from shared.contracts.firm_roles import FirmRoles
from shared.errors import ClienteleError
from shared.state.document_types import DocumentType, Need
from shared.state.entries import Entry, Scope
from shared.state.read_so_far import ReadSoFar
from shared.state.unknown_fields import Rest

__all__ = ["NotDeclaredError", "ReadSoFar", "UnitOfWork"]
T = TypeVar("T")
Slot = tuple[str, str]  # collection, key
Place = tuple[DocumentType[Any], str | None, str | tuple[str, ...]]  # as a Need; None: the key


class NotDeclaredError(ClienteleError):
    """A step used a document its listener did not declare."""


class UnitOfWork:
    """One batch's unit of work: ``get``, ``find``, ``put``, ``remove``, ``announce``."""

    who_decides: WhoDecides = NOBODY_SAID  # which task and decision, where the firm says so

    def __init__(self, service: str, now: datetime, id_key: bytes = b"") -> None:
        self.service, self.now = service, now
        self._id_key = id_key  # of a running service: nobody can say its events first
        self.announced, self.causes = list[Event[Any]](), dict[str, Cause]()  # these by their ids
        self._entries: dict[Slot, Entry] = {}
        self._found: dict[tuple[DocumentType[Any], str], dict[Any, set[str]]] = defaultdict(dict)
        self._declared, self._cut, self._missed = set[Place](), set[Place](), list[Place]()
        self._scope: Scope | None = None

    # -- what a step does ---------------------------------------------------------------------

    @property
    def firm_roles(self) -> FirmRoles:
        """Who decides which kind of task, where the firm says so."""
        return self.who_decides.roles

    def mark_of(self, content: str) -> str:
        """A keyed hash: the same content has the same, and nobody else can tell which it is of."""
        return hmac.new(self._id_key or b"-", content.encode(), hashlib.sha256).hexdigest()

    @property
    def cause(self) -> Cause:
        """What is being worked on now: the event, due document or decision behind this step."""
        return self._inside().cause

    def get(self, kind: DocumentType[T], key: str) -> T | None:
        """The document as this batch sees it, or None; it must have been declared as a need."""
        entry = self._entries.get((kind.collection, key))
        if entry is None:
            raise NotDeclaredError(f"{kind.collection} was used without being declared")
        return cast("T | None", entry.value)

    def peek(self, kind: DocumentType[T], key: str) -> T | None:
        """Like ``get``, but None where nothing was read: for needs that depend on other needs."""
        entry = self._entries.get((kind.collection, key))
        if entry is None:
            self._missed.append((kind, None, key))
            return None
        return cast("T | None", entry.value)

    def find(self, kind: DocumentType[T], lookup: str, value: str) -> list[T]:
        """Every document under a declared look-up, in key order, with this batch's changes."""
        name = (kind, lookup, value)
        if name not in self._declared:
            raise NotDeclaredError(f"{kind.collection} by {lookup} was used without being declared")
        keys = self._found[kind, lookup].get(value)
        if not keys:
            return []
        entries = (self._entries[(kind.collection, key)] for key in sorted(keys))
        return [cast("T", entry.value) for entry in entries if entry.value is not None]

    def peek_all(self, kind: DocumentType[T], lookup: str, value: str) -> list[T]:
        """Like ``find``, but empty where nothing was read: for needs that depend on others."""
        if (kind, lookup, value) not in self._declared:
            self._missed.append((kind, lookup, value))
            return []
        return self.find(kind, lookup, value)

    def peek_any(self, kind: DocumentType[T], lookup: str, values: tuple[str, ...]) -> list[T]:
        """Documents under any of these values, in key order, with this batch's changes.

        No more than the kind says are read; ``is_cut`` tells whether there were more.
        """
        place = (kind, lookup, values)
        if place not in self._declared:
            self._missed.append(place)
            return []
        found = self._found[kind, lookup]
        changed = (found[value] for value in found.keys() & values)
        keys = set(found.get(values, ())).union(*changed)
        entries = (self._entries[(kind.collection, key)] for key in sorted(keys))
        return [cast("T", entry.value) for entry in entries if entry.value is not None]

    def is_cut(self, kind: DocumentType[Any], lookup: str, values: tuple[str, ...]) -> bool:
        """Whether there were more documents under these values than are read at once."""
        return (kind, lookup, values) in self._cut

    def put(self, kind: DocumentType[T], value: T) -> None:
        """Keep this document, new or changed, when the batch commits."""
        self._set(kind, kind.key(value), value)

    def add(self, kind: DocumentType[T], value: T) -> bool:
        """Keep a document whose key is derived from its cause; False if it was already there.

        It need not be declared: should the key exist after all, the batch is repeated with it read.
        """
        key = kind.key(value)
        entry = self._entries.setdefault((kind.collection, key), Entry(kind, key))
        if entry.value is not None:
            return False
        self._set(kind, key, value)
        return True

    def remove(self, kind: DocumentType[T], key: str) -> None:
        """Delete this document when the batch commits."""
        if self.get(kind, key) is not None:
            self._set(kind, key, None)

    def guard(self, kind: DocumentType[Any], key: str) -> None:
        """What this step decides rests on this document as it was read, though it is not changed.

        Commits only if it still is so, and no other transaction that guards or changes it commits
        at the same time; else the batch is repeated. One that does not exist cannot be guarded.
        """
        entry = self._entries.get((kind.collection, key))
        if entry is None:
            raise NotDeclaredError(f"{kind.collection} was guarded without being declared")
        entry.guarded = True

    def announce(self, data: EventData) -> Event[Any]:
        """Say that something happened, in the same transaction as the change.

        The id is derived from the cause, so a repeated step announces the same event, and from a
        secret of the service, so nobody else can announce it first.
        """
        scope = self._inside()
        scope.spoken += 1
        nth, key = scope.spoken, self._id_key
        event = follow_up(scope.cause, data, service=self.service, nth=nth, time=self.now, key=key)
        self.announced.append(event)
        return event

    def pass_on(self, event: Event[Any]) -> None:
        """Say what another system said, as it said it; a repeated step says the same event."""
        self._inside()
        self.announced.append(event)

    # -- what the engine does -----------------------------------------------------------------

    @contextmanager
    def working_on(self, cause: Cause) -> Iterator["UnitOfWork"]:
        """Work on one cause; if the step raises, its changes and announcements are undone."""
        self._scope = scope = Scope(cause, announced_before=len(self.announced))
        self.causes[cause.id] = cause
        try:
            yield self
        except BaseException:
            self._roll_back(scope)
            raise
        finally:
            self._scope = None

    @contextmanager
    def trying(self) -> Iterator[None]:
        """What is done here is undone again: only whether it would be refused is wanted."""
        outer = self._inside()
        self._scope = scope = Scope(outer.cause, announced_before=len(self.announced))
        try:
            yield
        finally:
            self._roll_back(scope)
            self._scope = outer

    def knows(self, need: Need) -> bool:
        """Whether this need has been read already."""
        if need.lookup is None:
            return (need.kind.collection, need.value) in self._entries
        return need in self._declared

    def holds(self, kind: DocumentType[T], key: str) -> bool:
        """Whether this document, or its absence, is in the batch already."""
        return (kind.collection, key) in self._entries

    def load(self, kind: DocumentType[T], key: str, value: T | None, version: int,
             rest: Rest | None = None) -> None:  # fmt: skip
        """Take in a document as read; what the batch already holds is left alone."""
        slot = (kind.collection, key)
        if slot not in self._entries:
            self._entries[slot] = Entry(kind, key, value, version, rest)
            if value is not None:
                self._index(kind, key, value, but_for=kind.most)

    def load_found(self, needs: Iterable[Need]) -> None:
        """Take in that these look-ups were read; their documents are loaded one by one."""
        self._declared.update(needs)

    def load_some(self, need: Need, keys: Iterable[str], *, cut: bool) -> None:
        """Take in which documents were read for any of many values, and whether there were more."""
        self._declared.add(need)
        self._found[need.kind, str(need.lookup)][need.value] = set(keys)
        if cut:
            self._cut.add(need)

    def take_missed(self) -> list[Place]:
        """What was peeked at, since this was last asked, before it had been read."""
        missed, self._missed = self._missed, []
        return missed

    def has_any(self, places: Iterable[Place]) -> bool:
        """Whether reading has found a document in any of these places."""
        for kind, lookup, value in places:
            if lookup is not None:
                if self._found[kind, lookup].get(value):
                    return True
            elif (
                entry := self._entries.get((kind.collection, str(value)))
            ) and entry.value is not None:
                return True
        return False

    def changes(self) -> list[Entry]:
        """Every document to write: new, changed or removed."""
        return [entry for entry in self._entries.values() if entry.changed]

    def guarded(self) -> list[Entry]:
        """Every document that is only read and must still be as it was read."""
        entries = self._entries.values()
        return [each for each in entries if each.guarded and not each.changed and each.version]

    # -- inside -------------------------------------------------------------------------------

    def _inside(self) -> Scope:
        if self._scope is None:
            raise ClienteleError("a step runs only while a cause is worked on")
        return self._scope

    def _set(self, kind: DocumentType[Any], key: str, value: Any) -> None:
        slot = (kind.collection, key)
        entry = self._entries.get(slot)
        if entry is None:
            raise NotDeclaredError(f"{kind.collection} was written without being declared")
        self._inside().undo.append((slot, entry.value, entry.changed, entry.removed))
        self._replace(entry, value, changed=True, removed=value is None)

    def _replace(self, entry: Entry, value: Any, *, changed: bool, removed: bool) -> None:
        if entry.value is not None:
            self._unindex(entry.kind, entry.key, entry.value)
        entry.value, entry.changed, entry.removed = value, changed, removed
        if value is not None:
            self._index(entry.kind, entry.key, value)

    def _roll_back(self, scope: Scope) -> None:
        for slot, value, changed, removed in reversed(scope.undo):
            self._replace(self._entries[slot], value, changed=changed, removed=removed)
        del self.announced[scope.announced_before :]

    def _index(
        self, kind: DocumentType[Any], key: str, value: Any, but_for: Collection[str] = ()
    ) -> None:
        for lookup, values in kind.lookups.items():
            for found in values(value) if lookup not in but_for else ():
                self._found[kind, lookup].setdefault(found, set()).add(key)

    def _unindex(self, kind: DocumentType[Any], key: str, value: Any) -> None:
        for lookup, values in kind.lookups.items():
            for found in values(value):
                self._found[kind, lookup].get(found, set()).discard(key)
