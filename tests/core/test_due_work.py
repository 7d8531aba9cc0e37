"""Is work done when it falls due, once, and never ahead of the stream?"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from shared.contracts.envelope import Cause
from shared.engine import due_watch, due_work
from shared.errors import TemporaryError
from shared.state.mappings import SHARDS, shard_of
from shared.state.unit_of_work import UnitOfWork
from tests.core.conftest import Running, until
from tests.core.sample import CARDS, FAILURES, Card
from tests.core.test_consuming import contact


async def keep(running: Running, card: Card) -> None:
    """Keep a card as some step would."""
    cause = Cause("urn:test", f"cause-{card.client_id}", "test", "x", None, card.ring_at or NOW)
    await running.runtime.act(
        lambda unit: unit.put(CARDS, card), lambda _: [CARDS.one(card.client_id)], cause=cause
    )


NOW = datetime.fromisoformat("2026-01-01T00:00:00Z")
SOON = timedelta(seconds=1)


async def look_only_when_told(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the next look on sleep for an hour, unless something falls due or tells."""

    async def has_all_shards() -> bool:
        return len(running.runtime.leases.shards) == SHARDS

    await until(has_all_shards)
    monkeypatch.setattr(due_watch, "LOOK_SECONDS", 3600.0)


async def rung(running: Running, client_id: str) -> int:
    """How often a card was worked on."""
    unit = await running.runtime.look(lambda _: [CARDS.one(client_id)])
    card = unit.get(CARDS, client_id)
    return card.rung if card else 0


async def test_what_is_due_is_done_once(running: Running) -> None:
    now = running.runtime.clock.now()
    await keep(running, Card(client_id="c-1", ring_at=now))

    async def done() -> bool:
        return await rung(running, "c-1") == 1

    await until(done)
    assert await running.runtime.store.due_documents.next(CARDS) is None


async def test_what_is_not_due_yet_waits_until_time_has_travelled(running: Running) -> None:
    later = running.runtime.clock.now() + timedelta(days=7)
    await keep(running, Card(client_id="c-1", ring_at=later))
    assert await running.process.due[0].once() == 0
    await running.runtime.travel(timedelta(days=8))

    async def done() -> bool:
        return await rung(running, "c-1") == 1

    await until(done)


async def test_nothing_fires_while_an_older_event_is_parked_for_its_client(
    running: Running,
) -> None:
    FAILURES["c-1"] = [TemporaryError("away")] * 9
    await running.publish(contact())
    await running.settled(1)
    now = running.runtime.clock.now()
    await keep(running, Card(client_id="c-1", ring_at=now))
    await keep(running, Card(client_id="c-2", ring_at=now))

    async def other_done() -> bool:
        return await rung(running, "c-2") == 1

    await until(other_done)
    assert await running.process.due[0].once() == 0
    assert await rung(running, "c-1") == 0


async def test_a_step_that_fails_postpones_its_document_and_leaves_the_others(
    running: Running,
) -> None:
    work = running.process.due[0]

    def fail_for_one(card: Card, unit: UnitOfWork) -> None:
        if card.client_id == "c-1":
            raise ValueError("surprise")
        unit.put(CARDS, replace(card, rung=card.rung + 1, ring_at=None))

    work._due = replace(work._due, step=fail_for_one)
    now = running.runtime.clock.now()
    await keep(running, Card(client_id="c-1", ring_at=now))
    await keep(running, Card(client_id="c-2", ring_at=now))

    async def other_done() -> bool:
        return await rung(running, "c-2") == 1

    await until(other_done)

    async def postponed() -> bool:
        row = await running.db.collection("cards").find_one({"_id": "c-1"})
        return bool(row.get("failures") and row["due"] > now)

    await until(postponed)


async def test_clients_that_wait_for_a_parked_event_do_not_hold_up_those_behind_them(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_work, "IN_ONE_BATCH", 2)
    for client_id in ("c-1", "c-2"):
        FAILURES[client_id] = [TemporaryError("away")] * 9
        await running.publish(contact(client_id))
    await running.settled(2)
    now = running.runtime.clock.now()
    for number in (1, 2, 3):
        ring_at = now - timedelta(minutes=10 - number)
        await keep(running, Card(client_id=f"c-{number}", ring_at=ring_at))

    async def free_one_done() -> bool:
        return await rung(running, "c-3") == 1

    await until(free_one_done)
    assert await rung(running, "c-1") == await rung(running, "c-2") == 0


