"""How is it kept and read who looked at what, and whom walls kept away?"""

from collections.abc import Sequence
from typing import Any

from services.desk.domain.accesses import Access, AccessOutcome
from services.desk.domain.lists import Page
from services.desk.ports.accesses import ACCESSES
from services.desk.storage.lists import ASCENDING, DESCENDING, read_page
from shared.engine.runtime import Runtime
from shared.mongo import Document
from shared.state.mappings import DocumentMapping

ACCESS_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        ACCESSES,
        expire=lambda access: access.until,
        indexes=(
            [("x.subject", ASCENDING), ("d.at", DESCENDING), ("_id", DESCENDING)],
            [
                ("d.staff_id", ASCENDING),
                ("d.outcome", ASCENDING),
                ("d.at", DESCENDING),
                ("_id", DESCENDING),
            ],
        ),
    ),
)


class MongoAccessBook:
    """The access log on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def about(
        self, subject: str, outcomes: Sequence[AccessOutcome], limit: int
    ) -> Sequence[Access]:
        """The rows about one client, matter or inquiry, the last first."""
        query: Document = {"x.subject": subject, "d.outcome": {"$in": list(outcomes)}}
        return await self._last(query, limit)

    async def opened_by(self, staff_id: str, limit: int) -> Sequence[Access]:
        """What this person has opened, the last first."""
        return await self._last({"d.staff_id": staff_id, "d.outcome": "opened"}, limit)

    async def _last(self, query: Document, limit: int) -> Sequence[Access]:
        page = Page(limit=limit, newest_first=True)
        return await read_page(self._runtime, ACCESSES, query, "d.at", page)
