"""Is a service that says it is there one that whoever asks will find?"""

import asyncio
import json

import nats
from prometheus_client import CollectorRegistry

from deploy.trial.embedded_nats import EmbeddedNats
from shared.bus.connection import Bus
from shared.contracts.requests import Answer, Asked, RequestType
from tests.faults.proxy import Proxy


class Name(Asked):
    """The sample's question."""

    name: str


class Greeting(Answer):
    """The sample's answer."""

    text: str


async def hello(asked: Name) -> Answer:
    """The sample's answer."""
    return Greeting(text=f"hello {asked.name}")


async def test_whoever_asks_right_after_a_service_began_to_answer_is_answered(
    nats_server: EmbeddedNats, nats_url: str
) -> None:
    asking = await nats.connect(nats_url)
    async with Proxy(nats_server.port) as way:
        url = nats_server.url("intake").replace(f":{nats_server.port}", f":{way.port}")
        bus = Bus(url, "intake", asyncio.Event())
        await bus.connect()
        way.to_server.delay = 0.2  # a busy machine
        views = RequestType("views", "Greets.", Name, (Greeting,))
        await bus.answer([views], {"views": hello}, CollectorRegistry())
        said = await asking.request("views.intake", b'{"name": "Ada"}', timeout=30)
        assert json.loads(said.data) == {"text": "hello Ada"}
        await bus.finish()
        await bus.disconnect()
    await asking.close()
