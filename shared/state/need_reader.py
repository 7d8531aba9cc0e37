"""How are the documents read that a unit of work needs, with as few questions as can be?

Needs are put together into queries, and queries into statements that are asked side by side. What
nothing is filed under is not asked for at all.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate
from typing import Any

from shared.mongo import Database, Document, Query
from shared.state.document_types import DocumentType, Need
from shared.state.filed_values import Counted, FiledValues
from shared.state.keys import KeyRing
from shared.state.mappings import DocumentMapping, mapping_of, owners_of
from shared.state.queries import by_query, visits
from shared.state.unit_of_work import UnitOfWork

TakeIn = Callable[[int, Sequence[Document]], None]
NOTHING: Mapping[Need, Sequence[str]] = {}
SIDE_BY_SIDE = 3  # visits for what is limited: one is taken in while the next ones are answered
FEW = 50  # needs: read together; many are read side by side


class NeedReader:
    """Reads needs into units of work."""

    def __init__(
        self, database: Database, keys: KeyRing, mappings: Mapping[str, DocumentMapping[Any]],
        filed_values: Mapping[str, FiledValues],
    ) -> None:  # fmt: skip
        self._database, self._keys, self._mappings = database, keys, mappings
        self._filed_values = filed_values

    async def read(self, unit: UnitOfWork, wanted: set[Need]) -> None:
        """Read these into the unit. What is looked up by values that are counted comes last, once
        the count is read.
        """
        last = {need for need in wanted if need.lookup in self._mapping(need.kind).read_last}
        await self._read_all(unit, wanted - last, set())
        if last:
            covered = await self._covered(unit, last)
            before = await self._read_first(unit, last, covered)
            left = {need for need in last if not unit.knows(need)}
            await self._read_all(unit, left, covered, before)

    async def _read_first(
        self, unit: UnitOfWork, wanted: set[Need], covered: set[FiledValues]
    ) -> dict[Need, list[str]]:
        """Read what is asked for first, and what it found; where it is too many, that is all."""
        asked = [
            (need, query)
            for need in wanted
            if (first := need.kind.first.get(need.lookup or "")) is not None
            and (query := self._query_for(need, first.among(need.values), first.most, covered))
        ]
        before: dict[Need, list[str]] = {}

        def take_in(at: int, documents: Sequence[Document]) -> None:
            need, query = asked[at]
            self._load(unit, need.kind, documents)
            before[need] = [document["_id"] for document in documents]
            if len(documents) >= query.most:
                unit.load_some(need, before[need][: query.most - 1], cut=True)

        few = len(asked) <= FEW
        await self._ask([query for _, query in asked], take_in, few=few)
        return before

    async def _ask(self, queries: Sequence[Query], take_in: TakeIn, *, few: bool) -> None:
        """Ask all of these side by side, and take in what each finds, by its place among them.

        What queries with a limit find is taken in visit by visit: a large batch finds many such
        documents, and holds only what becomes of them.
        """
        asking, open_visits = list(visits(queries, few=few)), asyncio.Semaphore(SIDE_BY_SIDE)

        async def visit(start: int, those: list[Query]) -> list[tuple[int, list[Document]]]:
            if not those[0].most:
                return list(enumerate(await self._database.read(those, few=True), start))
            async with open_visits:
                found = await self._database.read(those, few=True)
                await self._take_in_all(list(enumerate(found, start)), take_in)
            return []

        starts = accumulate(map(len, asking), initial=0)
        left = await asyncio.gather(*map(visit, starts, asking))
        await self._take_in_all([answer for answers in left for answer in answers], take_in)

    async def _take_in_all(
        self, answers: Sequence[tuple[int, list[Document]]], take_in: TakeIn
    ) -> None:
        await self._keys.fetch(owner for _, documents in answers for owner in owners_of(documents))
        for at, documents in answers:
            take_in(at, documents)

    def _query_for(
        self, need: Need, values: Sequence[str], most: int, covered: Collection[FiledValues]
    ) -> Query | None:
        """What to ask for some values; None where it is known that nothing would be found."""
        mapping, lookup = self._mapping(need.kind), str(need.lookup)
        kept = mapping.kept_as(lookup, values, self._keys)
        filed = self._filed_values_of(need)
        if filed is not None and filed in covered:
            kept = filed.among(lookup, kept)
        if not kept:
            return None
        return Query(need.kind.collection, mapping.find_under(lookup, kept), most + 1)

    async def _read_all(
        self, unit: UnitOfWork, wanted: set[Need], covered: set[FiledValues],
        before: Mapping[Need, Sequence[str]] = NOTHING,
    ) -> None:  # fmt: skip
        asked, queries = list[list[Need]](), list[Query]()
        for needs in by_query(wanted):
            query = self._query(needs, covered)
            if query is None:
                self._take_in(unit, needs, (), before.get(needs[0], ()))
            else:
                asked.append(needs)
                queries.append(query)

        def take_in(at: int, documents: Sequence[Document]) -> None:
            self._take_in(unit, asked[at], documents, before.get(asked[at][0], ()))

        await self._ask(queries, take_in, few=len(wanted) <= FEW)

    async def _covered(self, unit: UnitOfWork, wanted: set[Need]) -> set[FiledValues]:
        """Which filed values know all that was filed by the time this unit read its count."""
        asked = {filed for need in wanted if (filed := self._filed_values_of(need)) is not None}
        return {each for each in asked if await each.covers(counter_in(unit, each.counted))}

    def _filed_values_of(self, need: Need) -> FiledValues | None:
        filed = self._filed_values.get(need.kind.collection)
        known = filed is not None and need.lookup in filed.counted.lookups
        return filed if known else None

    def _query(self, needs: list[Need], covered: Collection[FiledValues]) -> Query | None:
        """What to ask; None where it is known that nothing would be found."""
        kind, lookup = needs[0].kind, needs[0].lookup
        if lookup is None:
            return Query(kind.collection, {"_id": {"$in": [need.value for need in needs]}})
        if lookup in kind.most:
            return self._query_for(needs[0], needs[0].values, kind.most[lookup], covered)
        values = [value for need in needs for value in need.values]
        return Query(kind.collection, self._mapping(kind).find_by(lookup, values, self._keys))

    def _take_in(
        self, unit: UnitOfWork, needs: Sequence[Need], documents: Sequence[Document],
        before: Sequence[str] = (),
    ) -> None:  # fmt: skip
        kind = needs[0].kind
        self._load(unit, kind, documents)
        if (most := kind.most.get(needs[0].lookup or "", 0)) > 0:
            keys = [document["_id"] for document in documents]
            unit.load_some(needs[0], [*before, *keys[:most]], cut=len(keys) > most)
        elif needs[0].lookup is not None:
            unit.load_found(needs)
        else:
            for need in needs:
                unit.load(kind, str(need.value), None, 0)

    def _load(
        self, unit: UnitOfWork, kind: DocumentType[Any], documents: Sequence[Document]
    ) -> None:
        mapping = self._mapping(kind)
        for document in documents:
            if not unit.holds(kind, document["_id"]):
                value, rest = mapping.read(document, self._keys)
                unit.load(kind, document["_id"], value, document["v"], rest)

    def _mapping(self, kind: DocumentType[Any]) -> DocumentMapping[Any]:
        return mapping_of(self._mappings, kind)


def counter_in(unit: UnitOfWork, counted: Counted) -> Any:
    """The document that counts what is filed, as this unit has read it; None: it has not."""
    known = unit.holds(counted.by, counted.key)
    return unit.get(counted.by, counted.key) if known else None
