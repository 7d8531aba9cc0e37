"""Does NATS answer this process, whatever its connection looks like?

A network that swallows what is sent looks like a connection until the client gives it up, and that
takes longer than another replica should wait for the leases of this one.
"""

import asyncio

from nats.aio.client import Client
from nats.errors import Error

from shared.clock import monotonic

BEAT_SECONDS = 1.0
SILENT_SECONDS = 3.0
FORGOTTEN_SECONDS = 60  # the client has given up the connection long before


class Pulse:
    """Asks the server for a sign of life every second."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._asked_at: float | None = None  # since when an answer is waited for
        self._beats: set[asyncio.Task[None]] = set()

    @property
    def answers(self) -> bool:
        """Whether the server is there just now."""
        waits = self._asked_at is not None and monotonic() - self._asked_at > SILENT_SECONDS
        return self._client.is_connected and not waits

    async def keep(self) -> None:
        """Until the client has closed its connection for good, which it may do without a word.

        A beat is never cancelled: the client would stumble over the answer that comes after all.
        """
        while not self._client.is_closed:
            if self._client.is_connected:
                beat = asyncio.create_task(self._beat())
                self._beats.add(beat)
                beat.add_done_callback(self._beats.discard)
            await asyncio.sleep(BEAT_SECONDS)

    async def _beat(self) -> None:
        if self._asked_at is None:
            self._asked_at = monotonic()
        try:
            await self._client.flush(FORGOTTEN_SECONDS)
        except (Error, OSError):
            return
        self._asked_at = None
