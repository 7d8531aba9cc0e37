"""What happens to events that could not be applied?

Nothing is ever dropped: an event that failed for good is a dead letter until somebody replays or
discards it. A replay reaches the consumer that failed and no other.
"""

from typing import Any

from shared.contracts.keys import key_of
from shared.engine.batch_records import settled
from shared.engine.failed_due import ORIGIN, due_again
from shared.engine.kept_events import AT_ONCE, ERASED, KeptRows, Take, group_of
from shared.errors import RuleError
from shared.mongo import Database, Document, RepeatError, UpdateOne, answering
from shared.state.keys import KeyRing

SHOWN = (
    "consumer", "event_type", "reason", "message", "field_errors", "stream_seq", "first_at",
    "last_at", "count", "replays", "status", "fingerprint", "settled_by",
)  # fmt: skip
COMMAND_LINE = "command line"


class DeadLetters:
    """The dead letters of one consumer."""

    def __init__(self, database: Database, keys: KeyRing, take: Take) -> None:
        self._database = database
        self._dead = database.collection("dead_letters")
        self._rows = KeptRows(self._dead, "dead", keys, take)

    async def chosen(
        self, choice: dict[str, Any], limit: int = 100, skip: int = 0
    ) -> list[dict[str, Any]]:
        """The dead letters chosen by id, fingerprint, stream_seq or status; newest first.

        ``hidden``: ids of clients, matters and inquiries of which none is to be among them.
        """
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
        rows = await self._rows.grouped({"status": "open"}, each, {"last_at": -1})
        return [group_of(row) for row in rows]

    async def replay(
        self, choice: dict[str, Any], *, by: str = COMMAND_LINE
    ) -> list[dict[str, Any]]:
        """Try the chosen open dead letters again, in stream order; what became of each.

        ``by``: who wants it; it stays written on each letter.
        """
        query = _query({**choice, "status": "open"}, must_choose=True)
        with answering():
            found = self._dead.find(query).sort("stream_seq", 1).limit(AT_ONCE)
            rows = await found.to_list(AT_ONCE)
        results = []
        for row in rows:
            outcome = await (self._due_again(row) if ORIGIN in row else self._again(row))
            results.append({"id": row["_id"], "outcome": outcome})
        await self._sign([row["_id"] for row in rows], by)
        return results

    async def discard(self, choice: dict[str, Any], *, by: str = COMMAND_LINE) -> int:
        """Put the chosen open dead letters aside for good; they stay listed as discarded, until
        they go like all that are settled (``indexes.SETTLED_DAYS``).
        """
        query = _query({**choice, "status": "open"}, must_choose=True)
        change = {"$set": {**settled("discarded"), "settled_by": by}}
        with answering():
            result = await self._dead.update_many(query, change)
        return int(result.modified_count)

    async def count_open(self) -> int:
        """How many nobody has settled."""
        with answering():
            return int(await self._dead.count_documents({"status": "open"}))

    async def _again(self, row: Document) -> str:
        outcome = await self._rows.again(row)
        if outcome == ERASED:
            with answering():
                await self._dead.update_one({"_id": row["_id"]}, {"$set": settled(ERASED)})
        return outcome

    async def _due_again(self, row: Document) -> str:
        """A document whose step failed is due once more; "gone" when it is not there any more."""
        replayed: Document = {"$set": settled("replayed"), "$inc": {"replays": 1}}
        still_open = UpdateOne({"_id": row["_id"], "status": "open"}, replayed)
        collection = row[ORIGIN]["collection"]
        try:
            await self._database.transaction(
                {collection: [due_again(row)], "dead_letters": [still_open]}
            )
        except RepeatError:
            return "gone"
        return "due-again"

    async def _sign(self, ids: list[str], by: str) -> None:
        if ids:
            with answering():
                await self._dead.update_many({"_id": {"$in": ids}}, {"$set": {"settled_by": by}})


def _query(choice: dict[str, Any], *, must_choose: bool = False) -> Document:
    names = {"id": "_id", "fingerprint": "fingerprint", "stream_seq": "stream_seq"}
    chosen: Document = {
        field: choice[name] for name, field in names.items() if choice.get(name) is not None
    }
    if must_choose and not chosen:
        raise RuleError("Name an id, a fingerprint or a stream_seq.", code="choose", field="id")
    if choice.get("status"):
        chosen["status"] = str(choice["status"])
    plain = {field: value if isinstance(value, int) else str(value)
             for field, value in chosen.items()}  # fmt: skip
    hidden = [key_of(each) for each in choice.get("hidden") or ()]
    return plain | ({"subject": {"$nin": hidden}} if hidden else {})


def _shown(row: Document) -> dict[str, Any]:
    return {"id": row["_id"], **{name: row.get(name) for name in SHOWN}}
