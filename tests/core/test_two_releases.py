"""Can two releases of a service work on the same documents, up and back down?"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from shared.contracts.envelope import Cause
from shared.mongo import Database, connect
from shared.state.document_types import DocumentType
from shared.state.indexes import ensure
from shared.state.keys import KeyRing
from shared.state.mappings import DocumentMapping, NewerDocumentError
from shared.state.store import Store
from shared.state.unit_of_work import UnitOfWork

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CAUSE = Cause("urn:test", "cause", "test", "cause", None, NOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an order, as the older release knows it."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """The same, with how many."""

    what: str
    many: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order, as the older release knows it."""

    order_id: str
    name: str = ""
    at: datetime = NOW
    first: Line | None = None
    lines: tuple[Line, ...] = ()
    by_room: dict[str, Line] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """The same, as the newer release knows it."""

    order_id: str
    name: str = ""
    at: datetime = NOW
    first: NewLine | None = None
    lines: tuple[NewLine, ...] = ()
    by_room: dict[str, NewLine] = field(default_factory=dict)
    priority: int = 0
    phone: str = ""


OLD: DocumentType[Order] = DocumentType("orders", Order, key=lambda order: order.order_id)
NEW: DocumentType[NewOrder] = DocumentType(
    "orders",
    NewOrder,
    key=lambda order: order.order_id,
    lookups={"priority": lambda order: [str(order.priority)]},
)
OLD_MAPPING = DocumentMapping(OLD, sealed={"name"}, person=lambda order: f"client:{order.order_id}")
NEW_MAPPING = DocumentMapping(
    NEW,
    sealed={"name", "phone"},
    person=lambda order: f"client:{order.order_id}",
    due=lambda order: order.at,
)
FULL = NewOrder(
    order_id="o-1",
    name="Ada",
    first=NewLine(what="tea", many=3),
    lines=(NewLine(what="tea", many=3), NewLine(what="milk", many=2)),
    by_room={"12": NewLine(what="sugar", many=5)},
    priority=7,
    phone="+49 30 1",
)


@pytest.fixture
async def database(mongo_server: EmbeddedMongo, database_name: str) -> AsyncIterator[Database]:
    found = connect(mongo_server.url(), database_name)
    await ensure(found, [NEW_MAPPING])
    yield found
    found.close()


def release(database: Database, mapping: DocumentMapping[Any]) -> Store:
    return Store(database, KeyRing(database, b"m" * 32), [mapping])


async def keep(store: Store, kind: DocumentType[Any], value: Any) -> None:
    unit = UnitOfWork("intake", NOW)
    await store.fill(unit, [], [kind.one(kind.key(value))])
    with unit.working_on(CAUSE):
        unit.put(kind, value)
    await store.commit(unit)


async def read(store: Store, kind: DocumentType[Any], key: str = "o-1") -> Any:
    unit = UnitOfWork("intake", NOW)
    await store.fill(unit, [], [kind.one(key)])
    return unit.get(kind, key)


async def test_what_a_newer_release_wrote_survives_a_change_by_an_older_one(
    database: Database,
) -> None:
    older, newer = release(database, OLD_MAPPING), release(database, NEW_MAPPING)
    await keep(newer, NEW, FULL)
    order = await read(older, OLD)
    lines = (*order.lines, Line(what="bread"))
    await keep(older, OLD, replace(order, name="Ada L.", lines=lines))
    expected = replace(FULL, name="Ada L.", lines=(*FULL.lines, NewLine(what="bread")))
    assert await read(newer, NEW) == expected


async def test_a_part_that_the_older_release_changes_keeps_what_it_does_not_know(
    database: Database,
) -> None:
    older, newer = release(database, OLD_MAPPING), release(database, NEW_MAPPING)
    await keep(newer, NEW, FULL)
    order = await read(older, OLD)
    await keep(older, OLD, replace(order, first=Line(what="mate"), by_room={}, lines=()))
    first = NewLine(what="mate", many=3)
    assert await read(newer, NEW) == replace(FULL, first=first, by_room={}, lines=())


@pytest.mark.parametrize(
    "older", [replace(OLD_MAPPING, sealed=frozenset(), person=None), OLD_MAPPING]
)
async def test_what_a_release_seals_that_the_one_before_did_not_is_read_by_both(
    database: Database, older: DocumentMapping[Any]
) -> None:
    newer = replace(OLD_MAPPING, sealed={"name", "first"})
    before, after = release(database, older), release(database, newer)
    await keep(before, OLD, Order(order_id="o-1", name="Ada", first=Line(what="tea")))
    order = await read(after, OLD)
    assert (order.name, order.first) == ("Ada", Line(what="tea"))
    [row] = await database.collection("orders").find({}).to_list(None)
    assert not newer.is_current(row)  # until it is written anew, by a change or by migrating
    await keep(after, OLD, replace(order, lines=(Line(what="milk"),)))
    [row] = await database.collection("orders").find({}).to_list(None)
    assert ("first" in row["d"], newer.is_current(row)) == (False, True)
    await keep(before, OLD, replace(await read(before, OLD), lines=()))
    assert await read(after, OLD) == order


