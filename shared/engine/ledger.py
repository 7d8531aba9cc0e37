"""Is every event a service received accounted for?

One document per durable consumer, raised in the transaction of each batch. It also says how far in
the stream the consumer is, for the replicas that do not consume.
"""

from collections.abc import Mapping
from datetime import datetime

from shared.engine.received_events import COUNTED
from shared.mongo import Database, Document, answering

NAMES = ("received", *map(str, COUNTED))


async def read(database: Database, consumer: str) -> dict[str, int]:
    """How many events were received, and what became of how many."""
    row = await _row(database, consumer)
    return {name: row[name] for name in NAMES if name in row}


async def place(database: Database, consumer: str) -> tuple[int, datetime] | None:
    """The last event committed by whichever replica consumes: its sequence, and when it came."""
    row = await _row(database, consumer)
    return (row["seq"], row["until"]) if "until" in row else None


async def _row(database: Database, consumer: str) -> Document:
    with answering():
        row: Document | None = await database.collection("ledger").find_one({"_id": consumer})
    return row or {}


def imbalance(counts: Mapping[str, int]) -> int:
    """What was received and has no outcome; anything but 0 is a defect."""
    return counts.get("received", 0) - sum(counts.get(str(outcome), 0) for outcome in COUNTED)
