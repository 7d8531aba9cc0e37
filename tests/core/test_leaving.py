"""Does a service that is told to stop finish what it has in hand?"""

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import nats
import pytest

from shared.engine import ledger
from tests.core.conftest import Running, until
from tests.core.test_consuming import contact, contacts_of
from tests.patience import PATIENCE


async def test_a_stop_under_load_leaves_nothing_half_done(running: Running) -> None:
    for _ in range(300):
        await running.publish(contact())

    async def begun() -> bool:
        return (await running.ledger()).get("received", 0) > 0

    await until(begun)
    await running.process.leave()
    ledger = await running.ledger()
    info = await running.streams.consumer_info("EVENTS", "intake")
    stream = await running.streams.stream_info("EVENTS")
    settled = ledger["received"]
    assert stream.state.messages == settled + info.num_pending + info.num_ack_pending


async def test_a_replica_that_leaves_gives_its_leases_back(running: Running) -> None:
    await running.publish(contact())
    await running.settled(1)
    await running.process.leave()
    held = await running.db.collection("leases").count_documents({"until": {"$ne": None}})
    assert held == 0


async def test_what_was_asked_before_a_stop_is_answered_and_nothing_is_asked_after(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, let_go = asyncio.Event(), asyncio.Event()
    read = ledger.read

    async def slowly(*args: Any) -> Any:
        asked.set()
        await let_go.wait()
        return await read(*args)

    of_requests = SimpleNamespace(read=slowly)  # the gauges read it too
    monkeypatch.setattr("shared.requests.ops.ledger", of_requests)
    question = b'{"ask": "ledger"}'
    answer = asyncio.create_task(running.nats.request("ops.intake", question, timeout=PATIENCE))
    await asked.wait()
    leaving = asyncio.create_task(running.process.leave())

    async def nobody_listens() -> bool:
        try:
            await running.nats.request("ops.intake", b'{"ask": "time"}', timeout=PATIENCE)
        except nats.errors.NoRespondersError:
            return True
        return False

    await until(nobody_listens)
    assert not answer.done()
    let_go.set()
    assert "ledger" in json.loads((await answer).data)
    await leaving


async def test_many_requests_at_the_moment_of_a_stop_are_all_answered_or_refused_at_once(
    running: Running,
) -> None:
    async def ask() -> str:
        try:
            reply = await running.nats.request("ops.intake", b'{"ask": "time"}', timeout=PATIENCE)
        except nats.errors.NoRespondersError:
            return "nobody"
        return "answered" if "now" in json.loads(reply.data) else "refused"

    asking = [asyncio.create_task(ask()) for _ in range(200)]
    await running.nats.flush()
    await running.process.leave()
    assert set(await asyncio.gather(*asking)) <= {"answered", "nobody"}


async def test_a_replica_without_its_database_leaves_requests_to_those_that_can_answer(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away() -> bool:
        return False

    async def asked() -> str:
        try:
            await running.nats.request("ops.intake", b'{"ask": "time"}', timeout=PATIENCE)
        except nats.errors.NoRespondersError:
            return "nobody"
        return "answered"

    async def left_to_others() -> bool:
        return await asked() == "nobody"

    async def taken() -> bool:
        return await asked() == "answered"

    assert await taken()
    with monkeypatch.context() as cut:
        cut.setattr(running.process._database, "ping", away)
        await until(left_to_others)
    await until(taken)


__all__ = ["contacts_of"]
