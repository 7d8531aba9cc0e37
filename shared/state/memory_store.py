"""How are documents kept for as long as a program runs, without a database?

``Memory`` fills units of work and keeps their changes as ``Store`` does, for one reader and writer
at a time: for rehearsing what rules would do, where nothing must be kept.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from shared.errors import ClienteleError
from shared.state.document_types import DocumentType, Need
from shared.state.entries import Entry
from shared.state.need_resolver import NeedResolver, Question
from shared.state.unit_of_work import UnitOfWork

T = TypeVar("T")
DueOf = Callable[[Any], datetime | None]


class Memory:
    """Documents by kind and key, found by their look-ups and by when they fall due."""

    def __init__(self, due: Mapping[str, DueOf] | None = None) -> None:
        self._due = dict(due or {})  # by collection: when a document needs attention
        self._kept: dict[str, dict[str, tuple[Any, int]]] = defaultdict(dict)
        self._found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._queue: list[tuple[datetime, int, DocumentType[Any], str]] = []
        self._numbers = count()

    def fill(self, unit: UnitOfWork, questions: Iterable[Question]) -> None:
        """Read what these causes need, in as many rounds as needs depend on what was read."""
        ask = NeedResolver((), questions)
        while wanted := {need for need in ask(unit) if not unit.knows(need)}:
            for need in wanted:
                self._read(unit, need)

    def keep(self, unit: UnitOfWork) -> None:
        """Keep what the steps of a unit changed; raises ClienteleError where it was not read."""
        for entry in unit.changes():
            known = self._kept[entry.kind.collection].get(entry.key)
            if (known[1] if known else 0) != entry.version:
                raise ClienteleError(f"{entry.kind.collection} has a document that was not read")
            self._forget(entry.kind, entry.key)
            if entry.value is not None:
                self._remember(entry)

    def all(self, kind: DocumentType[T]) -> list[T]:
        """Every document of this kind, in key order."""
        return [value for _, (value, _) in sorted(self._kept[kind.collection].items())]

    def get(self, kind: DocumentType[T], key: str) -> T | None:
        """One document."""
        known = self._kept[kind.collection].get(key)
        return known[0] if known else None

    def take_due(self, until: datetime) -> tuple[datetime, DocumentType[Any], Any] | None:
        """The document that falls due first, by ``until``, and when; it is named once."""
        while self._queue and self._queue[0][0] <= until:
            instant, _, kind, key = heapq.heappop(self._queue)
            value = self.get(kind, key)
            if value is not None and self._due[kind.collection](value) == instant:
                return instant, kind, value
        return None

    def _read(self, unit: UnitOfWork, need: Need) -> None:
        if need.lookup is None:
            self._load(unit, need.kind, str(need.value))
            return
        if isinstance(need.value, tuple):
            keys, cut = self._some(need)
            for key in keys:
                self._load(unit, need.kind, key)
            unit.load_some(need, keys, cut=cut)
            return
        for key in self._found[need.kind.collection, need.lookup, need.value]:
            self._load(unit, need.kind, key)
        unit.load_found([need])

    def _some(self, need: Need) -> tuple[list[str], bool]:
        """What is read for any of many values, and whether there is more."""
        most, first = need.kind.most[str(need.lookup)], need.kind.first.get(str(need.lookup))
        before = self._under(need, first.among(need.value)) if first is not None else []
        if first is not None and len(before) > first.most:
            return before[: first.most], True
        keys = self._under(need, need.value)
        return sorted({*before, *keys[:most]}), len(keys) > most

    def _under(self, need: Need, values: Iterable[str]) -> list[str]:
        places = [(need.kind.collection, str(need.lookup), value) for value in values]
        return sorted({key for place in places for key in self._found[place]})

    def _load(self, unit: UnitOfWork, kind: DocumentType[Any], key: str) -> None:
        value, version = self._kept[kind.collection].get(key, (None, 0))
        unit.load(kind, key, value, version)

    def _forget(self, kind: DocumentType[Any], key: str) -> None:
        known = self._kept[kind.collection].pop(key, None)
        for place in _places(kind, known[0]) if known else ():
            self._found[place].discard(key)

    def _remember(self, entry: Entry) -> None:
        kind, key, value = entry.kind, entry.key, entry.value
        self._kept[kind.collection][key] = (value, entry.version + 1)
        for place in _places(kind, value):
            self._found[place].add(key)
        instant = self._due[kind.collection](value) if kind.collection in self._due else None
        if instant is not None:
            heapq.heappush(self._queue, (instant, next(self._numbers), kind, key))


def _places(kind: DocumentType[Any], value: Any) -> Iterable[tuple[str, str, str]]:
    for lookup, values in kind.lookups.items():
        for found in values(value):
            yield kind.collection, lookup, found
