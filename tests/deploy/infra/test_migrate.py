"""Does migrating bring real servers to where the services need them, once or many times?"""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import nats
import pytest
from nats.errors import MaxPayloadError
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, StorageType
from nats.js.errors import APIError
from pymongo import MongoClient

from deploy.infra.grants import STREAM
from deploy.infra.migrate import Target, migrate, types_heard
from deploy.infra.services import SERVICES
from deploy.infra.stream import consumer, stream
from deploy.trial.embedded_mongo import EmbeddedMongo
from shared.contracts.validation import MAX_EVENT_BYTES
from tests.wired_apps import wired_apps

MIB = 1024**2
DAY = 24 * 3600
STREAM_IS_FULL = 10077


@pytest.fixture
def target(nats_url: str, mongo_server: EmbeddedMongo) -> Target:
    return Target(nats_url=nats_url, mongo_url=mongo_server.url(), stream_bytes=64 * MIB)


@pytest.fixture
async def streams(nats_url: str) -> AsyncIterator[JetStreamContext]:
    connection = await nats.connect(nats_url)
    yield connection.jetstream(timeout=30)
    await connection.close()


async def test_the_stream_keeps_every_event_for_90_days_and_refuses_rather_than_forgets(
    target: Target, streams: JetStreamContext
) -> None:
    await migrate(target)
    settings = (await streams.stream_info(STREAM)).config
    assert settings.subjects == ["events.>"]
    assert settings.storage == StorageType.FILE
    assert settings.discard == DiscardPolicy.NEW
    assert settings.max_age == 90 * DAY
    assert settings.duplicate_window == 3600
    assert settings.max_bytes == 64 * MIB


@pytest.mark.parametrize("service", SERVICES)
async def test_a_consumer_hands_out_what_its_service_hears(
    target: Target, streams: JetStreamContext, service: str
) -> None:
    await migrate(target)
    settings = (await streams.consumer_info(STREAM, service)).config
    heard = types_heard(wired_apps()[service])
    wanted = {"events.>"} if heard is None else {f"events.{kind}.>" for kind in heard}
    assert {settings.filter_subject, *(settings.filter_subjects or [])} - {None} == wanted
    assert (settings.max_deliver, settings.ack_wait) == (-1, 30)


async def test_reminders_the_desk_and_the_gateway_hear_everything() -> None:
    everything = {name for name, app in wired_apps().items() if types_heard(app) is None}
    assert everything == {"reminders", "desk", "gateway"}


async def test_migrating_again_keeps_events_and_progress(
    target: Target, streams: JetStreamContext
) -> None:
    await migrate(target)
    await streams.publish("events.matter-opened.m-1", b"{}")
    await streams.publish("events.matter-opened.m-2", b"{}")
    pull = await streams.pull_subscribe_bind("desk", STREAM)
    (first,) = await pull.fetch(1)
    await first.ack_sync()
    await migrate(target)
    info = await streams.consumer_info(STREAM, "desk")
    assert ((await streams.stream_info(STREAM)).state.messages, info.num_pending) == (2, 1)


async def test_migrating_without_a_size_leaves_the_stream_as_large_as_it_is(
    target: Target, streams: JetStreamContext
) -> None:
    await migrate(target)
    await migrate(replace(target, stream_bytes=None))
    assert (await streams.stream_info(STREAM)).config.max_bytes == 64 * MIB


async def test_a_new_stream_without_a_size_gets_the_one_for_new_streams(
    target: Target, streams: JetStreamContext
) -> None:
    await migrate(replace(target, stream_bytes=None, new_stream_bytes=32 * MIB))
    assert (await streams.stream_info(STREAM)).config.max_bytes == 32 * MIB


async def test_a_stream_can_grow(target: Target, streams: JetStreamContext) -> None:
    await migrate(target, apps={})
    larger = Target(target.nats_url, target.mongo_url, 128 * MIB)
    await migrate(larger, apps={})
    assert (await streams.stream_info(STREAM)).config.max_bytes == 128 * MIB


async def test_a_consumer_follows_what_its_service_hears_in_the_next_release(
    target: Target, streams: JetStreamContext
) -> None:
    await migrate(target, apps={})
    await streams.add_consumer(STREAM, consumer("feedback", ["matter-closed"]))
    await migrate(target)
    settings = (await streams.consumer_info(STREAM, "feedback")).config
    assert len(settings.filter_subjects or []) > 1


async def test_an_event_that_is_too_large_gets_in_to_become_a_dead_letter(
    target: Target, streams: JetStreamContext
) -> None:
    await migrate(target, apps={})
    acknowledgement = await streams.publish("events.matter-opened.m-1", b"x" * 2 * MAX_EVENT_BYTES)
    assert acknowledgement.seq == 1


async def test_what_is_more_than_twice_an_event_is_refused_to_whoever_sends_it(
    target: Target, streams: JetStreamContext
) -> None:
    await migrate(target, apps={})
    with pytest.raises(MaxPayloadError):
        await streams.publish("events.matter-opened.m-1", b"x" * (2 * MAX_EVENT_BYTES + 1))


async def test_a_full_stream_refuses_new_events(nats_url: str) -> None:
    connection = await nats.connect(nats_url)
    streams = connection.jetstream(timeout=30)
    await streams.add_stream(stream(MIB))
    with pytest.raises(APIError) as refused:
        for _ in range(20):
            await streams.publish("events.matter-opened.m-1", b"x" * 100_000)
    kept = (await streams.stream_info(STREAM)).state
    await connection.close()
    assert refused.value.err_code == STREAM_IS_FULL
    assert kept.first_seq == 1


async def test_every_service_finds_its_collections_and_indexes(target: Target) -> None:
    await migrate(target)
    with MongoClient[dict[str, Any]](target.mongo_url) as client:
        for service in SERVICES:
            names = client[service].list_collection_names()
            assert {"handled_events", "outbox", "dead_letters", "ledger"} <= set(names)
            assert "keys" in client[f"{service}_keys"].list_collection_names()
