"""How are timelines kept and read?"""

from collections.abc import Collection, Sequence
from typing import Any

from services.desk.domain.lists import WHOLE_TIMELINE, EntryFilter, Page
from services.desk.domain.timeline import Entry
from services.desk.ports.timeline import ENTRIES
from services.desk.storage.lists import ASCENDING, bounds, read_page
from services.desk.storage.walls import seen_entries
from shared.engine.runtime import Runtime
from shared.mongo import Document
from shared.state.mappings import DocumentMapping

MOST_CAUSES = 2_000

TIMELINE_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        ENTRIES,
        indexes=(
            [("d.client_id", ASCENDING), ("d.at", ASCENDING), ("_id", ASCENDING)],
            [("d.client_id", ASCENDING), ("d.event_id", ASCENDING)],
        ),
    ),
)


class MongoTimeline:
    """The timelines on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def page(
        self, client_id: str, page: Page, wanted: EntryFilter = WHOLE_TIMELINE
    ) -> Sequence[Entry]:
        """The entries of one client that fit, by instant and id, after the given place."""
        query: Document = {"d.client_id": client_id, **seen_entries(wanted.screened)}
        if wanted.kinds is not None and wanted.or_talks:
            query["$or"] = [{"d.kind": {"$in": list(wanted.kinds)}}, {"d.talk": True}]
        elif wanted.kinds is not None:
            query["d.kind"] = {"$in": list(wanted.kinds)}
        within = bounds(wanted.within)
        if within:
            query["d.at"] = within
        return await read_page(self._runtime, ENTRIES, query, "d.at", page)

    async def told_by(
        self, client_id: str, event_ids: Sequence[str], *, screened: Collection[str]
    ) -> Sequence[Entry]:
        """What these events wrote on this client's timeline, the earliest first."""
        if not event_ids:
            return []
        query = {"d.client_id": client_id, "d.event_id": {"$in": list(event_ids)}}
        query |= seen_entries(screened)
        return await read_page(self._runtime, ENTRIES, query, "d.at", Page(limit=MOST_CAUSES))
