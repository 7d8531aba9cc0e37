"""Do MongoDB, memory and the stand-in of the tests keep documents the same way?"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from shared.contracts.envelope import Cause
from shared.mongo import RepeatError, connect
from shared.state.document_types import Need
from shared.state.indexes import ensure
from shared.state.keys import KeyRing
from shared.state.memory_store import Memory
from shared.state.store import Store
from shared.state.unit_of_work import UnitOfWork
from tests.core.sample import CARD_SHELF, CARDS, Card
from tests.fakes.memory import MemoryService

NOW = datetime(2026, 3, 2, 9, 30, 15, 123000, tzinfo=UTC)
CAUSE = Cause("urn:test", "cause", "test", "cause", None, NOW)
Do = Callable[[Callable[[UnitOfWork], object], list[Need]], Awaitable[object]]


@pytest.fixture(params=["memory", "stand-in", "mongo"])
async def do(
    request: pytest.FixtureRequest, mongo_server: EmbeddedMongo, database_name: str
) -> AsyncIterator[Do]:
    """Run one step over one store and keep what it changed."""
    if request.param == "stand-in":
        stand_in = MemoryService("intake", now=NOW)

        async def in_stand_in(step: Callable[[UnitOfWork], object], needs: list[Need]) -> object:
            return stand_in.act(step, lambda _: needs, CAUSE)

        yield in_stand_in
        return
    if request.param == "memory":
        yield _in_memory(Memory())
        return
    database = connect(mongo_server.url(), database_name)
    await ensure(database, [CARD_SHELF])
    office = Store(database, KeyRing(database, b"m" * 32), [CARD_SHELF])

    async def in_mongo(step: Callable[[UnitOfWork], object], needs: list[Need]) -> object:
        unit = UnitOfWork("intake", NOW)
        await office.fill(unit, lambda _: needs)
        with unit.working_on(CAUSE):
            result = step(unit)
        await office.commit(unit)
        return result

    yield in_mongo
    database.close()


def _in_memory(memory: Memory) -> Do:
    async def do(step: Callable[[UnitOfWork], object], needs: list[Need]) -> object:
        unit = UnitOfWork("intake", NOW)
        memory.fill(unit, lambda _: needs)
        with unit.working_on(CAUSE):
            result = step(unit)
        memory.keep(unit)
        return result

    return do


ADA = Card(client_id="c-1", name="Ada", contacts=3, ring_at=NOW)


async def test_what_is_put_is_got_back_whole(do: Do) -> None:
    await do(lambda unit: unit.put(CARDS, ADA), [CARDS.one("c-1")])
    assert await do(lambda unit: unit.get(CARDS, "c-1"), [CARDS.one("c-1")]) == ADA


async def test_what_was_never_put_is_none(do: Do) -> None:
    assert await do(lambda unit: unit.get(CARDS, "c-9"), [CARDS.one("c-9")]) is None


async def test_documents_are_found_by_a_private_value(do: Do) -> None:
    await do(lambda unit: unit.add(CARDS, ADA), [])
    await do(lambda unit: unit.add(CARDS, Card(client_id="c-2", name="Bob")), [])
    need = [CARDS.by("name", "Ada")]
    assert await do(lambda unit: unit.find(CARDS, "name", "Ada"), need) == [ADA]


async def test_a_changed_document_is_found_by_its_new_value_only(do: Do) -> None:
    await do(lambda unit: unit.add(CARDS, ADA), [])
    await do(lambda unit: unit.put(CARDS, replace(ADA, name="Eve")), [CARDS.one("c-1")])
    assert await do(lambda u: u.find(CARDS, "name", "Ada"), [CARDS.by("name", "Ada")]) == []
    found = await do(lambda u: u.find(CARDS, "name", "Eve"), [CARDS.by("name", "Eve")])
    assert found == [replace(ADA, name="Eve")]


async def test_a_removed_document_is_gone(do: Do) -> None:
    await do(lambda unit: unit.add(CARDS, ADA), [])
    await do(lambda unit: unit.remove(CARDS, "c-1"), [CARDS.one("c-1")])
    assert await do(lambda unit: unit.get(CARDS, "c-1"), [CARDS.one("c-1")]) is None


async def test_a_document_changed_by_somebody_else_is_not_overwritten(
    mongo_server: EmbeddedMongo, database_name: str
) -> None:
    database = connect(mongo_server.url(), database_name)
    await ensure(database, [CARD_SHELF])
    office = Store(database, KeyRing(database, b"m" * 32), [CARD_SHELF])
    units = [UnitOfWork("intake", NOW), UnitOfWork("intake", NOW)]
    for unit in units:
        await office.fill(unit, lambda _: [CARDS.one("c-1")])
        with unit.working_on(CAUSE):
            unit.put(CARDS, ADA)
    await office.commit(units[0])
    with pytest.raises(RepeatError):
        await office.commit(units[1])
    database.close()


async def test_an_erased_person_reads_as_empty_and_never_as_an_error(
    mongo_server: EmbeddedMongo, database_name: str
) -> None:
    database = connect(mongo_server.url(), database_name)
    await ensure(database, [CARD_SHELF])
    keys = KeyRing(database, b"m" * 32)
    office = Store(database, keys, [CARD_SHELF])
    unit = UnitOfWork("intake", NOW)
    with unit.working_on(CAUSE):
        unit.add(CARDS, ADA)
    await office.commit(unit)
    change = {"$unset": {"w": ""}, "$set": {"erased_at": NOW}}
    await database.collection("keys").update_one({"_id": "client:c-1"}, change)
    keys.forget(["client:c-1"])
    unit = UnitOfWork("intake", NOW)
    await office.fill(unit, lambda _: [CARDS.one("c-1")])
    assert unit.get(CARDS, "c-1") == replace(ADA, name=None)
    database.close()
