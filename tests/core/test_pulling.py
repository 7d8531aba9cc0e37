"""What does a consumer find when the one before it went without a word?"""

import asyncio

import nats
import pytest
from nats.aio.client import Client

from deploy.trial.embedded_nats import EmbeddedNats
from shared.bus import pull_engine
from shared.bus.pull_engine import PullEngine
from shared.clock import monotonic
from tests.core.conftest import prepare_stream, until
from tests.faults.proxy import Proxy
from tests.patience import PATIENCE

SOON = 10.0  # seconds; far less than ack_wait


async def publish(connection: Client, count: int) -> None:
    """Some events, one after the other."""
    for _ in range(count):
        await connection.jetstream(timeout=PATIENCE).publish(
            "events.client-contact-logged.c-1", b"{}"
        )


async def engine(connection: Client) -> PullEngine:
    """A consumer that may consume."""
    may_fetch = asyncio.Event()
    may_fetch.set()
    started = PullEngine(connection, "EVENTS", "intake", may_fetch=may_fetch)
    await started.start()
    return started


async def fetched(pulling: PullEngine, count: int) -> list[tuple[int, int]]:
    """The next events: their sequences, and how often each has been delivered."""
    found: list[tuple[int, int]] = []
    while len(found) < count:
        try:
            messages = await asyncio.wait_for(pulling.fetch(500), SOON)
        except nats.errors.TimeoutError:
            continue
        found += [(m.metadata.sequence.stream, m.metadata.num_delivered or 0) for m in messages]
    return found


async def test_what_a_dead_consumer_had_in_its_hands_comes_back_at_once_and_first(
    nats_url: str, nats_server: EmbeddedNats
) -> None:
    admin = await nats.connect(nats_url)
    await prepare_stream(admin)
    await publish(admin, 5)
    dead = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    before = await engine(dead)
    assert await fetched(before, 5) == [(n, 1) for n in range(1, 6)]
    await dead.close()
    await publish(admin, 3)
    alive = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    started = monotonic()
    after = await fetched(await engine(alive), 8)
    assert after == [*((n, 2) for n in range(1, 6)), *((n, 1) for n in range(6, 9))]
    assert monotonic() - started < SOON
    await alive.close()
    await admin.close()


async def test_what_the_server_gave_back_itself_comes_in_its_place(
    nats_url: str, nats_server: EmbeddedNats
) -> None:
    """What was on its way to a dead consumer the server offers again by itself, and first: before
    what the dead one had in its hands, until the next one asks for all of it in order.
    """
    admin = await nats.connect(nats_url)
    await prepare_stream(admin)
    await publish(admin, 6)
    dead = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    pulled = await dead.jetstream(timeout=PATIENCE).pull_subscribe_bind(
        durable="intake", stream="EVENTS"
    )
    in_hand = await pulled.fetch(6)
    await in_hand[0].ack()
    for on_its_way in in_hand[3:5]:
        await on_its_way.nak()
    await dead.flush()
    await dead.close()
    await publish(admin, 2)
    alive = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    after = await fetched(await engine(alive), 7)
    assert [sequence for sequence, _ in after] == [2, 3, 4, 5, 6, 7, 8]
    await alive.close()
    await admin.close()


