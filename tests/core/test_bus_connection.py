"""Does a service go on listening whatever its connection goes through?"""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import nats
import pytest
from nats.aio.msg import Msg

from deploy.trial.embedded_nats import EmbeddedNats
from shared.bus import connection as module
from shared.bus import pulse
from shared.bus.connection import CONNECTION_LOST_FOR_GOOD, Bus
from shared.bus.patience import done_within
from tests.core.conftest import until
from tests.faults.proxy import Proxy


@pytest.fixture
async def way(nats_url: str, nats_server: EmbeddedNats) -> AsyncIterator[Proxy]:
    """A way to NATS that can be cut and silenced."""
    async with Proxy(nats_server.port) as proxy:
        yield proxy


@pytest.fixture
async def bus(way: Proxy, nats_server: EmbeddedNats) -> AsyncIterator[Bus]:
    """Intake's connection over that way."""
    url = nats_server.url("intake").replace(f":{nats_server.port}", f":{way.port}")
    joined = Bus(url, "intake", may_consume=asyncio.Event())
    await joined.connect()
    yield joined
    way.heal()
    await joined.disconnect()


def client_of(bus: Bus) -> Any:
    """The connection itself."""
    return bus._client


async def test_an_answer_that_comes_after_the_wait_for_it_is_heard_without_harm(
    bus: Bus, way: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """nats-py's read loop ends at the answer to a flush that was cancelled."""
    monkeypatch.setattr(module, "LEAVE_SECONDS", 0.2)
    way.to_server.silence()
    await bus.be_asked(False)  # gives the wait up, not the flush
    way.heal()
    await client_of(bus).flush()
    assert not client_of(bus)._reading_task.done()


async def test_a_wait_that_ends_leaves_what_it_waited_for_going_on() -> None:
    done, may_end = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        await may_end.wait()
        done.set()

    async def failing() -> None:
        raise ValueError

    assert not await done_within(0.01, slow())
    may_end.set()
    await done.wait()
    assert not await done_within(1.0, failing())
    assert await done_within(1.0)


async def test_an_answer_over_a_new_connection_is_late_and_no_violation(
    bus: Bus, way: Proxy, nats_server: EmbeddedNats
) -> None:
    """A process that stood still tries to answer what it was asked before its connection broke."""
    asked: list[Msg] = []

    async def hear(message: Msg) -> None:
        asked.append(message)

    await client_of(bus).subscribe("decisions.intake", cb=hear)
    await client_of(bus).flush()
    desk = await nats.connect(nats_server.url("desk"), inbox_prefix=b"inbox.desk")
    await desk.publish("decisions.intake", b"{}", reply="inbox.desk.somebody")

    async def heard() -> bool:
        return bool(asked)

    await until(heard)
    await client_of(bus).force_reconnect()

    async def joined_again() -> bool:
        return bool(client_of(bus).is_connected)

    await until(joined_again)
    await asked[0].respond(b"{}")
    await client_of(bus).publish("events.of-another.c-1", b"{}")  # a real one

    async def counted() -> bool:
        return bus.permission_violations > 0

    await until(counted)
    assert bus.permission_violations == 1
    await desk.close()


def test_no_flush_waits_less_long_than_its_answer_may_take() -> None:
    """nats-py's reader ends when the answer comes to a flush that was given up."""
    sources = Path(module.__file__).parent.rglob("*.py")
    flushes = [
        each for path in sources for each in re.findall(r"\.flush\((.*?)\)", path.read_text())
    ]
    assert flushes, "nothing is looked at"
    assert set(flushes) == {"FORGOTTEN_SECONDS"}


async def test_whose_log_in_comes_too_late_comes_back_by_itself(
    bus: Bus, way: Proxy, nats_server: EmbeddedNats
) -> None:
    """Over the error that says so, nats-py comes back to nobody."""
    way.to_server.silence()
    way.reset()
    tried = way.connections

    async def tried_again() -> bool:
        return way.connections >= tried + 3

    await until(tried_again)
    assert not client_of(bus).is_closed
    way.heal()
    way.reset()

    async def joined_again() -> bool:
        return bool(client_of(bus).is_connected)

    await until(joined_again)


async def test_a_connection_closed_for_good_ends_the_process_though_the_client_says_nothing(
    way: Proxy, nats_server: EmbeddedNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "BEAT_SECONDS", 0.05)
    ended: list[int] = []
    monkeypatch.setattr("os._exit", ended.append)
    url = nats_server.url("intake").replace(f":{nats_server.port}", f":{way.port}")
    joined = Bus(url, "intake", may_consume=asyncio.Event())
    await joined.connect()
    keeping = asyncio.create_task(joined.keep_pulse())
    client_of(joined)._closed_cb = None
    await client_of(joined).close()
    await keeping
    assert ended == [CONNECTION_LOST_FOR_GOOD]


async def test_who_leaves_over_a_connection_that_is_gone_leaves_in_order(bus: Bus) -> None:
    bus._leaving = True
    await client_of(bus).close()
    await bus.disconnect()
    assert client_of(bus).is_closed
