"""How are the gateway's documents kept?

What a source delivered is sealed under a key of that source and day until it has been read, and
from then on under the key of the person it is about: destroying that key empties it, also in
back-ups. An event on its way to subscribers is sealed once, whoever gets it, under the key of its
person too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from services.gateway.domain.dispatches import Dispatch
from services.gateway.domain.imports.kept_list import owner_of
from services.gateway.ports import (
    BOOK,
    BOOKINGS,
    CALENDARS,
    DELIVERIES,
    DISPATCHES,
    HOOKS,
    IMPORTED,
    KNOWN,
    LAST_WORDS,
    LIST_MAPPINGS,
    LIST_PIECES,
    LIST_ROWS,
    LISTS,
    OUTWARD_EVENTS,
    RECEIVERS,
    SUBSCRIPTIONS,
    TAKEN_IN,
    Waiting,
)
from shared.engine.runtime import Runtime
from shared.mongo import Database, Document, answering
from shared.state.keys import BRIEF
from shared.state.mappings import DocumentMapping

ON_THEIR_WAY = ("waiting", "in-hand", "held")

MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        DELIVERIES,
        sealed={"given_id", "emails", "body", "fetched"},
        blind={"email"},
        person=lambda each: each.owner,
        due=lambda each: each.due_at,
        expire=lambda each: each.until,
        indexes=([("d.client_ids", 1)], [("d.inquiry_ids", 1)], [("d.source", 1)]),
    ),
    DocumentMapping(TAKEN_IN, expire=lambda each: each.until),
    DocumentMapping(
        KNOWN,
        sealed={"email"},
        person=lambda each: f"client:{each.client_id}",
        blind={"email"},
    ),
    DocumentMapping(BOOKINGS, indexes=([("d.client_id", 1)],)),
    DocumentMapping(
        HOOKS,
        sealed={"secrets"},
        person=lambda each: f"source:{each.source}",
    ),
    DocumentMapping(LAST_WORDS),
    DocumentMapping(
        SUBSCRIPTIONS,
        sealed={"secrets"},
        person=lambda each: each.owner,
    ),
    DocumentMapping(RECEIVERS),
    DocumentMapping(
        OUTWARD_EVENTS,
        sealed={"body"},
        person=lambda each: each.owner,
        expire=lambda each: each.until,
        indexes=([("d.client_ids", 1)], [("d.inquiry_ids", 1)]),
    ),
    DocumentMapping(
        DISPATCHES,
        due=lambda each: each.due_at,
        expire=lambda each: each.until,
        indexes=(
            [("d.subscription", 1), ("d.taken_at", -1)],
            [("d.state", 1), ("d.subscription", 1), ("d.taken_at", 1)],
        ),
    ),
    DocumentMapping(
        IMPORTED,
        sealed={"fields"},
        person=lambda each: each.owner,
        indexes=([("d.client_id", 1)],),
    ),
    DocumentMapping(
        LISTS,
        sealed={"content_hash", "file", "said", "seen"},
        person=lambda each: BRIEF + each.owner,
        due=lambda each: each.due_at,
        expire=lambda each: each.gone_at,
    ),
    DocumentMapping(
        LIST_PIECES,
        sealed={"content"},
        person=lambda each: BRIEF + owner_of(each.list_id),
        expire=lambda each: each.until,
    ),
    DocumentMapping(
        LIST_ROWS,
        sealed={"content", "told"},
        person=lambda each: BRIEF + owner_of(each.list_id),
        expire=lambda each: each.until,
    ),
    DocumentMapping(
        LIST_MAPPINGS,
        sealed={"said"},
        person=lambda each: f"mapping:{each.name}",
    ),
    DocumentMapping(CALENDARS),
    DocumentMapping(BOOK),
)
MOST_DEAD = 10_000


async def unread_of(database: Database) -> Mapping[str, Mapping[str, int]]:
    """Of each source, how many of its deliveries wait as dead letters, by fingerprint.

    Of the oldest ten thousand; TemporaryError when the database is away.
    """
    open_ones = {"status": "open", "due.collection": DELIVERIES.collection}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with answering():
        cursor = database.collection("dead_letters").find(
            open_ones, {"due.key": 1, "fingerprint": 1}
        )
        letters = await cursor.sort("last_at", 1).limit(MOST_DEAD).to_list(MOST_DEAD)
        chosen = {"_id": {"$in": [each["due"]["key"] for each in letters]}}
        rows = database.collection(DELIVERIES.collection).find(chosen, {"d.source": 1})
        sources = {row["_id"]: row["d"]["source"] for row in await rows.to_list(MOST_DEAD)}
    for letter in letters:
        if letter["due"]["key"] in sources:
            found[sources[letter["due"]["key"]]][str(letter["fingerprint"])] += 1
    return found


class MongoDispatchLog:
    """What became of what was sent, on MongoDB."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._dispatches = runtime.db.collection(DISPATCHES.collection)

    async def latest(
        self, subscription: str, most: int, *, failed: bool = False
    ) -> Sequence[Dispatch]:
        """The newest of a subscription, or the newest that failed for good."""
        query: Document = {"d.subscription": subscription}
        if failed:
            query["d.state"] = "failed"
        with answering():
            found = self._dispatches.find(query).sort("d.taken_at", -1).limit(most)
            rows = await found.to_list(most)
        return await self._runtime.store.opened(DISPATCHES, rows)

    async def failed_since(self, subscription: str, since: datetime, most: int) -> Sequence[str]:
        """The ids of those that failed for good since then, the oldest first."""
        return await self._ids("failed", subscription, {"d.taken_at": {"$gte": since}}, most)

    async def held(self, subscription: str, most: int) -> Sequence[str]:
        """The ids of those that wait for their subscription, the oldest first."""
        return await self._ids("held", subscription, {}, most)

    async def left_behind(self, sender: str, most: int) -> Sequence[str]:
        """The ids of those that an earlier process of this replica had in hand when it ended."""
        replica = re.escape(sender.partition(":")[0])
        query: Document = {
            "d.state": "in-hand",
            "d.handed_by": {"$regex": f"^{replica}:", "$ne": sender},
        }
        with answering():
            rows = await self._dispatches.find(query, {"_id": 1}).limit(most).to_list(most)
        return [row["_id"] for row in rows]

    async def waiting(self) -> Mapping[str, Waiting]:
        """What has not arrived yet, by subscription."""
        stages: list[Document] = [
            {"$match": {"d.state": {"$in": list(ON_THEIR_WAY)}}},
            {"$group": {"_id": "$d.subscription", "n": {"$sum": 1},
                        "oldest": {"$min": "$d.taken_at"}}},
        ]  # fmt: skip
        with answering():
            rows = await self._dispatches.aggregate(stages).to_list(None)
        return {row["_id"]: Waiting(row["n"], _in_utc(row["oldest"])) for row in rows}

    async def _ids(self, state: str, subscription: str, more: Document, most: int) -> Sequence[str]:
        query: Document = {"d.state": state, "d.subscription": subscription, **more}
        with answering():
            found = self._dispatches.find(query, {"_id": 1}).sort("d.taken_at", 1).limit(most)
            rows = await found.to_list(most)
        return [row["_id"] for row in rows]


def _in_utc(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
