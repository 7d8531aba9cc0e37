"""What if the network between two parts cuts, delays, or goes silent in one direction?

A TCP proxy that stands between a client and a server and does each of these on demand, to the
connections that exist and to those that are opened while it lasts.
"""

import asyncio
import socket
import struct
from contextlib import suppress
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
CHUNK = 65536
RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER with no time: RST instead of FIN


class Direction:
    """One way of the traffic: flowing, late, or silent."""

    def __init__(self) -> None:
        self.delay = 0.0
        self._open = asyncio.Event()
        self._open.set()

    def silence(self) -> None:
        """From now on nothing comes through, and nobody is told."""
        self._open.clear()

    def heal(self) -> None:
        """As before; what was on its way arrives now."""
        self.delay = 0.0
        self._open.set()

    async def passed(self) -> None:
        """Wait until a piece may go on."""
        if self.delay:
            await asyncio.sleep(self.delay)
        await self._open.wait()


class Proxy:
    """Stands before one port; ``to_server`` and ``to_client`` are its two directions."""

    def __init__(self, target: int, port: int = 0) -> None:
        self.target = target
        self.port = port
        self.to_server, self.to_client = Direction(), Direction()
        self.refusing = False
        self.connections = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._work: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._join, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._server.close()
        self.reset()
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    def reset(self) -> int:
        """Cut every connection with a reset; how many there were. New ones are taken."""
        cut = list(self._open)
        for writer in cut:
            _reset(writer)
        return len(cut) // 2

    def refuse(self) -> None:
        """Cut, and reset whoever comes until ``heal``."""
        self.refusing = True
        self.reset()

    def heal(self) -> None:
        """Everything flows again."""
        self.refusing = False
        self.to_server.heal()
        self.to_client.heal()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self.refusing:
            _reset(writer)
            return
        try:
            there, back = await asyncio.open_connection(HOST, self.target)
        except OSError:
            _reset(writer)
            return
        self._open |= {writer, back}
        for source, sink, direction in (
            (reader, back, self.to_server), (there, writer, self.to_client),
        ):  # fmt: skip
            task = asyncio.create_task(self._carry(source, sink, direction))
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def _carry(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, direction: Direction
    ) -> None:
        try:
            while piece := await source.read(CHUNK):
                await direction.passed()
                sink.write(piece)
                await sink.drain()
            await direction.passed()
        except (ConnectionError, OSError):
            _reset(sink)
        finally:
            self._open.discard(sink)
            sink.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST, as a machine does that has forgotten the connection."""
    with suppress(OSError, AttributeError):
        plug: socket.socket = writer.get_extra_info("socket")
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    writer.transport.abort()
