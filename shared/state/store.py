"""How are a batch's needs read, and its changes kept, all at once?

``Store`` is a service's door to its own documents: it fills a unit of work from MongoDB and
commits it in one transaction together with whatever the engine adds (handled events, ledger,
announced events). Versions are checked; whoever loses a race repeats the batch.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from shared.contracts.firm_decisions import NOBODY_SAID, WhoDecides
from shared.errors import ClienteleError
from shared.mongo import (
    AlreadyThereError,
    Database,
    DeleteOne,
    Document,
    InsertOne,
    Operation,
    ReplaceOne,
    UpdateOne,
    answering,
)
from shared.state.document_types import DocumentType, Need
from shared.state.due_documents import DueDocuments
from shared.state.entries import Entry
from shared.state.filed_values import Counted, FiledValues
from shared.state.keys import KeyRing, NewKeys
from shared.state.mappings import DocumentMapping, mapping_of, owners_of
from shared.state.need_reader import NeedReader, counter_in
from shared.state.need_resolver import NeedResolver, Question
from shared.state.unit_of_work import UnitOfWork

T = TypeVar("T")
Rules = Callable[[], Awaitable[int]]
Also = Callable[[NewKeys], dict[str, list[Operation]]]
MAX_ROUNDS = 6  # needs that depend on needs that depend on …
PAGE_BYTES = 4096


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
        self.due_documents = DueDocuments(database, keys, self.mappings)
        self._reader = NeedReader(database, keys, self.mappings, self.filed_values)

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
                await self._reader.read(unit, wanted)
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
            counter = counter_in(unit, filed.counted)
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

    async def opened(self, kind: DocumentType[T], rows: Sequence[Document]) -> list[T]:
        """Documents of this kind as the steps see them, in their order; the keys that seal them
        are read at once, as this process may not have them, or not any more.
        """
        mapping: DocumentMapping[T] = mapping_of(self.mappings, kind)
        with answering():
            await self.keys.fetch(owners_of(rows))
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
        owners = {
            mapping_of(self.mappings, entry.kind).owner(entry.value)
            for entry in unit.changes()
            if entry.value is not None
        }
        return {owner for owner in owners if owner is not None}

    def _operation(
        self, entry: Entry, new: NewKeys, filed: dict[str, list[Document]]
    ) -> tuple[Operation | None, int]:
        """The write, and how many pages of documents and indexes it touches."""
        if entry.value is None:
            if not entry.version:
                return None, 0
            return DeleteOne({"_id": entry.key, "v": entry.version}), 1
        mapping = mapping_of(self.mappings, entry.kind)
        document = mapping.to_document(entry.value, entry.version + 1, self.keys, new, entry.rest)
        if mapping.counted is not None:
            filed[mapping.collection].append(document)
        pages = 1 + sum(len(values) for values in document.get("x", {}).values())
        if entry.version:
            return ReplaceOne({"_id": entry.key, "v": entry.version}, document), pages
        return InsertOne(document), pages
