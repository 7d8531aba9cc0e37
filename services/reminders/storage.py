"""How are the documents of reminders kept?

Names, addresses, free text and what was written to a client are sealed under the client's own key.
Timers and messages are due work: each names the instant at which it needs attention.
"""

from datetime import datetime
from typing import Any

from services.reminders.domain.contact import State
from services.reminders.domain.letter_for_approval import State as Letter
from services.reminders.ports import (
    APPROVAL_LETTERS,
    CARDS,
    COLLEAGUES,
    COMMITMENTS,
    CONTACTS,
    CORRESPONDENCE,
    DEADLINES,
    DIGESTS,
    EDITION_HEAD,
    EDITIONS,
    FIRM_RESTRICTIONS,
    INCOMING_MAILS,
    INQUIRER_LETTERS,
    MAILBOX_PLACES,
    OUTBOUND,
    OUTGOING_DECISIONS,
    RULES,
    SENDER_CHECKS,
    SIMULATIONS,
    SUBJECTS,
    SUPPRESSIONS,
    TEXT_ANSWERS,
    TIMERS,
    Settled,
)
from shared.mongo import Database, answering
from shared.state.mappings import DocumentMapping

WAITING = "waiting"
FIRM = "firm"  # whose key seals what is about no client

MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        CARDS,
        sealed={
            "name",
            "email",
            "phone",
            "salutation",
            "family_name",
            "preferred_name",
            "contact_person",
            "lawyers",
            "holds",
        },
        person=lambda card: client(card.client_id),
        blind={"email", "phone"},
    ),
    DocumentMapping(
        INCOMING_MAILS,
        sealed={"sender", "subject", "text", "quoted", "attached", "lacks"},
        person=lambda mail: mail.person,
        expire=lambda mail: mail.until,
        indexes=([("d.client_id", 1)], [("d.inquiry_id", 1)]),
    ),
    DocumentMapping(MAILBOX_PLACES),
    DocumentMapping(
        TEXT_ANSWERS,
        sealed={"text"},
        person=lambda each: client(each.client_id),
    ),
    DocumentMapping(
        SUBJECTS,
        sealed={"details", "told"},
        person=lambda subject: client(subject.client_id),
        indexes=[[("d.client_id", 1)]],
    ),
    DocumentMapping(TIMERS, due=lambda timer: timer.needs_attention_at),
    DocumentMapping(
        CONTACTS,
        sealed={"address", "subject_line", "text", "html", "states"},
        person=lambda contact: client(contact.client_id),
        due=lambda contact: contact.needs_attention_at,
        indexes=[[("d.state", 1)]],
    ),
    DocumentMapping(
        SUPPRESSIONS,
        sealed={"address"},
        person=lambda each: client(each.client_id),
        blind={"address"},
    ),
    DocumentMapping(
        OUTGOING_DECISIONS,
        sealed={"why"},
        person=lambda each: client(each.client_id),
    ),
    DocumentMapping(
        COMMITMENTS,
        due=lambda each: each.needs_attention_at,
        indexes=[
            [("d.state", 1), ("d.over", 1), ("d.standard", 1)],
            [("d.settled_at", 1)],
        ],
    ),
    DocumentMapping(
        DEADLINES,
        sealed={"proof"},
        person=lambda each: client(each.client_id),
        due=lambda each: each.needs_attention_at,
    ),
    DocumentMapping(CORRESPONDENCE),
    DocumentMapping(COLLEAGUES, sealed={"name", "phone", "title"}, person=lambda _: FIRM),
    DocumentMapping(RULES),
    DocumentMapping(OUTBOUND),
    DocumentMapping(EDITION_HEAD),
    DocumentMapping(
        EDITIONS,
        sealed={"files", "base_files", "note", "why"},
        person=lambda _: FIRM,
    ),
    DocumentMapping(
        SIMULATIONS,
        sealed={"files", "base_files", "found"},
        person=lambda _: FIRM,
    ),
    DocumentMapping(FIRM_RESTRICTIONS),
    DocumentMapping(
        INQUIRER_LETTERS,
        sealed={"address", "subject", "body"},
        person=lambda letter: f"inquiry:{letter.inquiry_id}",
        due=lambda letter: letter.due_at,
        indexes=[[("d.state", 1)]],
    ),
    DocumentMapping(
        APPROVAL_LETTERS,
        sealed={"subject_line", "text", "greeting", "recipient", "address", "reason"},
        person=lambda letter: (
            f"inquiry:{letter.inquiry_id}" if letter.inquiry_id else client(letter.client_id)
        ),
        due=lambda letter: letter.due_at,
        indexes=[[("d.state", 1)]],
    ),
    DocumentMapping(
        SENDER_CHECKS,
        sealed={"address"},
        person=lambda _: FIRM,
        due=lambda check: check.due_at,
        indexes=[[("d.state", 1)]],
    ),
    DocumentMapping(DIGESTS, due=lambda digest: digest.due_at, indexes=[[("d.state", 1)]]),
)


