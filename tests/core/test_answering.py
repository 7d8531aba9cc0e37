"""Is a service that says it is there one that whoever asks will find, until it is gone?"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import nats
from nats.aio.client import Client
from nats.errors import NoRespondersError
from prometheus_client import CollectorRegistry

from deploy.trial.embedded_nats import EmbeddedNats
from shared.bus.connection import AWAY_SECONDS, Bus
from shared.contracts.requests import Answer, Asked, RequestType
from tests.faults.proxy import Proxy
from tests.patience import PATIENCE

QUESTION = b'{"name": "Ada"}'
Slowly = Callable[[float], None]


class Name(Asked):
    """The sample's question."""

    name: str


class Greeting(Answer):
    """The sample's answer."""

    text: str


async def hello(asked: Name) -> Answer:
    """The sample's answer."""
    return Greeting(text=f"hello {asked.name}")


@asynccontextmanager
async def behind_a_proxy(server: EmbeddedNats) -> AsyncIterator[tuple[Bus, Slowly]]:
    """A service's bus, and how to have what it says reach the server late."""
    async with Proxy(server.port) as way:
        url = server.url("intake").replace(f":{server.port}", f":{way.port}")
        bus = Bus(url, "intake", asyncio.Event())
        await bus.connect()

        def slowly(seconds: float) -> None:
            way.to_server.delay = seconds

        yield bus, slowly
        await bus.disconnect()


async def answering(bus: Bus) -> None:
    """It answers from now on."""
    views = RequestType("views", "Greets.", Name, (Greeting,))
    await bus.answer([views], {"views": hello}, CollectorRegistry())


async def is_heard(asking: Client) -> bool:
    """Whether somebody answers; an answer that never comes is a failure."""
    try:
        said = await asking.request("views.intake", QUESTION, timeout=PATIENCE)
    except NoRespondersError:
        return False
    return bool(json.loads(said.data) == {"text": "hello Ada"})


async def asked_until_nobody_is_there(ask: Callable[[], Awaitable[bool]]) -> list[bool]:
    """What each of those is told who ask one after another, and wait for no one else's answer."""
    asked = list[asyncio.Task[bool]]()
    while not any(each.done() and not each.result() for each in asked):
        asked.append(asyncio.ensure_future(ask()))
        await asyncio.wait(asked[-1:], timeout=0.2)
    return list(await asyncio.gather(*asked))


async def test_whoever_asks_right_after_a_service_began_to_answer_is_answered(
    nats_server: EmbeddedNats, nats_url: str
) -> None:
    asking = await nats.connect(nats_url)
    async with behind_a_proxy(nats_server) as (bus, slowly):
        slowly(0.2)  # a busy machine
        await answering(bus)
        assert await is_heard(asking)
        await bus.finish()
    await asking.close()


async def test_whoever_asks_while_a_service_leaves_is_answered_however_slowly_nats_learns_of_it(
    nats_server: EmbeddedNats, nats_url: str
) -> None:
    asking = await nats.connect(nats_url)
    async with behind_a_proxy(nats_server) as (bus, slowly):
        await answering(bus)
        slowly(2 * AWAY_SECONDS)  # a very busy machine
        leaving = asyncio.create_task(bus.finish())
        told = await asked_until_nobody_is_there(lambda: is_heard(asking))
        assert True in told
        await leaving
        slowly(0)
    await asking.close()
