"""What has arrived, and what is to become of it?"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.envelope import Event, decode
from shared.contracts.origin import OriginKey
from shared.contracts.refusals import FieldError, Invalid, NewerVersion, UnknownType
from shared.contracts.speakers import check_origin, check_owner, check_system

NEWER = "newer-version"  # why an event waits for an upgrade
ALONE_AFTER = 5  # deliveries: it may be what brings the process down, so it is handled alone


class Outcome(StrEnum):
    """What became of an event; all but the last two are counted in the ledger."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"  # the same event was published again
    IGNORED = "ignored"  # nobody here hears it, or a rule said no
    PARKED = "parked"  # waits in the database for a better moment
    DEAD = "dead"  # a dead letter, until somebody replays or discards it
    REDELIVERED = "redelivered"  # settled before, only its acknowledgement was lost
    FAILED = "failed"  # given back to the stream for another try


COUNTED = (Outcome.APPLIED, Outcome.DUPLICATE, Outcome.IGNORED, Outcome.PARKED, Outcome.DEAD)


async def _nothing() -> None:
    return None


async def _no_delay(_: float) -> None:
    return None


@dataclass(slots=True)
class Received:
    """One event as it arrived, with the ways to answer for it."""

    sequence: int
    subject: str
    headers: Mapping[str, str] | None
    body: bytes
    deliveries: int = 1
    stored_at: datetime | None = None
    ack: Callable[[], Awaitable[None]] = _nothing
    nak: Callable[[float], Awaitable[None]] = _no_delay
    in_progress: Callable[[], Awaitable[None]] = _nothing
    taken_at: datetime | None = None  # by the stream, where it is taken up again
    origin: str = "stream"  # or "parked", "dead": taken up again from the database

    @property
    def key(self) -> str | None:
        """The id in the subject (``events.<type>.<key>``), known before anything is decoded."""
        parts = self.subject.split(".")
        return parts[2] if len(parts) in (3, 4) else None

    @property
    def system(self) -> str | None:
        """The system with a log-in of its own that published it (the subject's fourth part)."""
        parts = self.subject.split(".")
        return parts[3] if len(parts) == 4 else None

    @property
    def event_type(self) -> str | None:
        """The type in the subject, if it is one of ours (anything else is a stranger's text)."""
        parts = self.subject.split(".")
        return parts[1] if len(parts) > 1 and parts[1] in CATALOGUE else None


@dataclass(slots=True)
class Work:
    """One received event on its way to an outcome."""

    received: Received
    event: Event[Any] | None = None
    outcome: Outcome | None = None
    reason: str = ""
    message: str = ""
    field_errors: list[FieldError] = field(default_factory=list)
    fingerprint: str = ""
    seen_as: EventData | None = None  # of a merged client: as if said of the other

    def conclude(self, outcome: Outcome, reason: str, message: str = "") -> None:
        """Say what became of it."""
        self.outcome, self.reason, self.message = outcome, reason, message

    def refuse(self, invalid: Invalid) -> None:
        """It breaks what is asked of events: a dead letter that names each field."""
        self.conclude(Outcome.DEAD, "invalid", invalid.reason)
        self.field_errors = list(invalid.field_errors)
        self.fingerprint = "invalid:" + ",".join(sorted({e.field for e in self.field_errors}))

    @property
    def heard(self) -> Event[Any] | None:
        """The event as the steps see it; what is kept and compared is what came."""
        if self.seen_as is None or self.event is None:
            return self.event
        return replace(self.event, data=self.seen_as)

    @property
    def open(self) -> bool:
        """Whether a step still has to run."""
        return self.outcome is None


def read(received: Received, now: datetime, origin_key: OriginKey | None = None) -> Work:
    """Decode and validate; whatever is refused has its outcome and reason already.

    ``now``: the business instant against which the event's ``time`` is judged. ``origin_key``:
    with it what claims to be said by a service of ours must prove it.
    """
    work = Work(received)
    try:
        event = decode(received.subject, received.headers, received.body, now=now)
        _check_speaker(event, received, origin_key)
        work.event = event
    except UnknownType:
        work.conclude(Outcome.IGNORED, "unknown-type")
    except NewerVersion as newer:
        work.conclude(Outcome.PARKED, NEWER, str(newer))
    except Invalid as invalid:
        work.refuse(invalid)
    return work


def _check_speaker(event: Event[Any], received: Received, origin_key: OriginKey | None) -> None:
    check_system(event, received.subject)
    check_owner(event)
    check_origin(
        event, received.subject, received.headers, received.body,
        taken_at=received.stored_at or received.taken_at, key=origin_key,
    )  # fmt: skip
