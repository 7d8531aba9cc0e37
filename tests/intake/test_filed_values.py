"""Is nobody overlooked because a replica takes for nobody's what another one has just filed?"""

import random
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from services.intake.domain.known import CORPUS_KEY, Corpus, Known
from services.intake.domain.search_keys import looking_keys
from services.intake.ports import CONFLICT_INDEX, CORPUS
from shared.contracts.envelope import Cause
from shared.mongo import Document, Query, connect
from shared.state.filed_values import MOST_BEHIND
from shared.state.unit_of_work import UnitOfWork
from shared.state.value_bits import ValueBits
from tests.empty_database import emptied
from tests.fakes.memory import START
from tests.intake.office import onboarded, party
from tests.intake.test_storage import EVERY_MAPPING, Intake

CAUSE = Cause("urn:test", "cause", "test", "cause", None, START)


@pytest.fixture
async def two(mongo_server: EmbeddedMongo) -> AsyncIterator[tuple[Intake, Intake]]:
    """Two replicas over one database, in which one party is known and held present by both."""
    databases = [connect(mongo_server.url(), "test_filed_values") for _ in range(2)]
    await emptied(databases[0], EVERY_MAPPING)
    ours, theirs = Intake(databases[0]), Intake(databases[1], heard=1_000)
    await theirs.hear(party("Tilda Brenner", "adverse", matter_id="m-1"))
    for each in (ours, theirs):
        await held(each)
    yield ours, theirs
    for database in databases:
        database.close()


async def held(intake: Intake) -> None:
    """Have this replica look once, and read all there is."""
    await found(intake, "Xaver Quint")
    await intake.office.filed_values["conflict_index"].loaded()


async def found(intake: Intake, name: str) -> set[str]:
    """Whom this replica finds under the keys of a name."""
    unit = UnitOfWork("intake", START)
    keys = looking_keys(name)
    await intake.office.fill(
        unit, [lambda _: [CORPUS.one(CORPUS_KEY), CONFLICT_INDEX.by_any("filed", keys)]]
    )
    return {known.ref for known in unit.peek_any(CONFLICT_INDEX, "filed", keys)}


