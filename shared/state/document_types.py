"""Which documents does a service keep, and how does a step ask for them?

A ``DocumentType`` names one collection and the type of its documents; a ``Need`` is one thing a
listener wants read before its step runs. Both are plain values: how they are stored is said in a
service's ``storage``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")

Lookups = Mapping[str, Callable[[T], Iterable[str]]]


class First(NamedTuple):
    """Of the values of a look-up, those that are asked for first: where these find too many
    documents, the others are not asked for.
    """

    prefix: str
    most: int

    def among(self, values: Iterable[str]) -> list[str]:
        """Those of these values."""
        return [value for value in values if value.startswith(self.prefix)]


@dataclass(frozen=True, slots=True, eq=False)
class DocumentType(Generic[T]):
    """One kind of document: its collection (a wire name, never changed), its type, its key."""

    collection: str
    entity: type[T]
    key: Callable[[T], str]
    lookups: "Lookups[T]" = field(default_factory=dict)  # name of a look-up → values it is found by
    most: Mapping[str, int] = field(default_factory=dict)  # look-up → documents read at once by it
    first: Mapping[str, "First"] = field(default_factory=dict)  # look-up → what is read before

    def one(self, key: str) -> "Need":
        """The document with this key."""
        return Need(self, None, key)

    def by(self, lookup: str, value: str) -> "Need":
        """Every document found by this value of a look-up."""
        if lookup not in self.lookups or lookup in self.most:
            raise KeyError(f"{self.collection} has no look-up {lookup!r} that reads everything")
        return Need(self, lookup, value)

    def by_any(self, lookup: str, values: Sequence[str]) -> "Need":
        """Documents found by any of these values of a look-up, at most ``most`` of them."""
        if lookup not in self.most:
            raise KeyError(f"{self.collection} does not say how many documents {lookup!r} may read")
        return Need(self, lookup, tuple(values))


class Need(NamedTuple):
    """One thing to read before a step runs: a key, all documents under a look-up's value, or some
    of those under any of many values.
    """

    kind: DocumentType[Any]
    lookup: str | None
    value: Any  # a text, or the tuple of many values

    @property
    def values(self) -> tuple[str, ...]:
        """The value, or the many."""
        return (self.value,) if isinstance(self.value, str) else tuple(self.value)
