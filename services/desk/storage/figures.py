"""How is the firm's work counted on MongoDB? Only what is open is looked at, found by an index."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.desk.domain.inquiries import OPEN
from services.desk.ports.figures import TaskCount
from services.desk.ports.incidents import INCIDENTS
from services.desk.ports.inquiries import INQUIRIES
from services.desk.ports.tasks import LISTED
from services.desk.storage.lists import QUERY_MILLISECONDS
from shared.engine.runtime import Runtime
from shared.mongo import Document, answering

MOST_GROUPS = 1_000


class MongoWorkTally:
    """Counts what is open, over one database."""

    def __init__(self, runtime: Runtime) -> None:
        self._database = runtime.db

    async def tasks(self, now: datetime) -> Sequence[TaskCount]:
        """The open tasks, by kind."""
        late = {"d.due_at": {"$lt": now}}
        every = await self._count(LISTED.collection, {"d.state": "open"}, "kind")
        overdue = await self._count(LISTED.collection, {"d.state": "open", **late}, "kind")
        nobodys = {"d.state": "open", "d.owner_id": None, **late}
        unowned = await self._count(LISTED.collection, nobodys, "kind")
        return [
            TaskCount(kind=kind, open=count, overdue=overdue[kind], unowned=unowned[kind])
            for kind, count in sorted(every.items())
        ]

    async def inquiries(self) -> Mapping[str, int]:
        """The inquiries that have not ended, by where they stand."""
        return await self._count(INQUIRIES.collection, {"d.phase": {"$in": list(OPEN)}}, "phase")

    async def incidents(self) -> Mapping[str, int]:
        """The incidents that last, by kind; no rehearsals."""
        lasting = {"x.state": "open", "d.rehearsal": {"$ne": True}}
        return await self._count(INCIDENTS.collection, lasting, "kind")

    async def _count(self, collection: str, query: Document, field: str) -> Counter[str]:
        steps: list[Any] = [
            {"$match": query},
            {"$group": {"_id": f"$d.{field}", "n": {"$sum": 1}}},
            {"$limit": MOST_GROUPS},
        ]
        with answering():
            found = self._database.collection(collection).aggregate(
                steps, maxTimeMS=QUERY_MILLISECONDS
            )
            rows = await found.to_list(MOST_GROUPS)
        return Counter({str(row["_id"]): int(row["n"]) for row in rows})