async def test_what_was_sealed_and_unknown_stays_sealed(database: Database) -> None:
    older, newer = release(database, OLD_MAPPING), release(database, NEW_MAPPING)
    await keep(newer, NEW, FULL)
    await keep(older, OLD, await read(older, OLD))
    [row] = await database.collection("orders").find({}).to_list(None)
    assert "phone" not in row["d"]
    assert (await read(newer, NEW)).phone == FULL.phone


async def test_it_stays_due_and_is_still_found_by_look_ups_of_the_newer_release(
    database: Database,
) -> None:
    older, newer = release(database, OLD_MAPPING), release(database, NEW_MAPPING)
    await keep(newer, NEW, FULL)
    await keep(older, OLD, await read(older, OLD))
    unit = UnitOfWork("intake", NOW)
    await newer.fill(unit, [], [NEW.by("priority", "7")])
    assert [order.order_id for order in unit.find(NEW, "priority", "7")] == ["o-1"]
    assert await newer.due_documents.next(NEW) == FULL.at


async def test_a_due_document_keeps_what_is_unknown(database: Database) -> None:
    mapping = replace(OLD_MAPPING, due=lambda order: order.at)
    older, newer = release(database, mapping), release(database, NEW_MAPPING)
    await keep(newer, NEW, FULL)
    [found] = await older.due_documents.by(OLD, range(16), NOW, 10)
    unit = UnitOfWork("intake", NOW)
    unit.load(OLD, "o-1", found.value, found.version, found.rest)
    with unit.working_on(CAUSE):
        unit.put(OLD, replace(found.value, name="Ada L."))
    await older.commit(unit)
    assert await read(newer, NEW) == replace(FULL, name="Ada L.")


async def test_a_document_without_anything_unknown_carries_no_rest(database: Database) -> None:
    newer = release(database, NEW_MAPPING)
    await keep(newer, NEW, FULL)
    [row] = await database.collection("orders").find({}).to_list(None)
    await newer.keys.fetch([row["p"]])
    assert NEW_MAPPING.read(row, newer.keys) == (FULL, None)


def full_name(content: Mapping[str, Any]) -> dict[str, Any]:
    """The upcaster of a planted second schema: a rank became a priority."""
    left = {name: value for name, value in content.items() if name != "rank"}
    return {**left, "priority": content.get("rank", 0) * 10}


SECOND = replace(NEW_MAPPING, version=2, upcasters={1: full_name})


async def test_a_document_of_an_older_schema_is_read_as_todays(database: Database) -> None:
    older, newer = release(database, OLD_MAPPING), release(database, SECOND)
    await keep(older, OLD, Order(order_id="o-1", name="Ada"))
    await database.collection("orders").update_one({}, {"$set": {"d.rank": 4}, "$unset": {"sv": 1}})
    assert await read(newer, NEW) == NewOrder(order_id="o-1", name="Ada", priority=40)
    await keep(newer, NEW, await read(newer, NEW))
    [row] = await database.collection("orders").find({}).to_list(None)
    assert (row["sv"], "rank" in row["d"]) == (2, False)


async def test_an_older_schema_of_an_erased_person_is_read_without_what_was_private(
    database: Database,
) -> None:
    older = release(database, OLD_MAPPING)
    await keep(older, OLD, Order(order_id="o-1", name="Ada"))
    await database.collection("keys").update_one({"_id": "client:o-1"}, {"$set": {"w": b""}})
    newer = release(database, SECOND)
    assert await read(newer, NEW) == NewOrder(order_id="o-1")


async def test_a_newer_schema_than_known_is_not_read_and_not_written(database: Database) -> None:
    older, newer = release(database, OLD_MAPPING), release(database, SECOND)
    await keep(newer, NEW, FULL)
    with pytest.raises(NewerDocumentError):
        await read(older, OLD)


async def test_due_work_leaves_a_newer_schema_to_the_newer_release(database: Database) -> None:
    older = release(database, replace(OLD_MAPPING, due=lambda order: order.at))
    newer = release(database, SECOND)
    await keep(newer, NEW, FULL)
    assert await older.due_documents.by(OLD, range(16), NOW, 10) == []
    assert await older.due_documents.next(OLD) is None
    assert [each.value for each in await newer.due_documents.by(NEW, range(16), NOW, 10)] == [FULL]


def test_a_schema_without_its_upcasters_is_refused_at_the_start() -> None:
    with pytest.raises(TypeError, match="upcaster"):
        replace(NEW_MAPPING, version=3, upcasters={1: full_name})
