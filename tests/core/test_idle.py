"""Is a service idle only when nothing follows any more from what it was given?"""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from shared.errors import TemporaryError
from shared.mongo import InsertOne, UpdateOne, Writes
from shared.requests.ops import answer_ops, ops_request
from tests.core.conftest import Running, until
from tests.core.sample import FAILURES, Card
from tests.core.test_consuming import contact
from tests.core.test_due_work import keep, rung


async def ask(running: Running) -> dict[str, Any]:
    """What the service answers when asked whether it is idle."""
    process = running.process
    answer = answer_ops(running.runtime, process.dead_letters, process.due, [])
    asked: Any = ops_request([]).asked.model_validate({"ask": "idle"})
    told = await answer(asked)
    return told.model_dump()


THERE_AND_BACK = 40  # often enough that something is looked at in between


async def came_to_rest(running: Running) -> None:
    """Wait until the service says that it is idle."""

    async def idle() -> bool:
        return bool((await ask(running))["idle"])

    await until(idle)


async def falls_due(running: Running) -> None:
    """A card falls due now."""
    await keep(running, Card(client_id="c-1", ring_at=running.runtime.clock.now()))


async def has_rung(running: Running) -> bool:
    """Whether the work on that card has been committed."""
    return await rung(running, "c-1") == 1


class Held:
    """Holds a coroutine function back: it has been reached, and goes on when it is let go."""

    def __init__(self, held: Any) -> None:
        self._held = held
        self.reached = asyncio.Event()
        self.let_go = asyncio.Event()

    async def __call__(self, *args: Any) -> Any:
        """Wait to be let go, then do it."""
        self.reached.set()
        await self.let_go.wait()
        return await self._held(*args)


async def test_what_is_due_later_is_said_and_keeps_nobody_busy(running: Running) -> None:
    later = running.runtime.clock.now() + timedelta(days=1)
    await keep(running, Card(client_id="c-1", ring_at=later))
    await came_to_rest(running)
    assert (await ask(running))["next_due"] == later.isoformat()


async def test_what_waits_for_a_parked_event_keeps_nobody_busy_and_is_not_next(
    running: Running,
) -> None:
    FAILURES["c-1"] = [TemporaryError("away")] * 9
    await running.publish(contact())
    await running.settled(1)
    await falls_due(running)
    later = running.runtime.clock.now() + timedelta(days=1)
    await keep(running, Card(client_id="c-2", ring_at=later))
    await came_to_rest(running)
    assert (await ask(running))["next_due"] == later.isoformat()
    assert await rung(running, "c-1") == 0


async def test_a_batch_that_has_committed_and_not_published_is_not_rest(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await came_to_rest(running)
    publishing = Held(running.runtime.outbox.send)
    monkeypatch.setattr(running.runtime.outbox, "send", publishing)
    keeping = asyncio.create_task(falls_due(running))
    await until(partial(has_rung, running))
    assert "work in hand" in (await ask(running))["waiting_for"]
    publishing.let_go.set()
    await keeping
    await came_to_rest(running)


async def test_a_batch_that_was_begun_while_it_was_asked_is_not_rest(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await came_to_rest(running)
    asking = Held(running.runtime.outbox.mark_published)
    monkeypatch.setattr(running.runtime.outbox, "mark_published", asking)
    answering = asyncio.create_task(ask(running))
    await asking.reached.wait()
    await falls_due(running)
    await until(partial(has_rung, running))
    asking.let_go.set()
    assert "work in hand" in (await answering)["waiting_for"]


async def test_what_goes_over_while_it_is_looked_for_is_seen_in_one_of_two_places(
    running: Running,
) -> None:
    database = running.runtime.db
    await database.transaction({"cards": [InsertOne({"_id": "c-1", "v": 1, "here": True})],
                                "outbox": [InsertOne({"_id": "row", "here": False})]})  # fmt: skip

    def moving(over: bool) -> Writes:
        return {
            "cards": [UpdateOne({"_id": "c-1"}, {"$set": {"here": not over}})],
            "outbox": [UpdateOne({"_id": "row"}, {"$set": {"here": over}})],
        }

    async def over_and_back() -> None:
        for _ in range(THERE_AND_BACK):
            await database.transaction(moving(over=True))
            await database.transaction(moving(over=False))

    here = [{"$match": {"here": True}}]
    going, seen = asyncio.create_task(over_and_back()), set[tuple[int, int]]()
    while not going.done():
        found = await database.at_one_instant([("outbox", here), ("cards", here)])
        seen.add((len(found[0]), len(found[1])))
    await going
    assert seen == {(0, 1), (1, 0)}
