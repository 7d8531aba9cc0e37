# reason: one contract, asked of both stores, in one place
"""Do MongoDB, memory and the stand-in of the tests keep documents the same way?"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from shared.contracts.envelope import Cause
from shared.mongo import RepeatError, connect
from shared.state.document_types import Need
from shared.state.keys import KeyRing
from shared.state.memory_store import Memory
from shared.state.need_resolver import Question
from shared.state.store import Store
from shared.state.unit_of_work import NotDeclaredError, ReadSoFar, UnitOfWork
from tests.core.sample import CARD_MAPPING, CARDS, Card
from tests.empty_database import emptied
from tests.fakes.memory import MemoryService

NOW = datetime(2026, 3, 2, 9, 30, 15, 123000, tzinfo=UTC)
CAUSE = Cause("urn:test", "cause", "test", "cause", None, NOW)
Needs = list[Need] | Question
Do = Callable[[Callable[[UnitOfWork], object], Needs], Awaitable[object]]


@pytest.fixture(params=["memory", "stand-in", "mongo"])
async def do(request: pytest.FixtureRequest, mongo_server: EmbeddedMongo) -> AsyncIterator[Do]:
    """Run one step over one store and keep what it changed."""
    if request.param == "stand-in":
        stand_in = MemoryService("intake", now=NOW)

        async def in_stand_in(step: Callable[[UnitOfWork], object], needs: Needs) -> object:
            return stand_in.act(step, _question(needs), CAUSE)

        yield in_stand_in
        return
    if request.param == "memory":
        yield _in_memory(Memory())
        return
    database = connect(mongo_server.url(), "test_store")
    await emptied(database, [CARD_MAPPING])
    office = Store(database, KeyRing(database, b"m" * 32), [CARD_MAPPING])

    async def in_mongo(step: Callable[[UnitOfWork], object], needs: Needs) -> object:
        unit = UnitOfWork("intake", NOW)
        await office.fill(unit, [_question(needs)])
        with unit.working_on(CAUSE):
            result = step(unit)
        await office.commit(unit)
        return result

    yield in_mongo
    database.close()


def _question(needs: Needs) -> Question:
    return needs if callable(needs) else lambda _: needs


def _in_memory(memory: Memory) -> Do:
    async def do(step: Callable[[UnitOfWork], object], needs: Needs) -> object:
        unit = UnitOfWork("intake", NOW)
        memory.fill(unit, [_question(needs)])
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


def _put_five(unit: UnitOfWork) -> None:
    for number, name in enumerate(["Ada B", "Ada C", "Bob C", "Bob D", "Bob E"]):
        unit.add(CARDS, Card(client_id=f"c-{number}", name=name))


@pytest.mark.parametrize(
    ("words", "found", "cut"),
    [
        (("Ada", "B"), ["c-0", "c-1"], False),
        (("Ada", "C"), ["c-0", "c-1", "c-2"], False),
        (("Ada", "Bob"), None, True),
        (("Eve",), [], False),
    ],
)
async def test_by_many_values_so_many_documents_are_read_and_whether_there_are_more_is_told(
    do: Do, words: tuple[str, ...], found: list[str] | None, cut: bool
) -> None:
    await do(_put_five, [])

    def look(unit: UnitOfWork) -> tuple[list[str], bool]:
        cards = unit.peek_any(CARDS, "word", words)
        return [card.client_id for card in cards], unit.is_cut(CARDS, "word", words)

    read, more = cast("tuple[list[str], bool]", await do(look, [CARDS.by_any("word", words)]))
    assert more is cut
    assert read == found if found is not None else len(read) == 3


@pytest.mark.parametrize(
    ("named_so", "others", "found", "cut"),
    [(3, 1, 2, True), (2, 1, 3, False), (2, 5, 2, True)],
    ids=["more of those than are read: no others", "few of both", "more others than are read"],
)
async def test_what_is_asked_for_first_is_read_before_all_others(
    do: Do, named_so: int, others: int, found: int, cut: bool
) -> None:
    words, names = ("Zoe", "Ada"), ["Ada"] * others + ["Zoe"] * named_so

    def put(unit: UnitOfWork) -> None:
        for number, name in enumerate(names):
            unit.add(CARDS, Card(client_id=f"c-{number}", name=name))

    def look(unit: UnitOfWork) -> tuple[int, int, bool]:
        cards = unit.peek_any(CARDS, "word", words)
        so = sum(card.name == "Zoe" for card in cards)
        return so, len(cards) - so, unit.is_cut(CARDS, "word", words)

    await do(put, [])
    so, besides, more = cast("tuple[int, int, bool]", await do(look, [CARDS.by_any("word", words)]))
    assert (so, more) == (min(named_so, 2), cut)
    assert (so + besides == found) if others == 1 else (besides > 0)


async def test_what_the_same_batch_keeps_is_found_by_many_values(do: Do) -> None:
    def keep_and_look(unit: UnitOfWork) -> list[str]:
        _put_five(unit)
        return [card.client_id for card in unit.peek_any(CARDS, "word", ("Ada", "E"))]

    assert await do(keep_and_look, [CARDS.by_any("word", ("Ada", "E"))]) == ["c-0", "c-1", "c-4"]


async def test_many_needs_of_every_kind_are_each_answered_with_their_own(do: Do) -> None:
    await do(_put_five, [])
    needs = [CARDS.by_any("word", (word,)) for word in ("Ada", "B", "C", "D", "E")]
    needs += [CARDS.one(f"c-{n}") for n in range(60)] + [CARDS.by("name", "Bob D")]

    def look(unit: UnitOfWork) -> list[list[str]]:
        by_word = [unit.peek_any(CARDS, "word", (word,)) for word in ("Ada", "C", "E")]
        found = [*by_word, unit.find(CARDS, "name", "Bob D")]
        return [[card.client_id for card in cards] for cards in found]

    assert await do(look, needs) == [["c-0", "c-1"], ["c-1", "c-2"], ["c-4"], ["c-3"]]


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


async def test_a_need_that_depends_on_a_look_up_is_read_once_the_look_up_finds_something(
    do: Do,
) -> None:
    """Whoever waits, unrecorded, until a look-up has been read is never asked again."""
    bea = Card(client_id="c-2", name="Bea", contacts=1)
    await do(lambda unit: [unit.add(CARDS, each) for each in (ADA, bea)], [])

    def second(read: ReadSoFar) -> Iterator[Need]:
        yield CARDS.by("name", "Ada")
        for _ in read.peek_all(CARDS, "name", "Ada"):
            yield CARDS.by("name", "Bea")
            for found in read.peek_all(CARDS, "name", "Bea"):
                yield CARDS.one(f"{found.client_id}-more")

    def all_of_it(unit: UnitOfWork) -> tuple[list[Card], Card | None]:
        return unit.find(CARDS, "name", "Bea"), unit.get(CARDS, "c-2-more")

    assert await do(all_of_it, second) == ([bea], None)


async def test_what_was_not_declared_is_refused(do: Do) -> None:
    with pytest.raises(NotDeclaredError):
        await do(lambda unit: unit.get(CARDS, "c-9"), [CARDS.one("c-1")])


async def test_what_is_added_twice_stays_as_it_was_first(do: Do) -> None:
    await do(lambda unit: unit.add(CARDS, ADA), [])
    again = replace(ADA, contacts=9)
    assert await do(lambda unit: unit.add(CARDS, again), [CARDS.one("c-1")]) is False
    assert await do(lambda unit: unit.get(CARDS, "c-1"), [CARDS.one("c-1")]) == ADA


async def test_of_two_who_decide_by_each_others_documents_one_has_to_look_again(
    mongo_server: EmbeddedMongo,
) -> None:
    database = connect(mongo_server.url(), "test_store")
    await emptied(database, [CARD_MAPPING])
    store = Store(database, KeyRing(database, b"m" * 32), [CARD_MAPPING])
    bea = Card(client_id="c-2", name="Bea")
    first = UnitOfWork("intake", NOW)
    with first.working_on(CAUSE):
        first.add(CARDS, ADA)
        first.add(CARDS, bea)
    await store.commit(first)
    units = {card.client_id: UnitOfWork("intake", NOW) for card in (ADA, bea)}
    for own, unit in units.items():
        await store.fill(unit, [lambda _: [CARDS.one("c-1"), CARDS.one("c-2")]])
        with unit.working_on(CAUSE):
            unit.put(CARDS, replace(ADA if own == "c-1" else bea, rung=1))
            unit.guard(CARDS, "c-2" if own == "c-1" else "c-1")
    await store.commit(units["c-1"])
    with pytest.raises(RepeatError):
        await store.commit(units["c-2"])
    database.close()


async def test_what_is_guarded_and_unchanged_keeps_its_version(mongo_server: EmbeddedMongo) -> None:
    database = connect(mongo_server.url(), "test_store")
    await emptied(database, [CARD_MAPPING])
    store = Store(database, KeyRing(database, b"m" * 32), [CARD_MAPPING])
    first = UnitOfWork("intake", NOW)
    with first.working_on(CAUSE):
        first.add(CARDS, ADA)
    await store.commit(first)
    for _ in range(2):
        unit = UnitOfWork("intake", NOW)
        await store.fill(unit, [lambda _: [CARDS.one("c-1")]])
        with unit.working_on(CAUSE):
            unit.guard(CARDS, "c-1")
        await store.commit(unit)
    assert (await database.collection("cards").find_one({"_id": "c-1"}))["v"] == 1
    database.close()


async def test_a_document_changed_by_somebody_else_is_not_removed(
    mongo_server: EmbeddedMongo,
) -> None:
    database = connect(mongo_server.url(), "test_store")
    await emptied(database, [CARD_MAPPING])
    store = Store(database, KeyRing(database, b"m" * 32), [CARD_MAPPING])
    first = UnitOfWork("intake", NOW)
    with first.working_on(CAUSE):
        first.add(CARDS, ADA)
    await store.commit(first)
    changing, removing = UnitOfWork("intake", NOW), UnitOfWork("intake", NOW)
    for unit in (changing, removing):
        await store.fill(unit, [lambda _: [CARDS.one("c-1")]])
    with changing.working_on(CAUSE):
        changing.put(CARDS, replace(ADA, contacts=4))
    with removing.working_on(CAUSE):
        removing.remove(CARDS, "c-1")
    await store.commit(changing)
    with pytest.raises(RepeatError):
        await store.commit(removing)
    database.close()


async def test_a_document_changed_by_somebody_else_is_not_overwritten(
    mongo_server: EmbeddedMongo,
) -> None:
    database = connect(mongo_server.url(), "test_store")
    await emptied(database, [CARD_MAPPING])
    office = Store(database, KeyRing(database, b"m" * 32), [CARD_MAPPING])
    units = [UnitOfWork("intake", NOW), UnitOfWork("intake", NOW)]
    for unit in units:
        await office.fill(unit, [lambda _: [CARDS.one("c-1")]])
        with unit.working_on(CAUSE):
            unit.put(CARDS, ADA)
    await office.commit(units[0])
    with pytest.raises(RepeatError):
        await office.commit(units[1])
    database.close()


async def test_an_erased_person_reads_as_empty_and_never_as_an_error(
    mongo_server: EmbeddedMongo,
) -> None:
    database = connect(mongo_server.url(), "test_store")
    await emptied(database, [CARD_MAPPING])
    keys = KeyRing(database, b"m" * 32)
    office = Store(database, keys, [CARD_MAPPING])
    unit = UnitOfWork("intake", NOW)
    with unit.working_on(CAUSE):
        unit.add(CARDS, ADA)
    await office.commit(unit)
    change = {"$unset": {"w": ""}, "$set": {"erased_at": NOW}}
    await database.collection("keys").update_one({"_id": "client:c-1"}, change)
    keys.forget(["client:c-1"])
    unit = UnitOfWork("intake", NOW)
    await office.fill(unit, [lambda _: [CARDS.one("c-1")]])
    assert unit.get(CARDS, "c-1") == replace(ADA, name=None)
    database.close()


async def test_where_other_rules_come_into_force_meanwhile_needs_are_asked_anew(
    mongo_server: EmbeddedMongo,
) -> None:
    database = connect(mongo_server.url(), "test_store")
    await emptied(database, [CARD_MAPPING])
    store = Store(database, KeyRing(database, b"m" * 32), [CARD_MAPPING])
    turns, asked = iter([1, 2, 2, 2]), list[str]()

    async def rules() -> int:
        return next(turns)

    def needs(_: ReadSoFar) -> list[Need]:
        asked.append("c-1")
        return [CARDS.one("c-1")]

    store.ask_by(rules)
    unit = UnitOfWork("intake", NOW)
    await store.fill(unit, (each for each in [needs]))
    assert len(asked) == 2
    assert unit.get(CARDS, "c-1") is None
    assert next(turns, None) is None
    database.close()
