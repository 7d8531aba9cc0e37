"""How is what the firm owes kept and read?"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from services.desk.domain.lists import Page
from services.desk.domain.owed import Owed
from services.desk.ports.owed import OWED
from services.desk.storage.lists import ASCENDING, DESCENDING, by_due, read_page
from services.desk.storage.walls import unscreened
from shared.engine.runtime import Runtime
from shared.mongo import Document
from shared.state.mappings import DocumentMapping

OWED_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        OWED,
        indexes=(
            by_due("d.state"),
            by_due("d.about.client_id", "d.state"),
            [("d.state", ASCENDING), ("d.ended_at", DESCENDING), ("_id", DESCENDING)],
        ),
    ),
)


class MongoOwedBook:
    """What the firm owes, on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def open(self, limit: int, *, screened: Collection[str]) -> Sequence[Owed]:
        """What has not ended, the first to fall due first."""
        query = {"d.state": "open", **unscreened(screened)}
        return await read_page(self._runtime, OWED, query, "d.due_at", Page(limit=limit))

    async def missed_since(
        self, instant: datetime, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What was missed since then, the last one first."""
        query = {"d.state": "missed", "d.ended_at": {"$gte": instant}, **unscreened(screened)}
        page = Page(limit=limit, newest_first=True)
        return await read_page(self._runtime, OWED, query, "d.ended_at", page)

    async def of_client(
        self, client_id: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What this client is owed still, the first to fall due first."""
        query: Document = {"d.state": "open", "$and": [{"d.about.client_id": client_id}]}
        query |= unscreened(screened)
        return await read_page(self._runtime, OWED, query, "d.due_at", Page(limit=limit))
