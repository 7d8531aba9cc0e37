# reason: filling and committing a unit share how documents are read and written
"""How are a batch's needs read, and its changes kept, all at once?

``Store`` is a service's door to its own documents: it fills a unit of work from MongoDB and
commits it in one transaction together with whatever the engine adds (handled events, ledger,
announced events). Versions are checked; whoever loses a race repeats the batch.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from shared.contracts.firm_decisions import NOBODY_SAID, WhoDecides
from shared.errors import ClienteleError
from shared.mongo import (
    AlreadyThereError,
    Database,
    DeleteOne,
    Document,
    InsertOne,
    Operation,
    Query,
    ReplaceOne,
    UpdateOne,
    answering,
)
from shared.state.document_types import DocumentType, Need
from shared.state.entries import Entry
from shared.state.filed_values import Counted, FiledValues
from shared.state.keys import KeyRing, NewKeys
from shared.state.mappings import SHARDS, DocumentMapping
from shared.state.need_resolver import NeedResolver, Question
from shared.state.queries import by_query, visits
from shared.state.unit_of_work import UnitOfWork
from shared.state.unknown_fields import Rest

T = TypeVar("T")
Rules = Callable[[], Awaitable[int]]
Also = Callable[[NewKeys], dict[str, list[Operation]]]
TakeIn = Callable[[int, Sequence[Document]], None]
MAX_ROUNDS = 6  # needs that depend on needs that depend on …
PAGE_BYTES = 4096
FIRST_DUE: list[Document] = [{"$sort": {"due": 1}}, {"$limit": 1}, {"$project": {"due": 1}}]
NOTHING: Mapping[Need, Sequence[str]] = {}
SIDE_BY_SIDE = 3  # visits for what is limited: one is taken in while the next ones are answered
FEW = 50  # needs: read together; many are read side by side


class DueDocument(NamedTuple):
    """A document whose instant has come, the version it was read at, and how often it failed."""

    value: Any
    version: int
    failures: int = 0
    rest: Rest | None = None  # what it holds beyond what this release knows


class Store:
    """A service's documents: filled into units of work, committed in transactions."""

    def __init__(
        self, database: Database, keys: KeyRing, mappings: Sequence[DocumentMapping[Any]],
        who_decides: WhoDecides = NOBODY_SAID,
    ) -> None:  # fmt: skip
        self.database, self.keys, self.who_decides = database, keys, who_decides
        self.mappings = {mapping.collection: mapping for mapping in mappings}
        self._told: dict[str, list[Callable[[datetime], None]]] = defaultdict(list)
        self._noticed: dict[str, list[Callable[[], None]]] = defaultdict(list)
        self._rules: Rules | None = None
        self.filed_values = {
            mapping.collection: FiledValues(database, mapping.collection, mapping.counted,
                                         partial(self._read_counter, mapping.counted))
            for mapping in mappings if mapping.counted is not None
        }  # fmt: skip

    def _read_counter(self, counted: Counted, row: Document) -> Any:
        return self.mappings[counted.by.collection].to_value(row, self.keys)

    def ask_by(self, rules: Rules) -> None:
        """From now on needs are asked by rules that may change; this says which are in force.

        Called whenever a unit is filled; it may bring them up to date first.
        """
        self._rules = rules

    def unit(self, service: str, now: datetime) -> UnitOfWork:
        """A unit of work over these documents, with nothing read yet."""
        unit = UnitOfWork(service, now, self.keys.id_key)
        unit.who_decides = self.who_decides
        return unit

    def tell(self, kind: DocumentType[Any], told: Callable[[datetime], None]) -> None:
        """From now on call this with the earliest due instant of this kind that a commit keeps."""
        self._told[kind.collection].append(told)

    def notice(self, kind: DocumentType[Any], noticed: Callable[[], None]) -> None:
        """From now on call this when a commit has kept documents of this kind."""
        self._noticed[kind.collection].append(noticed)

    async def fill(
        self, unit: UnitOfWork, questions: Iterable[Question], known: Iterable[Need] = ()
    ) -> None:
        """Read what these causes need, and ``known``, in rounds until nothing new is asked.

        Where other rules came into force meanwhile, all is asked again by them: the steps follow
        at once, and decide by the rules by which their needs were asked. Raises ClienteleError
        when needs still grow after six rounds.
        """
        if self._rules is None:
            return await self.fill_plainly(unit, questions, known)
        questions, known = list(questions), list(known)
        while True:
            rules = await self._rules()
            await self.fill_plainly(unit, questions, known)
            if rules == await self._rules():
                return None

    async def fill_plainly(
        self, unit: UnitOfWork, questions: Iterable[Question], known: Iterable[Need] = ()
    ) -> None:
        """The same without a look at the rules in force: for whoever looks them up."""
        ask = NeedResolver(known, questions)
        for _ in range(MAX_ROUNDS):
            wanted = {need for need in ask(unit) if not unit.knows(need)}
            if not wanted:
                return
            with answering():
                await self._read(unit, wanted)
        raise ClienteleError(f"needs were still growing after {MAX_ROUNDS} rounds")

    async def commit(
        self, unit: UnitOfWork, also: Also | None = None, owners: Iterable[str] = ()
    ) -> int:
        """Keep every change of the unit, and the engine's ``also``, or nothing.

        ``owners`` are further people whose keys ``also`` seals with. Returns about how many bytes
        of the database's cache this made dirty: a page for each document and each look-up value,
        which lie scattered over their indexes.

        Raises RepeatError (lost a race: read again), AlreadyThereError, TooLargeError (in smaller
        parts it fits) and TemporaryError (the database is away; what became of it is unknown).
        """
        everyone = self._owners(unit).union(owners)
        with answering():
            await self.keys.fetch(everyone)
        new = self.keys.prepare(everyone)
        writes: dict[str, list[Operation]] = {"keys": new.operations}
        if also is not None:
            writes.update(also(new))
        pages, filed = 0, defaultdict[str, list[Document]](list)
        for entry in unit.changes():
            operation, touched = self._operation(entry, new, filed)
            if operation is not None:
                writes.setdefault(entry.kind.collection, []).append(operation)
                pages += touched
        for entry in unit.guarded():
            touch = UpdateOne({"_id": entry.key, "v": entry.version}, {"$inc": {"guarded": 1}})
            writes.setdefault(entry.kind.collection, []).append(touch)
        try:
            await self.database.transaction(writes)
        except AlreadyThereError as there:
            if there.collection == "keys":
                self.keys.forget(there.keys)
            raise
        self.keys.adopt(new)
        self._note_filed(unit, filed)
        self._tell(unit)
        return pages * PAGE_BYTES

    def _note_filed(self, unit: UnitOfWork, kept: Mapping[str, Sequence[Document]]) -> None:
        """What was just filed is held from now on, without reading it."""
        for collection, filed in self.filed_values.items():
            counter = self._counter(unit, filed.counted)
            if collection in kept and counter is not None:
                filed.committed(counter, kept[collection])

    def _tell(self, unit: UnitOfWork) -> None:
        dues: dict[str, list[datetime]] = defaultdict(list)
        for entry in unit.changes():
            name = entry.kind.collection
            due = (
                self.mappings[name].due if name in self._told and entry.value is not None else None
            )
            if due is not None and (instant := due(entry.value)) is not None:
                dues[name].append(instant)
        for name, instants in dues.items():
            for told in self._told[name]:
                told(min(instants))
        for name in self._noticed.keys() & {each.kind.collection for each in unit.changes()}:
            for noticed in self._noticed[name]:
                noticed()

    async def due(
        self, kind: DocumentType[Any], shards: Sequence[int], now: datetime, limit: int,
        but_for: Iterable[str] = (),
    ) -> list[DueDocument]:  # fmt: skip
        """What of these shards is due by now, earliest first; nothing of clients ``but_for``."""
        mapping = self.mappings[kind.collection]
        query = self._due_here(kind, shards, {"$lte": now})
        if held := list(but_for):
            query["d.client_id"] = {"$nin": held}
        cursor = self.database.collection(kind.collection).find(query).sort("due", 1).limit(limit)
        with answering():
            documents = await cursor.to_list(limit)
            if mapping.person:
                await self._fetch_keys(documents)
        found = [(each, *mapping.read(each, self.keys)) for each in documents]
        return [DueDocument(value, each["v"], each.get("failures", 0), rest)
                for each, value, rest in found]  # fmt: skip

    def _due_here(self, kind: DocumentType[Any], shards: Sequence[int], due: Document) -> Document:
        """Never what a newer release wrote in a way this one cannot read: that is its own to do."""
        readable = {"$not": {"$gt": self._mapping(kind).version}}
        return {"shard": {"$in": list(shards)}, "due": due, "sv": readable}

    async def overdue(self, kind: DocumentType[Any], now: datetime) -> tuple[int, float]:
        """How many documents of this kind are overdue, and by how many seconds the oldest is."""
        query: Document = {"shard": {"$in": list(range(SHARDS))}, "due": {"$lte": now}}
        with answering():
            count = await self.database.collection(kind.collection).count_documents(query)
        oldest = await self.next_due(kind) if count else None
        return count, max((now - oldest).total_seconds(), 0.0) if oldest else 0.0

    async def next_due(
        self, kind: DocumentType[Any], shards: Sequence[int] = range(SHARDS)
    ) -> datetime | None:
        """The earliest instant at which a document of this kind, in these shards, falls due."""
        collection = self.database.collection(kind.collection)
        query = self._due_here(kind, shards, {"$exists": True})
        with answering():
            found = await collection.find_one(query, {"due": 1}, sort=[("due", 1)])
        return found["due"] if found else None

    async def next_dues(
        self, asked: Sequence[tuple[DocumentType[Any], Sequence[int]]]
    ) -> list[datetime | None]:
        """The same of several kinds, each in its shards, with one statement."""
        queries = [
            (kind.collection, [{"$match": self._due_here(kind, shards, {"$exists": True})},
                               *FIRST_DUE])
            for kind, shards in asked
        ]  # fmt: skip
        found = await self.database.as_one(queries)
        return [rows[0]["due"] if rows else None for rows in found]

    async def failing(self, kind: DocumentType[Any]) -> int:
        """How many documents of this kind failed when they last fell due."""
        collection = self.database.collection(kind.collection)
        with answering():
            return int(await collection.count_documents({"failures": {"$exists": True}}))

    async def dues_and_waiting(
        self, kinds: Sequence[DocumentType[Any]], but_for: Mapping[str, Collection[str]]
    ) -> tuple[dict[str, datetime | None], bool]:
        """When each of these kinds next falls due, and whether an announcement still waits in the
        outbox: all as of one instant, for what is due becomes an announcement in one commit.

        What waits for a person or an upgrade is left out: by collection, what is about clients
        ``but_for``, and what a newer release wrote.
        """
        waiting: list[Document] = [
            {"$match": {"waiting": True}},
            {"$limit": 1},
            {"$project": {"_id": 1}},
        ]
        asked = [("outbox", waiting)]
        for kind in kinds:
            query = self._due_here(kind, range(SHARDS), {"$exists": True})
            if held := but_for.get(kind.collection):
                query["d.client_id"] = {"$nin": list(held)}
            asked.append((kind.collection, [{"$match": query}, *FIRST_DUE]))
        unsent, *found = await self.database.at_one_instant(asked)
        names = [kind.collection for kind in kinds]
        dues = {name: rows[0]["due"] if rows else None
                for name, rows in zip(names, found, strict=True)}  # fmt: skip
        return dues, bool(unsent)

    async def opened(self, kind: DocumentType[T], rows: Sequence[Document]) -> list[T]:
        """Documents of this kind as the steps see them, in their order; the keys that seal them
        are read at once, as this process may not have them, or not any more.
        """
        mapping: DocumentMapping[T] = self._mapping(kind)
        with answering():
            await self.keys.fetch(row["p"] for row in rows if "p" in row)
        return [mapping.to_value(row, self.keys) for row in rows]

    async def waiting_rows(self, collection: str, ids: Sequence[str]) -> set[str]:
        """Which of these dead letters or parked events nobody has settled yet."""
        query: Document = {"_id": {"$in": list(ids)}, "status": {"$in": [None, "open"]}}
        with answering():
            rows = await self.database.collection(collection).find(query, {"_id": 1}).to_list(None)
        return {row["_id"] for row in rows}

    async def handled(self, ids: Sequence[bytes]) -> list[Document]:
        """The handled rows among these ids."""
        collection = self.database.collection("handled_events")
        with answering():
            rows: list[Document] = await collection.find({"_id": {"$in": list(ids)}}).to_list(None)
        return rows

    def _owners(self, unit: UnitOfWork) -> set[str]:
        owners: set[str] = set()
        for entry in unit.changes():
            owner = (
                self._mapping(entry.kind).owner(entry.value) if entry.value is not None else None
            )
            if owner is not None:
                owners.add(owner)
        return owners

    def _operation(
        self, entry: Entry, new: NewKeys, filed: dict[str, list[Document]]
    ) -> tuple[Operation | None, int]:
        """The write, and how many pages of documents and indexes it touches."""
        if entry.value is None:
            if not entry.version:
                return None, 0
            return DeleteOne({"_id": entry.key, "v": entry.version}), 1
        mapping = self._mapping(entry.kind)
        document = mapping.to_document(entry.value, entry.version + 1, self.keys, new, entry.rest)
        if mapping.counted is not None:
            filed[mapping.collection].append(document)
        pages = 1 + sum(len(values) for values in document.get("x", {}).values())
        if entry.version:
            return ReplaceOne({"_id": entry.key, "v": entry.version}, document), pages
        return InsertOne(document), pages

    def _mapping(self, kind: DocumentType[Any]) -> DocumentMapping[Any]:
        try:
            return self.mappings[kind.collection]
        except KeyError:
            raise ClienteleError(f"storage.py has no mapping for {kind.collection}") from None

    async def _read(self, unit: UnitOfWork, wanted: set[Need]) -> None:
        """What is looked up by values that are counted comes last, once the count is read."""
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
                return list(enumerate(await self.database.read(those, few=True), start))
            async with open_visits:
                found = await self.database.read(those, few=True)
                await self._take_in_all(list(enumerate(found, start)), take_in)
            return []

        starts = accumulate(map(len, asking), initial=0)
        left = await asyncio.gather(*map(visit, starts, asking))
        await self._take_in_all([answer for answers in left for answer in answers], take_in)

    async def _take_in_all(
        self, answers: Sequence[tuple[int, list[Document]]], take_in: TakeIn
    ) -> None:
        await self._fetch_keys(document for _, documents in answers for document in documents)
        for at, documents in answers:
            take_in(at, documents)

    def _query_for(
        self, need: Need, values: Sequence[str], most: int, covered: Collection[FiledValues]
    ) -> Query | None:
        """What to ask for some values; None where it is known that nothing would be found."""
        mapping, lookup = self._mapping(need.kind), str(need.lookup)
        kept = mapping.kept_as(lookup, values, self.keys)
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
        return {each for each in asked if await each.covers(self._counter(unit, each.counted))}

    def _counter(self, unit: UnitOfWork, counted: Counted) -> Any:
        known = unit.holds(counted.by, counted.key)
        return unit.get(counted.by, counted.key) if known else None

    def _filed_values_of(self, need: Need) -> FiledValues | None:
        filed = self.filed_values.get(need.kind.collection)
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
        return Query(kind.collection, self._mapping(kind).find_by(lookup, values, self.keys))

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
                value, rest = mapping.read(document, self.keys)
                unit.load(kind, document["_id"], value, document["v"], rest)

    async def _fetch_keys(self, documents: Iterable[Document]) -> None:
        await self.keys.fetch(document["p"] for document in documents if "p" in document)
