"""Is the past told whole, or not at all?"""

from collections.abc import AsyncIterator

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import StreamConfig

from deploy.infra.access.service_requests import ServiceAwayError
from deploy.infra.access.stored_events import kept_events, next_event
from shared.bus.stored_events import stored_events
from shared.errors import TemporaryError
from tests.patience import PATIENCE

NOWHERE = "NOWHERE"
ASKED = "$JS.API.DIRECT.GET.NOWHERE"
REFUSALS = ["408", "413", "503"]


@pytest.fixture
async def client(nats_url: str) -> AsyncIterator[Client]:
    """Whoever reads."""
    connection = await nats.connect(nats_url)
    yield connection
    await connection.close()


@pytest.fixture
async def past(client: Client) -> Client:
    """Whoever reads, and three events."""
    streams = client.jetstream(timeout=PATIENCE)
    await streams.add_stream(StreamConfig(name="EVENTS", subjects=["events.>"], allow_direct=True))
    for number in range(3):
        await streams.publish(f"events.matter-opened.m-{number}", b"{}")
    return client


@pytest.mark.parametrize(("newest", "wanted"), [(3, [1, 2, 3]), (2, [1, 2]), (9, [1, 2, 3])])
async def test_every_event_up_to_the_newest_is_told_in_its_order(
    past: Client, newest: int, wanted: list[int]
) -> None:
    told = [each.sequence async for each in stored_events(past, "EVENTS", newest)]
    assert told == wanted


async def test_a_stream_that_is_not_there_is_no_empty_past(client: Client) -> None:
    """NATS says itself that nobody answers."""
    with pytest.raises(TemporaryError):
        await anext(stored_events(client, NOWHERE, 9))


@pytest.mark.parametrize("status", REFUSALS)
async def test_a_stream_that_cannot_say_is_no_empty_past(client: Client, status: str) -> None:
    async def refuse(message: Msg) -> None:
        await client.publish(message.reply, b"", headers={"Status": status})

    await client.subscribe(ASKED, cb=refuse)
    with pytest.raises(TemporaryError):
        await anext(stored_events(client, NOWHERE, 9))


@pytest.mark.parametrize("status", REFUSALS)
async def test_an_operator_is_told_that_it_cannot_say(
    client: Client, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "deploy.infra.access.stored_events"
    monkeypatch.setattr(f"{module}.STREAM", NOWHERE)
    monkeypatch.setattr(f"{module}.DIRECT_GET", ASKED)

    async def refuse(message: Msg) -> None:
        await client.publish(message.reply, b"", headers={"Status": status})

    await client.subscribe(ASKED, cb=refuse)
    with pytest.raises(ServiceAwayError):
        await next_event(client, "events.>", 1)
    with pytest.raises(ServiceAwayError):
        await anext(kept_events(client, 9))
