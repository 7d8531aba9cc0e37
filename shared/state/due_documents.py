"""Which documents have an instant, and whose has come?

Whatever a newer release wrote in a way this one cannot read is left to it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from shared.mongo import Database, Document, answering
from shared.state.document_types import DocumentType
from shared.state.keys import KeyRing
from shared.state.mappings import SHARDS, DocumentMapping, mapping_of, owners_of
from shared.state.unknown_fields import Rest

FIRST_DUE: list[Document] = [{"$sort": {"due": 1}}, {"$limit": 1}, {"$project": {"due": 1}}]


class DueDocument(NamedTuple):
    """A document whose instant has come, the version it was read at, and how often it failed."""

    value: Any
    version: int
    failures: int = 0
    rest: Rest | None = None  # what it holds beyond what this release knows


class DueDocuments:
    """A service's documents by when they fall due."""

    def __init__(
        self, database: Database, keys: KeyRing, mappings: Mapping[str, DocumentMapping[Any]]
    ) -> None:
        self._database, self._keys, self._mappings = database, keys, mappings

    async def by(
        self, kind: DocumentType[Any], shards: Sequence[int], now: datetime, limit: int,
        but_for: Iterable[str] = (),
    ) -> list[DueDocument]:  # fmt: skip
        """What of these shards is due by now, earliest first; nothing of clients ``but_for``."""
        mapping = mapping_of(self._mappings, kind)
        query = self._due_here(kind, shards, {"$lte": now})
        if held := list(but_for):
            query["d.client_id"] = {"$nin": held}
        cursor = self._database.collection(kind.collection).find(query).sort("due", 1).limit(limit)
        with answering():
            documents = await cursor.to_list(limit)
            if mapping.person:
                await self._keys.fetch(owners_of(documents))
        found = [(each, *mapping.read(each, self._keys)) for each in documents]
        return [DueDocument(value, each["v"], each.get("failures", 0), rest)
                for each, value, rest in found]  # fmt: skip

    def _due_here(self, kind: DocumentType[Any], shards: Sequence[int], due: Document) -> Document:
        """Never what a newer release wrote in a way this one cannot read: that is its own to do."""
        readable = {"$not": {"$gt": mapping_of(self._mappings, kind).version}}
        return {"shard": {"$in": list(shards)}, "due": due, "sv": readable}

    async def overdue(self, kind: DocumentType[Any], now: datetime) -> tuple[int, float]:
        """How many documents of this kind are overdue, and by how many seconds the oldest is."""
        query: Document = {"shard": {"$in": list(range(SHARDS))}, "due": {"$lte": now}}
        with answering():
            count = await self._database.collection(kind.collection).count_documents(query)
        oldest = await self.next(kind) if count else None
        return count, max((now - oldest).total_seconds(), 0.0) if oldest else 0.0

    async def next(
        self, kind: DocumentType[Any], shards: Sequence[int] = range(SHARDS)
    ) -> datetime | None:
        """The earliest instant at which a document of this kind, in these shards, falls due."""
        collection = self._database.collection(kind.collection)
        query = self._due_here(kind, shards, {"$exists": True})
        with answering():
            found = await collection.find_one(query, {"due": 1}, sort=[("due", 1)])
        return found["due"] if found else None

    async def next_of_each(
        self, asked: Sequence[tuple[DocumentType[Any], Sequence[int]]]
    ) -> list[datetime | None]:
        """The same of several kinds, each in its shards, with one statement."""
        queries = [
            (kind.collection, [{"$match": self._due_here(kind, shards, {"$exists": True})},
                               *FIRST_DUE])
            for kind, shards in asked
        ]  # fmt: skip
        found = await self._database.as_one(queries)
        return [rows[0]["due"] if rows else None for rows in found]

    async def failing(self, kind: DocumentType[Any]) -> int:
        """How many documents of this kind failed when they last fell due."""
        collection = self._database.collection(kind.collection)
        with answering():
            return int(await collection.count_documents({"failures": {"$exists": True}}))

    async def next_and_waiting(
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
        unsent, *found = await self._database.at_one_instant(asked)
        names = [kind.collection for kind in kinds]
        dues = {name: rows[0]["due"] if rows else None
                for name, rows in zip(names, found, strict=True)}  # fmt: skip
        return dues, bool(unsent)
