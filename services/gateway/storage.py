"""How are the gateway's documents kept?

What a source delivered is sealed under a key of that source and day until it has been read, and
from then on under the key of the person it is about: destroying that key empties it, also in
back-ups.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from services.gateway.ports import BOOKINGS, DELIVERIES, HOOKS, KNOWN, LAST_WORDS, TAKEN_IN
from shared.mongo import Database, answering
from shared.state.mappings import DocumentMapping

MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        DELIVERIES,
        sealed={"given_id", "emails", "body"},
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