async def test_what_is_kept_as_due_is_worked_on_at_once_not_at_the_next_look(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await look_only_when_told(running, monkeypatch)
    for client_id in ("c-1", "c-2"):  # after the first, only being told ends the hour's sleep
        await keep(running, Card(client_id=client_id, ring_at=running.runtime.clock.now()))

        async def done(client_id: str = client_id) -> bool:
            return await rung(running, client_id) == 1

        await until(done)


async def test_keeping_what_is_due_much_later_looks_for_nothing(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await look_only_when_told(running, monkeypatch)
    await keep(running, Card(client_id="c-1", ring_at=running.runtime.clock.now()))

    async def asleep() -> bool:
        return await rung(running, "c-1") == 1 and running.process.due[0].sleeps

    await until(asleep)
    later = running.runtime.clock.now() + timedelta(days=1)
    await keep(running, Card(client_id="c-2", ring_at=later))
    assert running.process.due[0].sleeps


async def kept_by_another(running: Running, card: Card) -> None:
    """Kept as another replica would: nobody in this process is told."""
    store = running.runtime.store
    told = store._told.pop(CARDS.collection)
    await keep(running, card)
    store._told[CARDS.collection] = told


@pytest.mark.parametrize("ahead", [timedelta(0), SOON])
async def test_what_another_replica_keeps_wakes_whoever_sleeps_longer(
    running: Running, ahead: timedelta
) -> None:
    async def asleep() -> bool:
        return running.process.due[0].sleeps

    await until(asleep)
    await kept_by_another(
        running, Card(client_id="c-1", ring_at=running.runtime.clock.now() + ahead)
    )

    async def done() -> bool:
        return await rung(running, "c-1") == 1

    await until(done)  # sooner than it would have woken by itself


async def test_a_queue_in_which_nothing_falls_due_is_not_asked(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    store, queue = running.runtime.store, running.process.due[0]

    async def asleep() -> bool:
        return queue.sleeps and len(queue.shards) == SHARDS

    later = running.runtime.clock.now() + timedelta(days=1)
    await kept_by_another(running, Card(client_id="c-1", ring_at=later))
    await until(asleep)
    monkeypatch.setattr(store.due_documents, "by", lambda *about: asked.append(about))
    for _ in range(3):
        await due_watch.DueWatch(running.runtime, running.process.due).once()
    assert await store.due_documents.next_of_each([(CARDS, queue.shards)]) == [later]
    assert asked == []
    assert queue.sleeps


async def test_what_is_due_in_the_shards_of_another_replica_keeps_nobody_awake(
    running: Running,
) -> None:
    later = running.runtime.clock.now() + timedelta(days=1)
    await keep(running, Card(client_id="c-1", ring_at=later))
    own = shard_of("c-1")
    office = running.runtime.store
    assert await office.due_documents.next(CARDS, [own]) == later
    assert (
        await office.due_documents.next(CARDS, [shard for shard in range(SHARDS) if shard != own])
        is None
    )
    assert await office.due_documents.next(CARDS) == later


async def test_what_a_commit_without_an_answer_left_in_hand_goes_on(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []

    async def after(_: object, cards: list[Card]) -> None:
        given.extend(card.rung for card in cards)

    work, office = running.process.due[0], running.runtime.store
    work._due = replace(work._due, after=after)
    commit = office.commit

    async def commit_and_never_hear(*arguments: Any) -> None:
        await commit(*arguments)
        if any(entry.kind is CARDS for entry in arguments[0].changes()):
            monkeypatch.undo()
            raise TemporaryError("the database is away")

    await keep(running, Card(client_id="c-1", ring_at=running.runtime.clock.now() + SOON))
    monkeypatch.setattr(office, "commit", commit_and_never_hear)

    async def handed() -> bool:
        return bool(given)

    await until(handed)
    assert given == [1]
    assert await rung(running, "c-1") == 1


async def test_the_lanes_of_a_process_share_its_shards(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await look_only_when_told(running, monkeypatch)
    lanes = due_watch.in_lanes(running.runtime, replace(running.process.due[0]._due, lanes=3))
    assert sorted(shard for lane in lanes for shard in lane.shards) == list(range(SHARDS))
    assert all(lane.shards for lane in lanes)


async def test_every_lane_is_told_what_falls_due(running: Running) -> None:
    told: dict[int, datetime] = {}
    for lane in range(2):
        running.runtime.store.tell(CARDS, partial(told.__setitem__, lane))
    later = running.runtime.clock.now() + timedelta(days=7)
    await keep(running, Card(client_id="c-1", ring_at=later))
    assert told == {0: later, 1: later}


async def test_a_replica_that_has_lost_its_shards_no_longer_says_that_timers_wait(
    running: Running,
) -> None:
    gauge = running.runtime.metrics.due_waiting.labels("cards")
    without = due_work.DueWork(running.runtime, running.process.due[0]._due, SHARDS, SHARDS + 1)
    without._note_waiting(3)
    assert gauge._value.get() == 3
    await without.once()
    assert gauge._value.get() == 0