def asked_of(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """From now on, what this replica asks the conflict index."""
    asked, read = list[Document](), intake.database.read

    async def noting(queries: Sequence[Query], *, few: bool = False) -> list[list[Document]]:
        asked.extend(q.filter for q in queries if "x.filed" in q.filter)
        return await read(queries, few=few)

    monkeypatch.setattr(intake.database, "read", noting)
    return asked


async def file_as(
    intake: Intake, name: str, corpus: Callable[[Corpus], Corpus], **known: Any
) -> None:
    """File somebody otherwise than the steps of today do."""
    unit = UnitOfWork("intake", START)
    await intake.office.fill(unit, [lambda _: [CORPUS.one(CORPUS_KEY), CONFLICT_INDEX.one("p:x")]])
    kept = unit.get(CORPUS, CORPUS_KEY)
    assert kept is not None
    with unit.working_on(CAUSE):
        unit.put(CONFLICT_INDEX, Known(ref="p:x", role="adverse", names=(name,), **known))
        unit.put(CORPUS, corpus(kept))
    await intake.office.commit(unit)


async def test_what_nobody_is_filed_under_is_not_asked_for(
    two: tuple[Intake, Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_of(two[0], monkeypatch)
    assert await found(two[0], "Xaver Quint") == set()
    assert await found(two[0], "Tilda Brenner") == {"party:m-1.p-1"}
    hashes = [len(query["x.filed"]["$in"]) for query in asked]
    assert len(hashes) == 2  # the very same name first, then those alike
    assert sum(hashes) < len(looking_keys("Tilda Brenner")) / 4


async def test_what_this_replica_files_it_holds_without_reading_it(
    two: tuple[Intake, Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = two[0]
    some = [party(name, n=n) for n, name in enumerate(("Ulrike Falkner", "Vera Immergut"))]
    await ours.hear(*some)
    monkeypatch.setattr(ours.database, "instant", None)  # whoever reads what was filed needs it
    asked = asked_of(ours, monkeypatch)
    assert await found(ours, "Ulrike Falkner") == {"party:m-1.p-0"}
    assert await found(ours, "Xaver Quint") == set()
    assert len(asked) == 2


async def test_what_another_replica_has_filed_is_found_at_once(two: tuple[Intake, Intake]) -> None:
    ours, theirs = two
    await theirs.hear(party("Ulrike Falkner", "adverse", matter_id="m-2"))
    await ours.hear(onboarded(name="Ulrike Falkner"))
    (check,) = await ours.checks_of("client:c-1")
    assert [hit.ref for hit in check.hits] == ["party:m-2.p-1"]


async def test_who_turns_about_finds_what_either_has_filed(two: tuple[Intake, Intake]) -> None:
    for number, (here, there) in enumerate([two, two[::-1], two]):
        name = ("Ulrike Falkner", "Vera Immergut", "Wolfram Jasper")[number]
        await here.hear(party(name, "adverse", matter_id=f"m-t{number}"))
        assert await found(there, name) == {f"party:m-t{number}.p-1"}


async def test_what_an_earlier_release_files_without_a_number_is_found(
    two: tuple[Intake, Intake],
) -> None:
    ours, theirs = two
    await file_as(theirs, "Ulrike Falkner", lambda c: replace(c, revision=c.revision + 1))
    assert await found(ours, "Ulrike Falkner") == {"p:x"}
    await ours.office.filed_values["conflict_index"].loaded()
    assert await found(ours, "Ulrike Falkner") == {"p:x"}


async def test_a_database_put_back_to_an_earlier_state_is_read_anew(
    two: tuple[Intake, Intake],
) -> None:
    """It goes on counting from there, past where this replica had been."""
    ours, theirs = two
    await theirs.hear(party("Vera Immergut", "adverse", matter_id="m-lost"))
    await held(ours)
    await ours.database.collection("conflict_index").delete_one({"_id": "party:m-lost.p-1"})
    await file_as(theirs, "Ulrike Falkner", lambda c: c, revision=2)
    assert await found(ours, "Ulrike Falkner") == set()  # not counted: nobody could know
    await theirs.hear(party("Wolfram Jasper", "adverse", matter_id="m-3"))
    assert await found(ours, "Wolfram Jasper") == {"party:m-3.p-1"}
    assert await found(ours, "Ulrike Falkner") == {"p:x"}


async def test_nothing_is_left_out_while_names_are_filed_anew(
    two: tuple[Intake, Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    await file_as(two[1], "Ulrike Falkner", lambda c: replace(c, filing_by="names-999"))
    asked = asked_of(two[0], monkeypatch)
    assert await found(two[0], "Ulrike Falkner") == {"p:x"}
    assert len(asked[-1]["x.filed"]["$in"]) == len(looking_keys("Ulrike Falkner"))


async def test_who_is_far_behind_asks_for_all_and_reads_anew(
    two: tuple[Intake, Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = two
    monkeypatch.setattr("shared.state.filed_values.MOST_BEHIND", 3)
    assert MOST_BEHIND > 3
    for number in range(5):
        await theirs.hear(party(f"Person Nr{number}", "adverse", matter_id=f"m-b{number}"))
    await theirs.hear(party("Ulrike Falkner", "adverse", matter_id="m-b"))
    assert await found(ours, "Ulrike Falkner") == {"party:m-b.p-1"}
    await ours.office.filed_values["conflict_index"].loaded()
    assert await found(ours, "Ulrike Falkner") == {"party:m-b.p-1"}


async def test_who_looks_while_what_is_held_is_dropped_asks_for_all(
    two: tuple[Intake, Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another look of the same process, or its own commit, finds that it cannot be relied upon."""
    ours = two[0]
    values, read = ours.office.filed_values["conflict_index"], ours.database.read

    async def dropped(queries: Sequence[Query], *, few: bool = False) -> list[list[Document]]:
        values._drop("full")
        return await read(queries, few=few)

    monkeypatch.setattr(ours.database, "read", dropped)
    assert await found(ours, "Tilda Brenner") == {"party:m-1.p-1"}


def test_no_value_that_is_there_is_ever_missed() -> None:
    there = [number.to_bytes(4, "big") * 3 for number in range(0, 2**32, 2**32 // 25_000)]
    values = ValueBits(1_000)
    values.add(there)
    assert values.among(there) == there
    assert values.full


def test_few_values_that_are_not_there_are_asked_for() -> None:
    chance = random.Random(7)
    values = ValueBits(20_000)
    values.add(chance.randbytes(12) for _ in range(20_000))
    others = [chance.randbytes(12) for _ in range(10_000)]
    assert len(values.among(others)) < 300
    assert not values.full
