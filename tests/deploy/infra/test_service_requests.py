"""Is a service said to be away only when it is?"""

import asyncio
from collections.abc import AsyncIterator

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from deploy.infra.access.service_requests import ServiceAwayError, Services, services_at
from deploy.trial.embedded_nats import EmbeddedNats
from shared.clock import monotonic
from tests.faults.proxy import HOST, Proxy
from tests.questions_put import questions_put


@pytest.fixture
async def client(nats_url: str) -> AsyncIterator[Client]:
    """The operator's connection, and the services'."""
    connection = await nats.connect(nats_url)
    yield connection
    await connection.close()


async def test_a_service_that_begins_anew_is_waited_for(client: Client) -> None:
    asking = asyncio.create_task(Services(client).ask("intake", {"ask": "time"}))
    await asyncio.wait({asking}, timeout=0.3)  # long enough to be told that nobody is there
    assert not asking.done()

    async def answer(message: Msg) -> None:
        await message.respond(b'{"now": 1}')

    await client.subscribe("ops.intake", cb=answer)
    assert await asking == {"now": 1}


async def test_a_service_that_does_not_run_is_said_not_to_and_waited_for_once(
    client: Client,
) -> None:
    services = Services(client)
    with pytest.raises(ServiceAwayError, match="intake is not running"):
        await services.ask("intake", {"ask": "time"})
    with (
        questions_put(client) as put,
        pytest.raises(ServiceAwayError, match="intake is not running"),
    ):
        await services.ask("intake", {"ask": "ledger"})
    assert len(put) == 1


async def test_who_is_cut_off_comes_back_and_asks_once_more_what_may_be_asked_twice(
    client: Client, nats_server: EmbeddedNats
) -> None:
    asked: list[Proxy] = []

    async def cut_at_first(message: Msg) -> None:
        asked.append(way)
        if len(asked) == 1:
            way.reset()
        else:
            await message.respond(b'{"now": 1}')

    await client.subscribe("ops.intake", cb=cut_at_first)
    async with Proxy(nats_server.port) as way:
        url = nats_server.url("admin").replace(str(nats_server.port), str(way.port))
        async with services_at(url) as services:
            assert await services.ask("intake", {"ask": "time"}, 1.0) == {"now": 1}
    assert len(asked) == 2


async def test_what_may_not_be_asked_twice_is_not(
    client: Client, nats_server: EmbeddedNats
) -> None:
    asked: list[Proxy] = []

    async def cut(_: Msg) -> None:
        asked.append(way)
        way.reset()

    await client.subscribe("ops.intake", cb=cut)
    async with Proxy(nats_server.port) as way:
        url = nats_server.url("admin").replace(str(nats_server.port), str(way.port))
        async with services_at(url) as services:
            with pytest.raises(ServiceAwayError, match="intake does not answer"):
                await services.ask("intake", {"ask": "staff", "do": "add"}, 1.0)
    assert len(asked) == 1


async def test_where_nobody_listens_it_is_said_at_once() -> None:
    began = monotonic()
    with pytest.raises(ServiceAwayError, match="the event stream does not answer"):
        async with services_at(f"nats://{HOST}:1"):
            pytest.fail("nobody is there")
    assert monotonic() - began < 30.0  # a moment, on a quiet machine
