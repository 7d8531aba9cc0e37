"""What happens to events that only have to wait?

They are parked in the database, tried again by themselves with growing distance, and hold back the
timers of what they are about until then.
"""

from datetime import timedelta
from typing import Any

from shared.clock import real_now
from shared.engine.kept_events import AT_ONCE, KeptRows, Take, group_of
from shared.errors import TemporaryError
from shared.mongo import Database, Document, answering
from shared.state.keys import KeyRing
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

PUT_OFF_SECONDS = 600.0


class ParkedEvents:
    """The parked events of one consumer."""

    def __init__(self, database: Database, keys: KeyRing, take: Take) -> None:
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
            cursor = self._collection.find({"next_at": {"$lte": real_now()}}).sort("stream_seq", 1)
            rows = await cursor.to_list(AT_ONCE)
        for row in rows:
            try:
                await self._rows.again(row)
            except TemporaryError:
                raise  # the database is away: none of them can be tried now
            except Exception as failure:  # one row must not end the process, nor block the others
                log.error("parked_event_failed", consumer=row.get("consumer"),
                          sequence=row["stream_seq"], fingerprint=fingerprint(failure))  # fmt: skip
                await self._put_off(row)
        return len(rows)

    async def _put_off(self, row: Document) -> None:
        later = real_now() + timedelta(seconds=PUT_OFF_SECONDS)
        with answering():
            await self._collection.update_one({"_id": row["_id"]}, {"$set": {"next_at": later}})

    async def count(self) -> int:
        """How many wait."""
        with answering():
            return int(await self._collection.count_documents({}))
