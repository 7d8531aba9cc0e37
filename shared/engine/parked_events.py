"""What happens to events that only have to wait?

They are parked in the database, tried again by themselves with growing distance, and hold back the
timers of what they are about until then. What waits for an upgrade is tried as soon as another
process begins to consume. What was about an erased person goes with their key.
"""

from datetime import timedelta
from typing import Any

from shared.clock import real_now
from shared.engine.kept_events import AT_ONCE, ERASED, KeptRows, Take, group_of
from shared.engine.received_events import NEWER, Outcome
from shared.errors import TemporaryError
from shared.mongo import Database, DeleteOne, Document, UpdateOne, answering
from shared.state.keys import KeyRing
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

PUT_OFF_SECONDS = 600.0


class ParkedEvents:
    """The parked events of one consumer."""

    def __init__(self, database: Database, keys: KeyRing, take: Take) -> None:
        self._database = database
        self._collection = database.collection("parked")
        self._rows = KeptRows(self._collection, "parked", keys, take)

    async def groups(self) -> list[dict[str, Any]]:
        """By their reason: how many, since when, and when the next is tried."""
        each = {
            "_id": {"reason": "$reason"},
            "count": {"$sum": 1},
            "event_types": {"$addToSet": "$event_type"},
            "first_at": {"$min": "$first_at"},
            "next_at": {"$min": "$next_at"},
        }
        return [group_of(row) for row in await self._rows.grouped({}, each, {"first_at": 1})]

    async def take_up(self) -> int:
        """Try those whose moment has come; how many there were."""
        with answering():
            due = self._collection.find({"next_at": {"$lte": real_now()}})
            rows = await due.sort("stream_seq", 1).limit(AT_ONCE).to_list(AT_ONCE)
        for row in rows:
            try:
                if await self._rows.again(row) == ERASED:
                    await self._let_go(row)
            except TemporaryError:
                raise  # the database is away: none of them can be tried now
            except Exception as failure:  # one row must not end the process, nor block the others
                log.error("parked_event_failed", consumer=row.get("consumer"),
                          sequence=row["stream_seq"], fingerprint=fingerprint(failure))  # fmt: skip
                await self._put_off(row)
        return len(rows)

    async def after_an_upgrade(self) -> None:
        """This process begins to consume, perhaps as a newer release: try at once what only waits
        for one.
        """
        waiting = {"$or": [{"reason": NEWER}, {"status": ERASED}]}  # the latter by older releases
        with answering():
            await self._collection.update_many(waiting, {"$set": {"next_at": real_now()}})

    async def _let_go(self, row: Document) -> None:
        """The person was erased: what was kept of the event goes, and the ledger says so."""
        count = {"$inc": {str(Outcome.PARKED): -1, str(Outcome.IGNORED): 1}}
        await self._database.transaction(
            {
                "parked": [DeleteOne({"_id": row["_id"]})],
                "ledger": [UpdateOne({"_id": row["consumer"]}, count)],
            }
        )

    async def _put_off(self, row: Document) -> None:
        later = real_now() + timedelta(seconds=PUT_OFF_SECONDS)
        with answering():
            await self._collection.update_one({"_id": row["_id"]}, {"$set": {"next_at": later}})

    async def count(self) -> int:
        """How many wait."""
        with answering():
            return int(await self._collection.count_documents({"next_at": {"$type": "date"}}))
