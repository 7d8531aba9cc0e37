"""How long may somebody take to say what they want? Ten seconds for the head of a request.

The server waits for a head for as long as it takes: whoever opens connections and says a letter a
minute on each would hold them all. What follows the head is bounded by whoever reads it.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0


class HeadsInTime(H11Protocol):
    """Lets go of a connection on which no whole head has come in time."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The time runs from here."""
        super().connection_made(transport)
        self._late = self.loop.call_later(HEAD_SECONDS, self._let_go)

    def data_received(self, data: bytes) -> None:
        """The time runs for the next head from its first letter on."""
        if self._late is None and self.conn.their_state is h11.IDLE:
            self._late = self.loop.call_later(HEAD_SECONDS, self._let_go)
        super().data_received(data)

    def handle_events(self) -> None:
        """A head has come: the time stands still."""
        super().handle_events()
        if self.conn.their_state is not h11.IDLE:
            self._stand_still()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._stand_still()
        super().connection_lost(exc)

    def _stand_still(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _let_go(self) -> None:
        self._late = None
        self.transport.close()
