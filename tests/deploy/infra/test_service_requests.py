"""Is a service said to be away only when it is?"""

import asyncio
from collections.abc import AsyncIterator

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from deploy.infra.access.service_requests import ServiceAwayError, Services
from shared.bus.given_to_one import ANEW_SECONDS
from shared.clock import monotonic


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
    began = monotonic()
    with pytest.raises(ServiceAwayError, match="intake is not running"):
        await services.ask("intake", {"ask": "ledger"})
    assert monotonic() - began < ANEW_SECONDS
