"""What is written in a batch's transaction beside the changes of its steps?

A handled row per event (so that nothing is applied twice), the ledger (so that nothing is lost
unseen), dead letters, parked events and the outbox.

Under which id an event is noted as handled follows from what became of it. Its identity (source
and id) means: the same event, published again, has no effect. Its place in the stream means: this
copy of it is done with, and another copy is judged anew.

| outcome | reason | noted by | kept beside |
|---|---|---|---|
| applied | | identity | |
| duplicate | duplicate | place | |
| ignored | refused (a rule said no) | identity | |
| ignored | unknown-type (a foreign one), not-heard | place | |
| parked | temporary, newer-version | place | the event, sealed, and when it is tried next |
| dead | permanent, unexpected | identity | the event, sealed, until somebody settles it |
| dead | invalid, identity-collision, too-many-deliveries | place | the same |
| redelivered | handled, taken-up | not noted again | |
| failed | temporary, unexpected | not noted: it comes again | |
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic_core import to_json

from shared.clock import real_now
from shared.contracts.envelope import Event
from shared.contracts.validation import MAX_EVENT_BYTES
from shared.engine.received_events import COUNTED, Outcome, Received, Work
from shared.mongo import DeleteOne, Document, InsertOne, Operation, UpdateOne
from shared.state.keys import KeyRing, NewKeys

PARKED_FIRST_SECONDS, PARKED_MOST_SECONDS = 15.0, 3600.0
ROW_ORIGINS = ("parked", "dead")


class BatchRecords:
    """Builds the engine's own writes for a batch of one durable consumer."""

    def __init__(self, consumer: str, keys: KeyRing) -> None:
        self.consumer = consumer
        self._keys = keys

    def identity(self, event: Event[Any]) -> bytes:
        """The handled-row id of an event: of (consumer, source, id)."""
        return self._keys.mark(f"{self.consumer}\n{event.source}\n{event.id}".encode())

    def place(self, received: Received) -> bytes:
        """The handled-row id of a stream position, for what has no identity of its own."""
        stored = received.stored_at.isoformat() if received.stored_at else ""
        place = f"{self.consumer}\nseq\n{received.sequence}\n{stored}"
        return self._keys.mark(place.encode())

    def row_of(self, received: Received) -> str:
        """The id of the dead letter or parked event this one is, or would be, kept as."""
        return f"{self.consumer}-{received.sequence}"

    def content(self, event: Event[Any]) -> bytes:
        """A keyed hash of what an event says, to tell a repetition from a contradiction."""
        return self._keys.mark(f"{event.type}\n".encode() + to_json(event.data), 8)

    def row_id(self, work: Work) -> bytes:
        """Under which id this work is noted as handled: the table above."""
        by_identity = work.outcome is Outcome.APPLIED or (
            work.event is not None and work.reason in ("refused", "permanent", "unexpected")
        )
        if by_identity and work.event is not None:
            return self.identity(work.event)
        return self.place(work.received)

    def owners(self, works: Iterable[Work]) -> set[str]:
        """Whose keys seal the raw bytes that have to be kept."""
        return {
            owner_of(work.event, real_now())
            for work in works
            if work.outcome in (Outcome.DEAD, Outcome.PARKED)
        }

    def writes(self, works: Sequence[Work], new: NewKeys) -> dict[str, list[Operation]]:
        """All of the engine's own writes for these settled works."""
        counted = [work for work in works if work.outcome in COUNTED]
        return {
            "handled_events": self._handled(counted),
            "ledger": self._ledger(counted),
            "dead_letters": [each for work in counted for each in self._dead(work, new)],
            "parked": [each for work in counted for each in self._parked(work, new)],
        }

    def _handled(self, counted: Sequence[Work]) -> list[Operation]:
        now = real_now()
        return [self._row(work, now) for work in counted]

    def _row(self, work: Work, now: datetime) -> Operation:
        row: Document = {
            "h": self.content(work.event) if work.event else b"",
            "s": work.received.sequence,
            "o": str(work.outcome),
            "at": now,
        }
        row_id = self.row_id(work)
        if work.received.origin in ROW_ORIGINS:
            return UpdateOne({"_id": row_id}, {"$set": row}, upsert=True)
        return InsertOne({"_id": row_id, **row})

    def _ledger(self, counted: Sequence[Work]) -> list[Operation]:
        if not counted:
            return []
        change: Counter[str] = Counter()
        for work in counted:
            change[str(work.outcome)] += 1
            if work.received.origin in ROW_ORIGINS:
                change[work.received.origin] -= 1
            else:
                change["received"] += 1
        update: Document = {"$inc": dict(change)}
        last = max(counted, key=lambda work: work.received.sequence).received
        if last.origin not in ROW_ORIGINS and last.stored_at is not None:
            update["$max"] = {"seq": last.sequence, "until": last.stored_at}
        return [UpdateOne({"_id": self.consumer}, update, upsert=True)]

    def _dead(self, work: Work, new: NewKeys) -> list[Operation]:
        key = {"_id": self.row_of(work.received)}
        if work.received.origin == "dead":
            return [UpdateOne({**key, "status": "open"}, self._replayed(work))]
        if work.outcome is not Outcome.DEAD:
            return []
        return [
            UpdateOne(
                key,
                {
                    "$set": {"last_at": real_now(), "status": "open", **_why(work)},
                    "$unset": {"settled_at": ""},
                    "$setOnInsert": {**self._raw(work, new), "first_at": real_now(), "replays": 0},
                    "$inc": {"count": 1},
                },
                upsert=True,
            )
        ]

    def _replayed(self, work: Work) -> Document:
        """Only an open letter is replayed: of two who try at once, the second finds none."""
        change: Document = {"last_at": real_now()}
        if work.outcome is Outcome.DEAD:
            return {"$set": change | _why(work), "$inc": {"count": 1, "replays": 1}}
        return {"$set": settled("replayed"), "$inc": {"replays": 1}}

    def _parked(self, work: Work, new: NewKeys) -> list[Operation]:
        key = {"_id": self.row_of(work.received)}
        again = work.received.origin == "parked"
        if work.outcome is not Outcome.PARKED:
            return [DeleteOne(key)] if again else []
        attempts = work.received.deliveries if again else 1
        seconds = min(PARKED_FIRST_SECONDS * 2 ** (attempts - 1), PARKED_MOST_SECONDS)
        change: Document = {
            "next_at": real_now() + timedelta(seconds=seconds),
            "attempts": attempts,
            **_why(work),
        }
        if again:  # gone meanwhile: another replica has taken it up
            return [UpdateOne(key, {"$set": change})]
        first = {**self._raw(work, new), "first_at": real_now()}
        return [UpdateOne(key, {"$set": change, "$setOnInsert": first}, upsert=True)]

    def _raw(self, work: Work, new: NewKeys) -> Document:
        received = work.received
        row = self.row_of(received)
        owner = owner_of(work.event, real_now())
        content = [received.subject, dict(received.headers or {}), _kept(received.body)]
        return {
            "consumer": self.consumer,
            "stream_seq": received.sequence,
            "subject": received.key,
            "event_type": received.event_type,
            "taken_at": received.stored_at,
            "p": owner,
            "raw": self._keys.seal(owner, f"raw/{row}", content, new),
        }


