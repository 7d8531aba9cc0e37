"""How is one kind of document kept in the database?

A document is ``{_id, v, sv, d, x, xv, s, p, due, shard}``: version, version of its schema, public
fields, look-up values and which look-ups these are, sealed private fields and the owner of their
key, and for due work the instant and the shard. What another release wrote beside is kept.
"""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from shared.errors import ClienteleError, TemporaryError
from shared.mongo import Document
from shared.state.document_types import DocumentType
from shared.state.filed_values import Counted
from shared.state.keys import KeyRing, NewKeys
from shared.state.unknown_fields import Fields, Rest, shape_of

T = TypeVar("T")
SHARDS = 16
NATIVE = (datetime, bytes)  # what BSON keeps as it is
AT_FIRST = 1  # the schema version of documents that say none
NEVER_KEPT = frozenset({"failures", "guarded"})  # notes about a version, gone with it

Upcaster = Callable[[Document], Document]


class NewerDocumentError(TemporaryError):
    """A newer release wrote this document in a way this one cannot read: it waits for the upgrade.

    An event that needs it is parked; a page or a decision is answered by a newer process.
    """


@dataclass(frozen=True, slots=True, eq=False)
class DocumentMapping(Generic[T]):
    """Where and how documents of one kind are kept; said in a service's ``storage``."""

    kind: DocumentType[T]
    sealed: frozenset[str] | set[str] = frozenset()  # private fields
    person: Callable[[T], str] | None = None  # whose key seals them, such as "client:c-1"
    blind: frozenset[str] | set[str] = frozenset()  # look-ups kept as keyed hashes
    hashed_as: Mapping[str, str] = field(default_factory=dict)  # blind look-up → one of like hashes
    due: Callable[[T], datetime | None] | None = None  # when it needs attention, for due work
    indexes: Sequence[Sequence[tuple[str, int]]] = ()  # further indexes, for lists
    expire: Callable[[T], datetime | None] | None = None  # when it may go by itself
    version: int = AT_FIRST  # of the schema; a higher one is not read by earlier releases
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)  # old version → the next
    counted: Counted | None = None  # what lets questions for values nobody has be left out
    filed: int = 1  # raised when a look-up of the same name finds by other values than before
    defaults: dict[str, Any] = field(init=False, default_factory=dict)
    lookups_mark: int = field(init=False, default=0)
    _shape: Fields = field(init=False)
    _written: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        if self.sealed and self.person is None:
            raise TypeError(f"{self.kind.collection}: sealed fields need a person")
        if set(self.upcasters) != set(range(AT_FIRST, self.version)):
            raise TypeError(
                f"{self.kind.collection}: each schema before the last needs an upcaster"
            )
        object.__setattr__(self, "_shape", shape_of(self.kind.entity))
        object.__setattr__(self, "_written", self._names_written())
        object.__setattr__(self, "lookups_mark", self._mark_of_lookups())
        for each in fields(self.kind.entity):  # type: ignore[arg-type]
            if each.name in self.sealed:
                self.defaults[each.name] = _when_erased(each, self.kind.collection)

    @property
    def read_last(self) -> Collection[str]:
        """The look-ups that are read once all else has been: what they ask for depends on it."""
        counted = self.counted.lookups if self.counted is not None else ()
        return {*counted, *self.kind.first}

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

    def to_document(
        self, value: T, version: int, keys: KeyRing, new: NewKeys, rest: Rest | None = None
    ) -> Document:
        """The document as it is stored; with ``rest``, what was read beyond what is known."""
        key = self.kind.key(value)
        public: Document = msgspec.to_builtins(value, builtin_types=NATIVE)
        document: Document = {"_id": key, "v": version, "sv": self.version}
        private_names = self.sealed
        if rest is not None:
            document.update(rest.beside)
            public = self._shape.merge(public, rest.content)
            private_names = self.sealed | rest.private
        if self.person:
            owner = document["p"] = self.person(value)
            private = {name: public.pop(name) for name in private_names}
            document["s"] = keys.seal(owner, f"{self.collection}/{key}", private, new)
        document["d"] = public
        if self.kind.lookups:
            document["x"] = {**(rest.lookups if rest else {}), **self._lookups(value, keys)}
            document["xv"] = self.lookups_mark
        self._add_times(document, value, key)
        return document

    def to_value(self, document: Document, keys: KeyRing) -> T:
        """The document as the steps see it; private fields of an erased person are empty.

        Raises NewerDocumentError where its schema is newer than the one known here.
        """
        return self.read(document, keys)[0]

    def read(self, document: Document, keys: KeyRing) -> tuple[T, Rest | None]:
        """``to_value``, and what the document holds beyond it; None where there is nothing."""
        content, opened = document["d"], None
        if self.person:
            opened = self._opened(document, keys)
            content = {**content, **(opened or {})}
        if (schema := document.get("sv", AT_FIRST)) != self.version:
            content = self._upcast(content, schema)
        if self.person and opened is None:
            content = {**content, **self.defaults}
        rest = self._rest(document, content, opened)
        entity = self.kind.entity
        return msgspec.convert(content, entity, builtin_types=NATIVE, strict=False), rest

    def is_current(self, document: Document) -> bool:
        """Whether it was written by this schema, or a newer one, with these look-ups, and all that
        is sealed by now is sealed.
        """
        schema = document.get("sv", AT_FIRST)
        filed = not self.kind.lookups or document.get("xv") == self.lookups_mark
        sealed = self.sealed.isdisjoint(document["d"])
        return schema > self.version or (schema == self.version and filed and sealed)

    def find_by(self, lookup: str, values: Sequence[str], keys: KeyRing) -> Document:
        """The query for documents under these values of a look-up."""
        return self.find_under(lookup, self.kept_as(lookup, values, keys))

    def find_under(self, lookup: str, kept: Sequence[Any]) -> Document:
        """The query for documents under values of a look-up as they are kept."""
        return {f"x.{lookup}": {"$in": list(kept)}}

    def kept_as(self, lookup: str, values: Sequence[str], keys: KeyRing) -> Sequence[Any]:
        """Values of a look-up as they are kept: hashed where they are private."""
        return keys.blind_all(self._place(lookup), values) if lookup in self.blind else values

    def _opened(self, document: Document, keys: KeyRing) -> Document | None:
        """The private fields; None of an erased person. An earlier release may have had none."""
        if "p" not in document:
            return {}
        return keys.open(document["p"], f"{self.collection}/{document['_id']}", document["s"])

    def _place(self, lookup: str) -> str:
        """What a hash is bound to. Two look-ups by the same values may share their hashes."""
        return f"{self.collection}.{self.hashed_as.get(lookup, lookup)}"

    def _upcast(self, content: Document, schema: int) -> Document:
        """As this release would have written it; of an erased person, without private fields."""
        if schema > self.version:
            raise NewerDocumentError
        for step in range(schema, self.version):
            content = self.upcasters[step](content)
        return content

    def _rest(self, document: Document, content: Document, opened: Any) -> Rest | None:
        beside = document.keys() - self._written
        unknown = self._shape.rest(content)
        lookups = document.get("x", {}).keys() - self.kind.lookups.keys()
        if not beside and not unknown and not lookups:
            return None
        private = frozenset((unknown or {}).keys() & (opened or {}).keys())
        return Rest(
            beside={name: document[name] for name in beside},
            content=unknown or {},
            private=private,
            lookups={name: document["x"][name] for name in lookups} if self.kind.lookups else {},
        )

    def _names_written(self) -> frozenset[str]:
        """The names this release writes itself: everything else in a document is another's."""
        names = {"_id", "v", "sv", "d", *NEVER_KEPT}
        for has, own in (
            (self.person, ("s", "p")),
            (self.kind.lookups, ("x", "xv")),
            (self.due, ("due", "shard")),
            (self.expire, ("until",)),
        ):
            names.update(own if has else ())
        return frozenset(names)

    def _mark_of_lookups(self) -> int:
        """Tells one set of look-ups from another; changes when one is added or found otherwise."""
        names = [f"{name}:{name in self.blind}" for name in sorted(self.kind.lookups)]
        return zlib.crc32(f"{self.filed}\n{names}".encode()) & 0x7FFFFFFF  # 32 bits in BSON

    def _lookups(self, value: T, keys: KeyRing) -> Document:
        found: Document = {}
        for lookup, values in self.kind.lookups.items():
            place = self._place(lookup)
            blinded = lookup in self.blind
            wanted = list(values(value))
            found[lookup] = keys.blind_all(place, wanted, again=False) if blinded else wanted
        return found

    def _add_times(self, document: Document, value: T, key: str) -> None:
        if self.due and (due := self.due(value)):
            document["due"] = due
            document["shard"] = shard_of(key)
        if self.expire and (until := self.expire(value)):
            document["until"] = until


def mapping_of(
    mappings: Mapping[str, DocumentMapping[Any]], kind: DocumentType[Any]
) -> DocumentMapping[Any]:
    """How this service keeps this kind; ClienteleError where its ``storage`` does not say."""
    try:
        return mappings[kind.collection]
    except KeyError:
        raise ClienteleError(f"storage.py has no mapping for {kind.collection}") from None


def owners_of(documents: Iterable[Document]) -> Iterator[str]:
    """Whose keys seal these documents, as far as anything in them is sealed."""
    return (document["p"] for document in documents if "p" in document)


def shard_of(key: str) -> int:
    """Which shard of the due work a document belongs to; never changes."""
    return zlib.crc32(key.encode()) % SHARDS


def _when_erased(each: Any, collection: str) -> Any:
    if each.default is not MISSING:
        return each.default
    if each.default_factory is not MISSING:
        return msgspec.to_builtins(each.default_factory(), builtin_types=NATIVE)
    raise TypeError(f"{collection}.{each.name} is sealed and needs a default for erased persons")
