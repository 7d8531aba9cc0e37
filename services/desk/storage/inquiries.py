"""How is the pipeline of inquiries kept and read?"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from services.desk.domain.inquiries import ENDS, OPEN, ListedInquiry
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import Page
from services.desk.ports.inquiries import INQUIRIES, PhaseCount
from services.desk.ports.tasks import LISTED
from services.desk.storage.lists import (
    ASCENDING,
    DESCENDING,
    MOST_COUNTED,
    QUERY_MILLISECONDS,
    called,
    read_page,
)
from services.desk.storage.walls import seen_inquiries
from shared.engine.runtime import Runtime
from shared.mongo import Document, answering
from shared.state.mappings import DocumentMapping

INQUIRY_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        INQUIRIES,
        sealed={"name", "practice_area"},
        person=lambda each: f"inquiry:{each.inquiry_id}",
        blind={"word"},
        filed=2,  # however a name is spelled
        indexes=(
            [("d.phase", ASCENDING), ("d.order", ASCENDING)],
            [("d.phase", ASCENDING), ("d.moved_at", DESCENDING), ("_id", DESCENDING)],
            [("d.received_at", ASCENDING)],
        ),
    ),
)


class MongoInquiryBook:
    """The pipeline on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def page(
        self, phase: str, limit: int, after: str = "", *, screened: Collection[str]
    ) -> Sequence[ListedInquiry]:
        """Those that stand there, or in any open phase; the most pressing first."""
        query: Document = {"d.phase": phase if phase else {"$in": list(OPEN)}}
        query |= seen_inquiries(screened)
        order = [("d.order", ASCENDING)]
        if phase in ENDS:
            order = [("d.moved_at", DESCENDING), ("_id", DESCENDING)]
        elif after:
            query["d.order"] = {"$gt": after}
        with answering():
            found = self._inquiries.find(query).sort(order).limit(limit)
            documents = await found.max_time_ms(QUERY_MILLISECONDS).to_list(limit)
        return await self._runtime.store.opened(INQUIRIES, documents)

    async def counts(
        self, received_since: datetime, *, screened: Collection[str]
    ) -> Sequence[PhaseCount]:
        """How many stand where, by how they came: the open ones, and those received since then."""
        recent = {"$gte": ["$d.received_at", received_since]}
        wanted = [{"d.phase": {"$in": list(OPEN)}}, {"d.received_at": {"$gte": received_since}}]
        names = {name: f"$d.{name}" for name in ("channel", "referral", "phase")}
        sums = {"count": {"$sum": 1}, "recent": {"$sum": {"$cond": [recent, 1, 0]}}}
        seen = {"$or": wanted, **seen_inquiries(screened)}
        steps = [{"$match": seen}, {"$group": {"_id": names, **sums}}]
        with answering():
            rows = await self._inquiries.aggregate(steps, maxTimeMS=QUERY_MILLISECONDS).to_list(
                MOST_COUNTED
            )
        return [
            PhaseCount(
                **{name: row["_id"].get(name) or "" for name in names},
                count=row["count"],
                recent=row["recent"],
            )
            for row in rows
        ]

    async def tasks(self, inquiry_ids: Sequence[str]) -> Sequence[ListedTask]:
        """The open tasks about these inquiries, by due instant, a thousand at most."""
        if not inquiry_ids:
            return []
        query = {"d.about.inquiry_id": {"$in": list(inquiry_ids)}, "d.state": "open"}
        return await read_page(self._runtime, LISTED, query, "d.due_at", Page(limit=MOST_COUNTED))

    async def called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of inquiries whose name has words that begin like these, a hundred at most."""
        return await called(self._runtime, INQUIRIES, words)

    @property
    def _inquiries(self) -> Any:
        return self._runtime.db.collection(INQUIRIES.collection)