def settled(status: str) -> Document:
    """What a dead letter says from when nobody has to look at it any more; then its days begin."""
    now = real_now()
    return {"status": status, "last_at": now, "settled_at": now}


def open_raw(keys: KeyRing, row: Document, origin: str) -> Received | None:
    """A kept event, ready to be worked on again; None when its bytes were erased."""
    content = keys.open(row["p"], f"raw/{row['_id']}", bytes(row["raw"]))
    if content is None:
        return None
    subject, headers, kept = content
    return Received(
        sequence=row["stream_seq"],
        subject=subject,
        headers=headers,
        body=bytes(kept),
        deliveries=row.get("attempts", 0) + 1,
        taken_at=row.get("taken_at"),
        origin=origin,
    )


def _kept(body: bytes) -> bytes | int:
    """What of an event is kept: of one that is too large its length, for which it is refused
    before anything else is read. The stream has the rest; four services need no copies of it.
    """
    return body if len(body) <= MAX_EVENT_BYTES else len(body)


def owner_of(event: Event[Any] | None, now: datetime) -> str:
    """Whose key seals the raw bytes: the person's, or the month's quarantine key if nobody's."""
    for field, owner in (
        ("client_id", "client"),
        ("inquiry_id", "inquiry"),
        ("party_id", "party"),
        ("review_id", "review"),
    ):
        value = getattr(event.data, field, None) if event else None
        if value:
            return f"{owner}:{value}"
    return f"quarantine:{now:%Y-%m}"


def _why(work: Work) -> Document:
    return {
        "reason": work.reason,
        "message": work.message,
        "field_errors": [{"field": e.field, "message": e.message} for e in work.field_errors],
        "fingerprint": work.fingerprint or work.reason,
    }
