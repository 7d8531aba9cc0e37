"""Does the proxy really do to a connection what it says?"""

import asyncio
from collections.abc import AsyncIterator

import pytest

from shared.clock import monotonic
from tests.faults.proxy import HOST, Proxy

SILENT = 0.2  # seconds in which an unhindered answer would long have come


@pytest.fixture
async def echo() -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server that says back what it hears, and what it heard."""
    heard: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(100):
            heard.append(piece)
            writer.write(piece)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, HOST, 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heard


class Talk:
    """One connection through the proxy."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def ask(self, words: bytes, seconds: float = 5.0) -> bytes:
        """Say something and wait for the answer."""
        self.writer.write(words)
        await self.writer.drain()
        return await asyncio.wait_for(self.reader.readexactly(len(words)), seconds)


async def talk_over(proxy: Proxy) -> Talk:
    return Talk(*await asyncio.open_connection(HOST, proxy.port))


async def test_an_unhindered_proxy_carries_both_ways(echo: tuple[int, list[bytes]]) -> None:
    async with Proxy(echo[0]) as proxy:
        talk = await talk_over(proxy)
        assert await talk.ask(b"hello") == b"hello"
        talk.writer.close()


async def test_a_cut_resets_what_is_open_and_lets_new_connections_in(
    echo: tuple[int, list[bytes]],
) -> None:
    async with Proxy(echo[0]) as proxy:
        talk = await talk_over(proxy)
        await talk.ask(b"hello")
        assert proxy.reset() == 1
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await talk.ask(b"again")
        assert await (await talk_over(proxy)).ask(b"anew") == b"anew"


async def test_a_refusing_proxy_takes_nobody_until_it_is_healed(
    echo: tuple[int, list[bytes]],
) -> None:
    async with Proxy(echo[0]) as proxy:
        proxy.refuse()
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await (await talk_over(proxy)).ask(b"hello")
        proxy.heal()
        assert await (await talk_over(proxy)).ask(b"hello") == b"hello"


async def test_a_delay_holds_every_piece_that_long(echo: tuple[int, list[bytes]]) -> None:
    async with Proxy(echo[0]) as proxy:
        talk = await talk_over(proxy)
        proxy.to_client.delay = SILENT
        started = monotonic()
        assert await talk.ask(b"hello") == b"hello"
        assert monotonic() - started >= SILENT


@pytest.mark.parametrize("direction", ["to_server", "to_client"])
async def test_a_silent_direction_loses_nothing_and_tells_nobody(
    echo: tuple[int, list[bytes]], direction: str
) -> None:
    port, heard = echo
    async with Proxy(port) as proxy:
        talk = await talk_over(proxy)
        getattr(proxy, direction).silence()
        with pytest.raises(asyncio.TimeoutError):
            await talk.ask(b"hello", SILENT)
        assert heard == ([] if direction == "to_server" else [b"hello"])
        proxy.heal()
        assert await asyncio.wait_for(talk.reader.readexactly(5), 5.0) == b"hello"


async def test_a_server_that_is_away_shows_as_a_reset() -> None:
    async with Proxy(1) as proxy:
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await (await talk_over(proxy)).ask(b"hello")