class MongoTally:
    """Counts timers and messages in one database."""

    def __init__(self, database: Database) -> None:
        self._timers = database.collection(TIMERS.collection)
        self._contacts = database.collection(CONTACTS.collection)
        self._suppressions = database.collection(SUPPRESSIONS.collection)
        self._commitments = database.collection(COMMITMENTS.collection)
        self._deadlines = database.collection(DEADLINES.collection)
        self._digests = database.collection(DIGESTS.collection)
        self._letters = database.collection(INQUIRER_LETTERS.collection)
        self._tests = database.collection(SENDER_CHECKS.collection)
        self._approved = database.collection(APPROVAL_LETTERS.collection)

    async def in_hand(self) -> int:
        """How many messages, to clients, inquirers and staff, some process is handing over."""
        query = {"d.state": State.HANDING_OVER.value}  # the same word for all
        with answering():
            contacts: int = await self._contacts.count_documents(query)
            digests: int = await self._digests.count_documents(query)
            letters: int = await self._letters.count_documents(query)
            tests: int = await self._tests.count_documents(query)
        return contacts + digests + letters + tests

    async def waiting_for(self, what: str, limit: int) -> list[str]:
        """The ids of some of the messages that wait for this."""
        query = {f"x.{WAITING}": what}
        with answering():
            rows = await self._contacts.find(query, {"_id": 1}).limit(limit).to_list(limit)
        return [row["_id"] for row in rows]

    async def suppressed(self, client_id: str | None, limit: int) -> list[str]:
        """The ids of some suppressed addresses, oldest first: this client's, or everybody's."""
        query = {"d.client_id": client_id} if client_id is not None else {}
        with answering():
            found = self._suppressions.find(query, {"_id": 1}).sort("d.at", 1).limit(limit)
            rows = await found.to_list(limit)
        return [row["_id"] for row in rows]

    async def by_state(self) -> dict[str, dict[str, int]]:
        """How many timers and how many messages stand where."""
        return {
            "timers": await _by_state(self._timers),
            "messages": await _by_state(self._contacts),
        }

    async def owed(self) -> list[tuple[str, str, int]]:
        """Per standard and state (open, or missed and still to be done): how many commitments."""
        stages = [
            {"$match": {"d.state": {"$in": ["open", "missed"]}, "d.over": False}},
            {"$group": {"_id": ["$d.standard", "$d.state"], "n": {"$sum": 1}}},
        ]
        with answering():
            rows = await self._commitments.aggregate(stages).to_list(None)
        return [(*row["_id"], row["n"]) for row in rows]

    async def due_by(self, instant: datetime) -> list[tuple[str, int]]:
        """Per standard: how many commitments are open still and due by then."""
        stages = [
            {"$match": {"d.state": "open", "d.over": False, "d.due_at": {"$lt": instant}}},
            {"$group": {"_id": "$d.standard", "n": {"$sum": 1}}},
        ]
        with answering():
            rows = await self._commitments.aggregate(stages).to_list(None)
        return [(row["_id"], row["n"]) for row in rows]

    async def settled(self, since: datetime, limit: int) -> list[Settled]:
        """Commitments that ended since then, the earliest first."""
        query = {"d.settled_at": {"$gte": since}}
        fields = {"d.standard": 1, "d.state": 1, "d.settled_at": 1}
        with answering():
            found = self._commitments.find(query, fields).sort("d.settled_at", 1).limit(limit)
            rows = await found.to_list(limit)
        return [
            Settled(row["_id"], row["d"]["standard"], row["d"]["state"], row["d"]["settled_at"])
            for row in rows
        ]

    async def unseen_deadlines(self, watch: str, until: datetime | None = None) -> int:
        """How many deadlines run that this watch has not acknowledged; of those due by then."""
        query: dict[str, Any] = {"x.unseen": watch}
        if until is not None:
            query["d.due_at"] = {"$lt": until}
        with answering():
            return int(await self._deadlines.count_documents(query))

    async def letters_waiting(self) -> tuple[int, int]:
        """How many letters wait to be approved, and how many to be posted."""
        states = (Letter.DRAFT, Letter.TO_POST)
        with answering():
            found = [await self._approved.count_documents({"d.state": each.value})
                     for each in states]  # fmt: skip
        return found[0], found[1]

    async def unknown(self, now: datetime) -> tuple[int, float]:
        """Of how many messages nobody can tell the fate, and for how many seconds at most."""
        query = {"d.state": State.UNKNOWN.value}
        with answering():
            count = await self._contacts.count_documents(query)
            oldest = await self._contacts.find_one(query, {"d.due_at": 1}, sort=[("d.due_at", 1)])
        return count, (now - oldest["d"]["due_at"]).total_seconds() if oldest else 0.0


async def _by_state(collection: Any) -> dict[str, int]:
    stages = [{"$group": {"_id": "$d.state", "n": {"$sum": 1}}}]
    with answering():
        rows = await collection.aggregate(stages).to_list(None)
    return {str(row["_id"]): int(row["n"]) for row in rows}


def client(client_id: str | None) -> str:
    """Whose key seals what is known of this client."""
    return f"client:{client_id}" if client_id else FIRM
