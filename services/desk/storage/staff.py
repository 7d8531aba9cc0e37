"""How are the people who work here, and their keys, kept and read?"""

from collections.abc import Sequence
from typing import Any

from services.desk.domain.staff import ApiKey, StaffMember
from services.desk.ports.staff import API_KEYS, STAFF
from services.desk.storage.lists import ASCENDING, T
from shared.engine.runtime import Runtime
from shared.mongo import answering
from shared.state.document_types import DocumentType
from shared.state.mappings import DocumentMapping

MOST_STAFF = 10_000

STAFF_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(STAFF),
    DocumentMapping(API_KEYS),
)


class MongoStaffBook:
    """Staff and their keys on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def everybody(self) -> Sequence[StaffMember]:
        """All staff, by id."""
        return await self._all(STAFF)

    async def keys(self) -> Sequence[ApiKey]:
        """All API keys, as hashes."""
        return await self._all(API_KEYS)

    async def _all(self, kind: DocumentType[T]) -> Sequence[T]:
        with answering():
            found = self._runtime.db.collection(kind.collection).find({}).sort("_id", ASCENDING)
            documents = await found.limit(MOST_STAFF).to_list(MOST_STAFF)
        return await self._runtime.store.opened(kind, documents)
