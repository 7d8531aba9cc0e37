"""How is the diary of deadlines kept and read?"""

from collections.abc import Collection, Sequence
from typing import Any

from services.desk.domain.diary import DiaryLine, ListedDeadline
from services.desk.domain.lists import Page
from services.desk.ports.diary import DEADLINES, DIARY_LINES
from services.desk.storage.lists import ASCENDING, read_page
from services.desk.storage.walls import seen_deadlines
from shared.engine.runtime import Runtime
from shared.mongo import Document
from shared.state.mappings import DocumentMapping

DIARY_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        DEADLINES,
        indexes=([("d.state", ASCENDING), ("d.day", ASCENDING), ("_id", ASCENDING)],),
    ),
    DocumentMapping(
        DIARY_LINES,
        indexes=([("d.logged_on", ASCENDING), ("d.at", ASCENDING), ("_id", ASCENDING)],),
    ),
)


class MongoDiaryBook:
    """The diary of deadlines on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def running(
        self, until: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[ListedDeadline]:
        """What runs out by this day and is not done, the earliest first."""
        query: Document = {"d.state": "runs", "d.day": {"$gt": "", "$lte": until}}
        query |= seen_deadlines(screened)
        return await read_page(self._runtime, DEADLINES, query, "d.day", Page(limit=limit))

    async def log(self, day: str, limit: int, *, screened: Collection[str]) -> Sequence[DiaryLine]:
        """What was said on this day, the earliest first."""
        query = {"d.logged_on": day, **seen_deadlines(screened)}
        return await read_page(self._runtime, DIARY_LINES, query, "d.at", Page(limit=limit))
