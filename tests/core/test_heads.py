"""Is nobody waited for who does not say what they want, and everybody else left alone?"""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from shared.process import heads
from shared.process.web import server

ASK = b"GET / HTTP/1.1\r\nHost: firm\r\n"


@pytest.fixture
async def port(port_base: int, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A server that waits a moment for heads, and answers late."""
    monkeypatch.setattr(heads, "HEAD_SECONDS", 0.3)
    web = FastAPI()

    @web.get("/")
    async def slow() -> str:
        await asyncio.sleep(0.6)  # the work itself: longer than a head may take
        return "done"

    serving = server(web, "127.0.0.1", port_base)
    task = asyncio.create_task(serving.serve())
    while not serving.started:  # noqa: ASYNC110 - the server tells it no other way
        await asyncio.sleep(0.01)
    yield port_base
    serving.should_exit = True
    await task


async def hung_up_on(port: int, *said: bytes) -> bool:
    """Whether a connection on which this is said ends without an answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for each in said:
        writer.write(each)
        await writer.drain()
    answer = await asyncio.wait_for(reader.read(1), 5)
    writer.close()
    return answer == b""


async def test_who_says_nothing_or_half_a_head_is_let_go(port: int) -> None:
    assert await hung_up_on(port)
    assert await hung_up_on(port, ASK)


async def test_who_has_said_it_is_answered_however_long_the_answer_takes(port: int) -> None:
    assert not await hung_up_on(port, ASK, b"\r\n")


async def test_the_next_head_on_a_connection_has_to_come_in_time_too(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(ASK + b"\r\n")
    head = await reader.readuntil(b"\r\n\r\n")
    assert b" 200 " in head
    await reader.readexactly(len(b'"done"'))
    writer.write(ASK)
    assert await asyncio.wait_for(reader.read(1), 5) == b""
    writer.close()
