"""The step of a due document failed: when is it tried again, and when is a person asked?

It is put off, twice as far each time. After eight failures in a row, about two hours, it is put
off no more: it becomes a dead letter, which a person replays (due again at once) or discards. What
can never succeed as it is (PermanentError) becomes one at once, as of an event.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.clock import real_now
from shared.contracts.refusals import Invalid
from shared.errors import PermanentError
from shared.mongo import Document, Operation, UpdateOne
from shared.state.due_documents import DueDocument
from shared.state.mappings import DocumentMapping
from shared.telemetry.fingerprints import fingerprint

FIRST_SECONDS, MOST_SECONDS = 30.0, 3600.0
MOST_FAILURES = 8
ORIGIN = "due"


@dataclass(frozen=True, slots=True)
class FailedDue:
    """Which document of which service failed, and when it had been due."""

    service: str
    mapping: DocumentMapping[Any]
    document: DueDocument
    now: datetime

    @property
    def collection(self) -> str:
        """Where the document is kept."""
        return self.mapping.collection

    @property
    def key(self) -> str:
        """Its id there."""
        return str(self.mapping.kind.key(self.document.value))


def put_off(failed: FailedDue, failure: Exception) -> dict[str, list[Operation]]:
    """The writes, by collection: due later, or not at all any more and a dead letter."""
    failures = failed.document.failures + 1
    which = {"_id": failed.key, "v": failed.document.version}
    if failures < MOST_FAILURES and not isinstance(failure, PermanentError):
        seconds = min(FIRST_SECONDS * 2 ** (failures - 1), MOST_SECONDS)
        later = failed.now + timedelta(seconds=seconds)
        change = {"$set": {"due": later, "failures": failures}}
        return {failed.collection: [UpdateOne(which, change)]}
    given_up = {"$unset": {"due": ""}, "$set": {"failures": failures}}
    return {
        failed.collection: [UpdateOne(which, given_up)],
        "dead_letters": [_dead_letter(failed, failure)],
    }


def _dead_letter(failed: FailedDue, failure: Exception) -> Operation:
    now = real_now()
    said: Document = {
        "status": "open",
        "last_at": now,
        **_why(failed, failure),
        ORIGIN: {
            "collection": failed.collection,
            "key": failed.key,
            "due_at": failed.mapping.due_at(failed.document.value),
        },
    }
    first: Document = {
        "consumer": failed.service,
        "stream_seq": None,
        "subject": getattr(failed.document.value, "client_id", None),
        "event_type": None,
        "first_at": now,
        "replays": 0,
    }
    row_id = f"{failed.collection}-{failed.key}"
    update = {"$set": said, "$setOnInsert": first, "$inc": {"count": 1},
              "$unset": {"settled_at": ""}}  # fmt: skip
    return UpdateOne({"_id": row_id}, update, upsert=True)


def _why(failed: FailedDue, failure: Exception) -> Document:
    if isinstance(failure, Invalid):
        refused = [{"field": each.field, "message": each.message} for each in failure.field_errors]
        alike = ",".join(sorted({each["field"] for each in refused}))
        return {
            "reason": "unreadable", "message": failure.reason, "field_errors": refused,
            "fingerprint": f"{failed.collection}:unreadable:{alike}",
        }  # fmt: skip
    said = f"What was due for a document of {failed.collection} failed again and again."
    permanent = isinstance(failure, PermanentError)
    return {
        "reason": "permanent" if permanent else "due-step-failed",
        "message": failure.message if isinstance(failure, PermanentError) else said,
        "field_errors": [],
        "fingerprint": fingerprint(failure),
    }


def due_again(row: Document) -> Operation:
    """Replay such a dead letter: the document is due as it was."""
    due = row[ORIGIN]
    change = {"$set": {"due": due["due_at"]}, "$unset": {"failures": ""}}
    return UpdateOne({"_id": due["key"]}, change)
