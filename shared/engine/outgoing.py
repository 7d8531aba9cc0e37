"""What does the engine hand to the bus, and what does it rely on?"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from shared.engine.received_events import Received
from shared.errors import TemporaryError


class StreamAwayError(TemporaryError):
    """The stream takes nothing from anybody now: it is away, missing or full."""


@dataclass(frozen=True, slots=True)
class OutgoingEvent:
    """One event ready to go: where to, under which identity, and its bytes."""

    subject: str
    msg_id: str
    body: bytes


IsFirst = Callable[[], Awaitable[bool]]


class EventPublisher(Protocol):
    """The way into the stream."""

    async def publish(
        self, events: Sequence[OutgoingEvent], *, first: IsFirst | None = None
    ) -> None:
        """All of these are in the stream when this returns (a repeated one once).

        ``first``: says, where the stream has one of these already, whether none of ours can have
        published it. Then somebody else has used its identity, and it is published under none.

        Raises TemporaryError when the stream refuses one of these or does not answer in time, and
        StreamAwayError when it takes nothing at all; publishing again is always safe, the stream
        drops what it has by its identity.
        """

    async def is_answering(self) -> bool:
        """Whether the stream is there, whatever it makes of one event."""


class Connection(Protocol):
    """Questions to other services and to the stream's server."""

    @property
    def is_connected(self) -> bool:
        """Whether the server is there just now."""

    async def ask(self, subject: str, payload: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a request; raises NobodyAnswersError when there is none in time."""

    async def consumer(self, durable: str) -> dict[str, Any]:
        """The stream's durable consumer as the server sees it (JetStream's CONSUMER.INFO).

        Raises TemporaryError when the server is away or the durable is missing.
        """

    async def last_sequence(self) -> int:
        """The sequence of the last event in the stream; TemporaryError when it is away."""

    async def stored(self, subject: str, after: int) -> int | None:
        """The sequence of the next event on this subject (with wildcards); None: there is none."""

    def kept_events(self, newest: int) -> AsyncIterator[Received]:
        """Every event the stream has kept up to this sequence, in its order.

        Only for a service that may read the past; TemporaryError when the stream does not answer.
        """

    async def overwrite(self, sequence: int) -> None:
        """Take one event out of the stream, and its bytes off the disk; gone before is fine."""
