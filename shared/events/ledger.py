"""Is every event a service received accounted for?

One document per durable consumer, raised in the transaction of each batch.
"""

from collections.abc import Mapping

from shared.events.receiving import COUNTED
from shared.mongo import Database, answering


async def read(database: Database, consumer: str) -> dict[str, int]:
    """How many events were received, and what became of how many."""
    with answering():
        row = await database.collection("ledger").find_one({"_id": consumer})
    return {name: count for name, count in (row or {}).items() if name != "_id"}


def imbalance(counts: Mapping[str, int]) -> int:
    """What was received and has no outcome; anything but 0 is a defect."""
    return counts.get("received", 0) - sum(counts.get(str(outcome), 0) for outcome in COUNTED)
