"""Part 10: what would another way of asking MongoDB cost or save?

One batch as the engine does it (two reads by id, then a transaction of four statements) in three
ways, in turns: as ``shared/mongo.py`` does, through the client inside motor in one visit to a
thread; through motor itself, a visit for each statement; through PyMongo's own asynchronous client.
For a batch of a hundred events and for a lone one.
"""

import os
import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import AsyncMongoClient
from pymongo.read_concern import ReadConcern

from shared.clock import monotonic
from shared.mongo import (
    MAJORITY,
    Database,
    Document,
    InsertOne,
    Operation,
    Query,
    ReplaceOne,
    connect,
)
from tests.bench.bench import Bench
from tests.bench.measuring import median

EVENTS, ROUNDS, WARM = (100, 1), 120, 10
READ, NEW, CHANGED = ("cards", "subjects"), ("handled", "cards", "timers"), "outbox"
NAME = "drivers"
BODY = 300  # bytes of each document
MS = 1000.0

Way = Callable[[int, int], Awaitable[None]]  # number of the batch, and how many events it has


async def measure(bench: Bench) -> None:
    """All ways in turns, so that each meets the same machine."""
    async with bench.rig() as rig:
        url = rig.mongo_server.url()
        database = connect(url, NAME)
        motor: Any = AsyncIOMotorClient(url)
        own: AsyncMongoClient[Document] = AsyncMongoClient(url)
        ways: dict[str, Way] = {
            "one visit to a thread": _in_a_thread(database),
            "motor, a visit each": _motor(motor),
            "PyMongo's asynchronous client": _asynchronous(own),
        }
        await database.collection(CHANGED).insert_many([{"_id": n} for n in range(max(EVENTS))])
        for events in EVENTS:
            with bench.step(f"transactions of {events} events"):
                await _in_turns(bench, ways, events, bench.times(ROUNDS, 3))
        database.close()
        motor.close()
        await own.close()
    bench.clear(rig)


async def _in_turns(bench: Bench, ways: dict[str, Way], events: int, rounds: int) -> None:
    took: dict[str, list[float]] = {name: [] for name in ways}
    used = dict.fromkeys(ways, 0.0)
    for turn in range(rounds + WARM):
        for name, way in ways.items():
            started, before = monotonic(), time.process_time()
            await way(next(_numbers), events)
            if turn >= WARM:
                took[name].append(monotonic() - started)
                used[name] += time.process_time() - before
    for name in ways:
        label = f"{events} event(s), {name}"
        bench.found("drivers", f"{label}, p50", median(took[name]) * MS, "ms")
        bench.found("drivers", f"{label}, processor time", used[name] / rounds * MS, "ms")


def _in_a_thread(database: Database) -> Way:
    async def batch(number: int, events: int) -> None:
        await database.read([Query(name, _query(events)) for name in READ])
        await database.transaction(_writes(number, events))

    return batch


def _motor(client: Any) -> Way:
    async def batch(number: int, events: int) -> None:
        for name in READ:
            await client[NAME][name].find(_query(events)).to_list(None)
        async with (
            await client.start_session() as session,
            session.start_transaction(ReadConcern("snapshot"), MAJORITY),
        ):
            for name, some in _writes(number, events).items():
                await client[NAME][name].bulk_write(some, ordered=False, session=session)

    return batch


def _asynchronous(client: AsyncMongoClient[Document]) -> Way:
    async def batch(number: int, events: int) -> None:
        for name in READ:
            await client[NAME][name].find(_query(events)).to_list(None)
        async with (
            client.start_session() as session,
            await session.start_transaction(ReadConcern("snapshot"), MAJORITY),
        ):
            for name, some in _writes(number, events).items():
                await client[NAME][name].bulk_write(some, ordered=False, session=session)

    return batch


_numbers = count()


def _query(events: int) -> Document:
    return {"_id": {"$in": [f"0-{n}" for n in range(events)]}}


def _writes(number: int, events: int) -> dict[str, list[Operation]]:
    writes: dict[str, list[Operation]] = {
        name: [InsertOne({"_id": f"{number}-{n}", "d": os.urandom(BODY)}) for n in range(events)]
        for name in NEW
    }
    writes[CHANGED] = [ReplaceOne({"_id": n}, {"d": number}) for n in range(events)]
    return writes
