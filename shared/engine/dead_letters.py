"""What happens to events that could not be applied: dead letters and parked ones?

Nothing is ever dropped: an event that failed for good is a dead letter until somebody replays or
discards it, one that only has to wait is taken up again by itself. A replay reaches the consumer
that failed and no other.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from shared.clock import real_now
from shared.engine.batch_records import open_raw
from shared.engine.received_events import Outcome, Received, Work
from shared.errors import RuleError
from shared.mongo import Database, Document, answering
from shared.state.keys import KeyRing

Take = Callable[[Sequence[Received]], Awaitable[list[Work]]]
SHOWN = (
    "consumer", "event_type", "reason", "message", "field_errors", "stream_seq", "first_at",
    "last_at", "count", "replays", "status", "fingerprint", "settled_by",
)  # fmt: skip
AT_ONCE = 500
MOST_GROUPS, MOST_TYPES = 50, 10
COMMAND_LINE = "command line"


class KeptEvents:
    """The dead letters and parked events of one consumer."""

    def __init__(self, database: Database, keys: KeyRing, take: Take) -> None:
        self._dead = database.collection("dead_letters")
        self._parked = database.collection("parked")
        self._keys = keys
        self._take = take

    async def chosen(
        self, choice: dict[str, Any], limit: int = 100, skip: int = 0
    ) -> list[dict[str, Any]]:
        """The dead letters chosen by id, fingerprint, stream_seq or status; newest first."""
        with answering():
            cursor = self._dead.find(_query(choice), {"raw": 0}).sort([("last_at", -1), ("_id", 1)])
            cursor = cursor.skip(skip).limit(limit)
            return [_shown(row) for row in await cursor.to_list(limit)]

    async def show(self, letter_id: str) -> dict[str, Any]:
        """One dead letter; what the event said stays sealed."""
        found = await self.chosen({"id": letter_id}, 1)
        if not found:
            raise RuleError("There is no dead letter with this id.", code="unknown", field="id")
        return found[0]

    async def groups(self) -> list[dict[str, Any]]:
        """The open dead letters by what failed: how many, of which types, from when to when."""
        by_cause = {"fingerprint": "$fingerprint", "reason": "$reason"}
        each = {
            "_id": by_cause,
            "count": {"$sum": 1},
            "event_types": {"$addToSet": "$event_type"},
            "first_at": {"$min": "$first_at"},
            "last_at": {"$max": "$last_at"},
        }
        rows = await self._grouped(self._dead, {"status": "open"}, each, {"last_at": -1})
        return [_group(row) for row in rows]

    async def parked_groups(self) -> list[dict[str, Any]]:
        """The parked events by their reason: how many, since when, and when the next is tried."""
        each = {
            "_id": {"reason": "$reason"},
            "count": {"$sum": 1},
            "event_types": {"$addToSet": "$event_type"},
            "first_at": {"$min": "$first_at"},
            "next_at": {"$min": "$next_at"},
        }
        rows = await self._grouped(self._parked, {}, each, {"first_at": 1})
        return [_group(row) for row in rows]

    async def replay(
        self, choice: dict[str, Any], *, by: str = COMMAND_LINE
    ) -> list[dict[str, Any]]:
        """Try the chosen open dead letters again, in stream order; what became of each.

        ``by``: who wants it; it stays written on each letter.
        """
        query = _query({**choice, "status": "open"}, must_choose=True)
        with answering():
            rows = await self._dead.find(query).sort("stream_seq", 1).to_list(AT_ONCE)
        results = []
        for row in rows:
            outcome = await self._again(row, "dead")
            results.append({"id": row["_id"], "outcome": outcome})
        await self._sign([row["_id"] for row in rows], by)
        return results

    async def discard(self, choice: dict[str, Any], *, by: str = COMMAND_LINE) -> int:
        """Put the chosen open dead letters aside for good; they stay listed as discarded."""
        query = _query({**choice, "status": "open"}, must_choose=True)
        change = {"$set": {"status": "discarded", "last_at": real_now(), "settled_by": by}}
        with answering():
            result = await self._dead.update_many(query, change)
        return int(result.modified_count)

    async def take_up_parked(self) -> int:
        """Try the parked events whose moment has come; how many there were."""
        with answering():
            cursor = self._parked.find({"next_at": {"$lte": real_now()}}).sort("stream_seq", 1)
            rows = await cursor.to_list(AT_ONCE)
        for row in rows:
            await self._again(row, "parked")
        return len(rows)

    async def counts(self) -> tuple[int, int]:
        """Open dead letters, and parked events."""
        with answering():
            dead = await self._dead.count_documents({"status": "open"})
            parked = await self._parked.count_documents({})
        return dead, parked

    async def _sign(self, ids: list[str], by: str) -> None:
        if ids:
            with answering():
                await self._dead.update_many({"_id": {"$in": ids}}, {"$set": {"settled_by": by}})

    async def _grouped(
        self, rows: Any, which: Document, each: Document, order: Document
    ) -> list[Document]:
        steps = [{"$match": which}, {"$group": each}, {"$sort": order}, {"$limit": MOST_GROUPS}]
        with answering():
            found: list[Document] = await rows.aggregate(steps).to_list(MOST_GROUPS)
        return found

    async def _again(self, row: Document, origin: str) -> str:
        received = open_raw(self._keys, row, origin) if await self._have_key(row) else None
        if received is None:
            rows = self._dead if origin == "dead" else self._parked
            gone = {"status": "erased", "next_at": None}
            with answering():
                await rows.update_one({"_id": row["_id"]}, {"$set": gone})
            return "erased"
        works = await self._take([received])
        outcome = works[0].outcome or Outcome.FAILED
        return str(outcome)

    async def _have_key(self, row: Document) -> bool:
        with answering():
            await self._keys.fetch([row["p"]])
        return self._keys.has(row["p"])


def _query(choice: dict[str, Any], *, must_choose: bool = False) -> Document:
    names = {"id": "_id", "fingerprint": "fingerprint", "stream_seq": "stream_seq"}
    chosen: Document = {
        field: choice[name] for name, field in names.items() if choice.get(name) is not None
    }
    if must_choose and not chosen:
        raise RuleError("Name an id, a fingerprint or a stream_seq.", code="choose", field="id")
    if choice.get("status"):
        chosen["status"] = str(choice["status"])
    return {field: value if isinstance(value, int) else str(value)
            for field, value in chosen.items()}  # fmt: skip


def _group(row: Document) -> dict[str, Any]:
    types = sorted(each for each in row.pop("event_types") if each)
    return {**row.pop("_id"), **row, "event_types": types[:MOST_TYPES]}


def _shown(row: Document) -> dict[str, Any]:
    return {"id": row["_id"], **{name: row.get(name) for name in SHOWN}}
