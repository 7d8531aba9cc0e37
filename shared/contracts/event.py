"""What is an event inside Clientele, and how does one follow from another?"""

import hmac
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar

from shared.contracts.base import EventData
from shared.contracts.fields import in_utc, wire_instant

D = TypeVar("D", bound=EventData)


@dataclass(frozen=True, slots=True)
class Cause:
    """What is being worked on: an event, a due document or a person's decision."""

    source: str
    id: str
    type: str
    correlation_id: str
    traceparent: str | None
    time: datetime


@dataclass(frozen=True, slots=True)
class Event(Generic[D]):
    """Something that happened: who said it, when, about whom, and because of what."""

    id: str
    source: str
    type: str
    version: int
    time: datetime
    subject: str
    data: D
    correlation_id: str
    causation_id: str | None
    traceparent: str | None
    history: bool = False
    """An import of the past: it changes state and arms nothing."""
    finer: int = 0
    """Microseconds by which it was said after ``time``: they order statements, no more."""
    via: str = ""
    """Whose log-in publishes it for another system; its name stands in the subject."""

    @property
    def cause(self) -> Cause:
        """This event as the cause of what follows from it."""
        return Cause(
            self.source, self.id, self.type, self.correlation_id, self.traceparent, self.time
        )

    @property
    def stamp(self) -> str:
        """Sorts like (time, source, id): of two statements the one with the later stamp holds."""
        return stamp_of(self.time, self.source, self.id, self.finer)

    @property
    def nats_subject(self) -> str:
        """Where the event is published."""
        plain = f"events.{self.type}.{self.subject}"
        return f"{plain}.{self.via}" if self.via else plain

    @property
    def msg_id(self) -> str:
        """The event's identity for the broker, which drops a repeated one (``Nats-Msg-Id``)."""
        return message_id(self.source, self.id)


def own_source(service: str) -> str:
    """The source of everything a service of ours says."""
    return f"urn:clientele:{service}"


def stamp_of(time: datetime, source: str, id: str, finer: int = 0) -> str:
    """Where something said at this instant stands among everything that is said."""
    return f"{wire_instant(time).removesuffix('Z')}{finer:03d}Z {source} {id}"


def message_id(source: str, id: str) -> str:
    r"""What every publisher sends as ``Nats-Msg-Id``, or leaves out.

    The first 32 hexadecimal digits of the SHA-256 of ``source + "\n" + id`` in UTF-8.
    """
    return sha256(f"{source}\n{id}".encode()).hexdigest()[:32]


def follow_up(
    cause: Cause, data: EventData, *, service: str, nth: int, time: datetime, key: bytes = b""
) -> Event[Any]:
    """The ``nth`` event this service announces because of ``cause``; the same on every repeat.

    ``key``: a secret of the service, so that nobody else can tell the id beforehand; a running
    service has one, what is only thought through in memory has none.
    """
    origin = "\n".join((cause.source, cause.id, service, data.TYPE, str(nth))).encode()
    digest = hmac.digest(key, origin, "sha256")
    return Event(
        id=b32encode(digest[:20])[:26].decode().lower(),
        source=own_source(service),
        type=data.TYPE,
        version=data.VERSION,
        time=in_utc(time),
        subject=data.key(),
        data=data,
        correlation_id=cause.correlation_id,
        causation_id=cause.id,
        traceparent=_child_trace(cause, span=digest.hex()[-16:]),
    )


def _child_trace(cause: Cause, *, span: str) -> str:
    if cause.traceparent:
        version, trace, _, flags = cause.traceparent.split("-")[:4]
        return f"{version}-{trace}-{span}-{flags}"
    return f"00-{trace_of(cause.correlation_id)}-{span}-01"


def trace_of(correlation_id: str) -> str:
    """The trace of everything that follows from one first cause."""
    return sha256(correlation_id.encode()).hexdigest()[:32]
