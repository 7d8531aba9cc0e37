"""How far has this service come in the stream?"""

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.engine.outgoing import Connection

REMEMBERED = 10_000  # batches settled and not yet below the stream's floor
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Progress:
    """What is waiting for a durable, and up to when everything has been consumed."""

    def __init__(self, connection: Connection, durable: str) -> None:
        self._connection = connection
        self._durable = durable
        self._until = LONG_AGO
        self._committed: deque[tuple[int, datetime]] = deque(maxlen=REMEMBERED)
        self.pending = 0
        self.ack_pending = 0

    def committed(self, sequence: int, stored_at: datetime) -> None:
        """A batch that ended with this event has been committed, here or by another replica."""
        if not self._committed or sequence > self._committed[-1][0]:
            self._committed.append((sequence, stored_at))

    async def ask(self) -> dict[str, Any]:
        """The consumer as the server sees it; raises TemporaryError when NATS is away."""
        info = await self._connection.consumer(self._durable)
        self.pending, self.ack_pending = info["num_pending"], info["num_ack_pending"]
        return info

    def server_time(self, info: Mapping[str, Any]) -> datetime:
        """When, by its own clock, the server gave this answer."""
        return _instant(info["ts"])

    async def idle(self) -> bool:
        """Whether nothing waits and nothing is in flight."""
        info = await self.ask()
        return bool(info["num_pending"] == 0 and info["num_ack_pending"] == 0)

    async def consumed_until(self) -> datetime:
        """Every event the stream received before this real instant has been consumed.

        The stream's own floor decides, below which everything has been acknowledged: an event that
        was given back, or was in the hands of a process that died, holds it down.
        """
        info = await self.ask()
        if info["num_pending"] == 0 and info["num_ack_pending"] == 0:
            self._until = max(self._until, _instant(info["ts"]))
        floor = info["ack_floor"]["stream_seq"]
        while self._committed and self._committed[0][0] <= floor:
            self._until = max(self._until, self._committed.popleft()[1])
        return self._until


def _instant(text: str) -> datetime:
    """The server's RFC 3339 instant with nanoseconds, cut to microseconds."""
    head, _, rest = text.partition(".")
    digits = "".join(ch for ch in rest if ch.isdigit())[:6].ljust(6, "0") if rest else "000000"
    return datetime.fromisoformat(f"{head.removesuffix('Z')}.{digits}+00:00")
