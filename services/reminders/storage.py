"""How are the documents of reminders kept?

Names, addresses, free text and what was written to a client are sealed under the client's own key.
Timers and messages are due work: each names the instant at which it needs attention.
"""

from datetime import datetime
from typing import Any

from services.reminders.ports import (
    CARDS,
    CONTACTS,
    OUTBOUND,
    RULES,
    SUBJECTS,
    SUPPRESSIONS,
    TIMERS,
)
from shared.mongo import Database, answering
from shared.state.shelves import Shelf

WAITING = "waiting"
FIRM = "firm"  # whose key seals what is about no client

SHELVES: tuple[Shelf[Any], ...] = (
    Shelf(CARDS, sealed={"name", "email", "phone"}, person=lambda card: client(card.client_id)),
    Shelf(SUBJECTS, sealed={"details"}, person=lambda subject: client(subject.client_id)),
    Shelf(
        TIMERS,
        due=lambda timer: timer.due_at if timer.waits else None,
        indexes=[[("d.state", 1)]],
    ),
    Shelf(
        CONTACTS,
        sealed={"address", "subject_line", "text", "html"},
        person=lambda contact: client(contact.client_id),
        due=lambda contact: contact.needs_attention_at,
        indexes=[[("d.state", 1)]],
    ),
    Shelf(
        SUPPRESSIONS,
        sealed={"address"},
        person=lambda each: client(each.client_id),
        blind={"address"},
    ),
    Shelf(RULES),
    Shelf(OUTBOUND),
)


async def waiting_for(database: Database, what: str, limit: int) -> list[str]:
    """The ids of some of the messages that wait for this."""
    query = {f"x.{WAITING}": what}
    with answering():
        rows = await database.collection("contacts").find(query, {"_id": 1}).to_list(limit)
    return [row["_id"] for row in rows]


async def count_by_state(database: Database, collection: str) -> dict[str, int]:
    """How many timers or messages stand where."""
    stages = [{"$group": {"_id": "$d.state", "n": {"$sum": 1}}}]
    with answering():
        rows = await database.collection(collection).aggregate(stages).to_list(None)
    return {str(row["_id"]): int(row["n"]) for row in rows}


async def count_overdue(database: Database, now: datetime) -> tuple[int, float]:
    """How many timers are overdue, and by how many seconds the oldest is."""
    timers = database.collection("timers")
    query = {"due": {"$lte": now}}
    with answering():
        count = await timers.count_documents(query)
        oldest = await timers.find_one(query, {"due": 1}, sort=[("due", 1)])
    return count, (now - oldest["due"]).total_seconds() if oldest else 0.0


async def count_unknown(database: Database) -> int:
    """How many messages nobody can tell the fate of."""
    with answering():
        found = await database.collection("contacts").count_documents({"d.state": "unknown"})
    return int(found)


def client(client_id: str | None) -> str:
    """Whose key seals what is known of this client."""
    return f"client:{client_id}" if client_id else FIRM
