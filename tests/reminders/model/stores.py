"""Where are documents kept while a machine runs: in plain memory, or in a real MongoDB?"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Protocol

from services.reminders.storage import MAPPINGS
from shared.engine.leases import Leases
from shared.mongo import AlreadyThereError, Database, RepeatError
from shared.process.run import TASK_MAPPING
from shared.state.document_types import DocumentType, Need
from shared.state.due_documents import DueDocument
from shared.state.keys import KeyRing
from shared.state.mappings import SHARDS, DocumentMapping
from shared.state.need_resolver import Question
from shared.state.store import Store
from shared.state.unit_of_work import UnitOfWork
from tests.fakes.memory import MemoryService

ALL: Sequence[DocumentMapping[Any]] = (*MAPPINGS, TASK_MAPPING)
LATER = datetime.max.replace(tzinfo=UTC)


class SharedStore(Protocol):
    """What replicas share."""

    database: Any
    keys: Any

    def reminders(self) -> Any:
        """One replica's door to the documents."""
        ...

    def leases(self, replica: str, /) -> Any:
        """What one replica owns."""
        ...

    async def pass_time(self, by: timedelta) -> None:
        """Leases that nobody renews run out."""
        ...


class InMemory:
    """Everything in one process's memory. Each replica takes itself for the owner of everything,
    which is the worst case: then only versions keep them apart."""

    database = keys = SimpleNamespace(collection=lambda _: None, id_key=b"")

    def __init__(self) -> None:
        self._kept = KeptInMemory()

    def reminders(self) -> "KeptInMemory":
        """The same documents for all."""
        return self._kept

    def leases(self, _: str) -> Any:
        """Everything, always."""

        async def tend() -> None:
            """Nothing to renew."""

        return SimpleNamespace(shards=range(SHARDS), tend=tend)

    async def pass_time(self, by: timedelta) -> None:
        """Nothing runs out."""


class KeptInMemory:
    """``Store`` over plain memory: versions are checked, whoever lost a race reads again."""

    def __init__(self) -> None:
        self.mappings = {mapping.collection: mapping for mapping in ALL}
        self._memory = MemoryService("reminders")
        self.due_documents = self  # by their instants, as the engine asks for them

    def unit(self, service: str, now: datetime) -> UnitOfWork:
        """A unit of work over these documents, with nothing read yet."""
        return UnitOfWork(service, now)

    async def fill(
        self, unit: UnitOfWork, questions: Iterable[Question], known: Iterable[Need] = ()
    ) -> None:
        """Read what is asked for."""
        self._memory.fill(unit, questions, known)

    def version_of(self, kind: DocumentType[Any], key: str) -> int:
        """The version kept; 0 where there is nothing."""
        return self._memory.version(kind, key)

    async def commit(self, unit: UnitOfWork, *_: Any) -> None:
        """Keep every change, or none."""
        for entry in unit.changes():
            version = self._memory.version(entry.kind, entry.key)
            if version and not entry.version:
                raise AlreadyThereError(entry.kind.collection, [entry.key])
            if version != entry.version:
                raise RepeatError
        self._memory.keep(unit)

    async def by(self, kind: DocumentType[Any], _: Any, now: datetime, limit: int) -> Any:
        """What is due by now, earliest first."""
        found = [
            DueDocument(value, self._memory.version(kind, kind.key(value)))
            for value in self._all(kind)
        ]
        due = [each for each in found if (self._due(kind, each[0]) or LATER) <= now]
        return sorted(due, key=lambda each: self._due(kind, each[0]) or LATER)[:limit]

    def _all(self, kind: DocumentType[Any]) -> list[Any]:
        return self._memory.all(kind)

    def _due(self, kind: DocumentType[Any], value: Any) -> datetime | None:
        mapping = self.mappings[kind.collection]
        return mapping.due(value) if mapping.due else None


class InMongo:
    """A database of a real MongoDB, with the real leases."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.keys = KeyRing(database, b"m" * 32)

    def reminders(self) -> Store:
        """A door of its own for each replica."""
        return Store(self.database, KeyRing(self.database, b"m" * 32), ALL)

    def leases(self, replica: str) -> Leases:
        """The real ones."""
        return Leases(self.database, replica)

    async def pass_time(self, by: timedelta) -> None:
        """The database's clock cannot be moved: what is written by it moves instead."""
        earlier = {"$subtract": ["$until", int(by / timedelta(milliseconds=1))]}
        await self.database.collection("leases").update_many(
            {"until": {"$ne": None}}, [{"$set": {"until": earlier}}]
        )