async def test_what_is_far_apart_in_the_stream_comes_back_in_order_too(
    nats_url: str, nats_server: EmbeddedNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between what a service that hears few types has in its hands, thousands of others lie."""
    assert pull_engine.GIVEN_BACK_AT_MOST >= 1_000_000  # at 20,000 what lay beyond came late
    monkeypatch.setattr(pull_engine, "AT_ONCE", 100)
    admin = await nats.connect(nats_url)
    await prepare_stream(admin, hears="events.client-contact-logged.>")
    await publish(admin, 1)
    for _ in range(1_000):
        await admin.publish("events.not-heard.c-1", b"{}")
    await publish(admin, 1)
    dead = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    before = [sequence for sequence, _ in await fetched(await engine(dead), 2)]
    await dead.close()
    await publish(admin, 1)
    alive = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    after = await fetched(await engine(alive), 3)
    assert [sequence for sequence, _ in after] == [*before, before[-1] + 1]
    await alive.close()
    await admin.close()


async def test_what_was_answered_for_does_not_come_back(
    nats_url: str, nats_server: EmbeddedNats
) -> None:
    admin = await nats.connect(nats_url)
    await prepare_stream(admin)
    await publish(admin, 3)
    first = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    messages = await (await engine(first)).fetch(500)
    await messages[1].ack()
    await first.close()
    second = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    assert await fetched(await engine(second), 2) == [(1, 2), (3, 2)]
    await second.close()
    await admin.close()


async def test_a_process_that_slept_through_its_lease_fetches_nothing(
    nats_url: str, nats_server: EmbeddedNats
) -> None:
    admin = await nats.connect(nats_url)
    await prepare_stream(admin)
    await publish(admin, 1)
    slept = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    may_fetch, turns = asyncio.Event(), [1]
    may_fetch.set()  # the loop that would clear it has not run yet
    pulling = PullEngine(slept, "EVENTS", "intake", may_fetch=may_fetch, turn=lambda: turns[-1])
    await pulling.start()
    turns.append(0)
    with pytest.raises(nats.errors.TimeoutError):
        await pulling.fetch(500)
    turns.append(2)
    assert await fetched(pulling, 1) == [(1, 1)]
    await slept.close()
    await admin.close()


async def test_what_arrives_while_everything_is_asked_for_again_comes_once(
    nats_url: str, nats_server: EmbeddedNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await nats.connect(nats_url)
    await prepare_stream(admin)
    await publish(admin, 3)
    own = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    pulling = await engine(own)
    assert [sequence for sequence, _ in await fetched(pulling, 3)] == [1, 2, 3]
    ask = pulling._consumer_info

    async def while_more_arrives() -> dict[str, object]:
        await publish(admin, 2)  # the request of before is still open
        return await ask()

    monkeypatch.setattr(pulling, "_consumer_info", while_more_arrives)
    pulling.start_over()
    found = await fetched(pulling, 5)
    await publish(admin, 1)
    found += await fetched(pulling, 1)
    assert [sequence for sequence, _ in found] == [1, 2, 3, 4, 5, 6]
    await own.close()
    await admin.close()


async def test_large_events_come_in_batches_of_bounded_size(
    nats_url: str, nats_server: EmbeddedNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_engine, "BYTES_IN_ONE_BATCH", 400_000)
    monkeypatch.setattr(pull_engine, "BYTES_ASKED", 800_000)
    admin = await nats.connect(nats_url)
    await prepare_stream(admin)
    for _ in range(20):
        await admin.jetstream(timeout=PATIENCE).publish(
            "events.client-contact-logged.c-1", b"x" * 100_000
        )
    own = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    pulling = await engine(own)
    sizes: list[int] = []
    while sum(sizes) < 20:
        try:
            sizes.append(len(await asyncio.wait_for(pulling.fetch(500), SOON)))
        except nats.errors.TimeoutError:
            continue
        assert pulling._bytes_waiting <= 800_000
    assert max(sizes) <= 4
    await own.close()
    await admin.close()


async def test_who_lost_its_turn_leaves_every_event_to_whoever_has_it(
    nats_url: str, nats_server: EmbeddedNats
) -> None:
    admin = await nats.connect(nats_url)
    await prepare_stream(admin)
    await publish(admin, 1)
    turns = {"before": 1, "after": 0}
    may_fetch = asyncio.Event()
    may_fetch.set()
    connections, engines = {}, {}
    for name in turns:
        url = nats_server.url("intake")
        connections[name] = await nats.connect(url, inbox_prefix=b"inbox.intake")
        engines[name] = PullEngine(
            connections[name], "EVENTS", "intake", may_fetch=may_fetch,
            turn=lambda name=name: turns[name],  # type: ignore[misc]
        )  # fmt: skip
        await engines[name].start()
    [message] = await engines["before"].fetch(500)  # and has asked for more
    await message.ack()
    turns |= {"before": 0, "after": 2}
    with pytest.raises(nats.errors.TimeoutError):
        await engines["before"].fetch(500)
    taken = asyncio.create_task(fetched(engines["after"], 8))
    await publish(admin, 8)
    assert await taken == [(n, 1) for n in range(2, 10)]
    for connection in (*connections.values(), admin):
        await connection.close()


async def test_nothing_is_asked_for_while_the_server_is_away(
    nats_url: str, nats_server: EmbeddedNats
) -> None:
    """The client would keep it, and say it when another replica may have the turn."""
    admin = await nats.connect(nats_url)
    await prepare_stream(admin)
    async with Proxy(nats_server.port) as way:
        url = nats_server.url("intake").replace(f":{nats_server.port}", f":{way.port}")
        cut = await nats.connect(
            url, inbox_prefix=b"inbox.intake", max_reconnect_attempts=-1, reconnect_time_wait=0.1,
            error_cb=_ignored,
        )  # fmt: skip
        looks = 0

        def turn() -> int:
            nonlocal looks
            looks += 1
            return 1

        may_fetch = asyncio.Event()
        may_fetch.set()
        pulling = PullEngine(cut, "EVENTS", "intake", may_fetch=may_fetch, turn=turn)
        await pulling.start()
        asking = asyncio.create_task(pulling.fetch(500))

        async def asked() -> bool:
            return pulling._asked > 0

        await until(asked)
        way.refuse()

        async def away() -> bool:
            return not cut.is_connected

        await until(away)
        pulling._asked = looks = 0  # what it had asked for has run out

        async def looked() -> bool:
            return looks > 1

        await until(looked)
        assert not any(b"MSG.NEXT" in said for said in cut._pending)
        asking.cancel()
        await asyncio.wait({asking})
        await cut.close()
    await admin.close()


async def _ignored(_: Exception) -> None:
    return None
