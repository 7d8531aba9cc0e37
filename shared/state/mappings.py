"""How is one kind of document kept in the database?

A document is ``{_id, v, d, x, s, p, due, shard}``: version, public fields, look-up values, sealed
private fields and the owner of their key, and for due work the instant and the shard.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from shared.mongo import Document
from shared.state.document_types import DocumentType
from shared.state.keys import KeyRing, NewKeys

T = TypeVar("T")
SHARDS = 16
NATIVE = (datetime, bytes)  # what BSON keeps as it is


@dataclass(frozen=True, slots=True, eq=False)
class DocumentMapping(Generic[T]):
    """Where and how documents of one kind are kept; said in a service's ``storage.py``."""

    kind: DocumentType[T]
    sealed: frozenset[str] | set[str] = frozenset()  # private fields
    person: Callable[[T], str] | None = None  # whose key seals them, such as "client:c-1"
    blind: frozenset[str] | set[str] = frozenset()  # look-ups kept as keyed hashes
    due: Callable[[T], datetime | None] | None = None  # when it needs attention, for due work
    indexes: Sequence[Sequence[tuple[str, int]]] = ()  # further indexes, for lists
    expire: Callable[[T], datetime | None] | None = None  # when it may go by itself
    defaults: dict[str, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.sealed and self.person is None:
            raise TypeError(f"{self.kind.collection}: sealed fields need a person")
        for each in fields(self.kind.entity):  # type: ignore[arg-type]
            if each.name in self.sealed:
                self.defaults[each.name] = _when_erased(each, self.kind.collection)

    @property
    def collection(self) -> str:
        """The name of the collection."""
        return self.kind.collection

    def owner(self, value: T) -> str | None:
        """Whose key seals this document's private fields."""
        return self.person(value) if self.person else None

    def due_at(self, value: T) -> datetime:
        """When this document is due; for documents found as due work only."""
        due = self.due(value) if self.due is not None else None
        if due is None:
            raise TypeError(f"{self.collection}: a document without a due instant")
        return due

    def to_document(self, value: T, version: int, keys: KeyRing, new: NewKeys) -> Document:
        """The document as it is stored."""
        key = self.kind.key(value)
        public: Document = msgspec.to_builtins(value, builtin_types=NATIVE)
        document: Document = {"_id": key, "v": version}
        if self.person:
            owner = document["p"] = self.person(value)
            private = {name: public.pop(name) for name in self.sealed}
            document["s"] = keys.seal(owner, f"{self.collection}/{key}", private, new)
        document["d"] = public
        if self.kind.lookups:
            document["x"] = self._lookups(value, keys)
        self._add_times(document, value, key)
        return document

    def to_value(self, document: Document, keys: KeyRing) -> T:
        """The document as the steps see it; private fields of an erased person are empty."""
        content = document["d"]
        if self.person:
            place = f"{self.collection}/{document['_id']}"
            opened = keys.open(document["p"], place, document["s"])
            content = {**content, **(opened if opened is not None else self.defaults)}
        return msgspec.convert(content, self.kind.entity, builtin_types=NATIVE, strict=False)

    def find_by(self, lookup: str, values: Sequence[str], keys: KeyRing) -> Document:
        """The query for documents under these values of a look-up."""
        place = f"{self.collection}.{lookup}"
        wanted = [keys.blind(place, v) for v in values] if lookup in self.blind else list(values)
        return {f"x.{lookup}": {"$in": wanted}}

    def _lookups(self, value: T, keys: KeyRing) -> Document:
        found: Document = {}
        for lookup, values in self.kind.lookups.items():
            place = f"{self.collection}.{lookup}"
            blinded = lookup in self.blind
            found[lookup] = [keys.blind(place, v) if blinded else v for v in values(value)]
        return found

    def _add_times(self, document: Document, value: T, key: str) -> None:
        if self.due and (due := self.due(value)):
            document["due"] = due
            document["shard"] = shard_of(key)
        if self.expire and (until := self.expire(value)):
            document["until"] = until


def shard_of(key: str) -> int:
    """Which shard of the due work a document belongs to; never changes."""
    return zlib.crc32(key.encode()) % SHARDS


def _when_erased(each: Any, collection: str) -> Any:
    if each.default is not MISSING:
        return each.default
    if each.default_factory is not MISSING:
        return msgspec.to_builtins(each.default_factory(), builtin_types=NATIVE)
    raise TypeError(f"{collection}.{each.name} is sealed and needs a default for erased persons")
