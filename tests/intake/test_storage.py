"""Are intake's documents kept sealed in MongoDB, and found there all the same?"""

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any, cast

import bson
import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from services.intake.app import file_all_anew
from services.intake.domain.checks import Check
from services.intake.domain.known import Known
from services.intake.domain.search_keys import looking_keys
from services.intake.listeners import listeners
from services.intake.ports import CHECKS, CLIENTS, CONFLICT_INDEX, MATTERS, MOST_READ
from services.intake.storage import MAPPINGS
from services.intake.workflow import filing
from services.intake.workflow.searching import MOST_LISTED
from shared.clock import Clock
from shared.contracts.base import EventData
from shared.contracts.envelope import Cause, Event
from shared.engine.runtime import Runtime
from shared.mongo import Database, connect
from shared.process.run import TASK_MAPPING
from shared.state.keys import KeyRing
from shared.state.store import Store
from shared.state.unit_of_work import UnitOfWork
from tests.empty_database import emptied
from tests.fakes.memory import START
from tests.intake.office import CONFIG, inquiry, onboarded, opened, party, updated

EVERY_MAPPING = (*MAPPINGS, TASK_MAPPING)
CANARIES = (b"Zanzibar", b"zanzibar", b"Quetzal", b"quetzal", b"canary", b"555-0199")


class Intake:
    """Intake's steps over a real database, one event after the other."""

    def __init__(self, database: Database, heard: int = 0) -> None:
        self.database = database
        self.office = Store(database, KeyRing(database, b"m" * 32), EVERY_MAPPING)
        self._by_type = {each.event.TYPE: each for each in listeners(CONFIG)}
        self._count = heard

    async def hear(self, *said: EventData) -> None:
        """Hear these events as one batch."""
        events = [self._event(data) for data in said]
        unit = UnitOfWork("intake", START)
        await self.office.fill(
            unit,
            [partial(self._by_type[each.type].needs, each) for each in events],
        )
        for event in events:
            with unit.working_on(event.cause):
                self._by_type[event.type].step(event, unit)
        await self.office.commit(unit)

    async def checks_of(self, subject: str) -> Sequence[Check]:
        """The checks about this subject, as they are read back."""
        unit = UnitOfWork("intake", START)
        await self.office.fill(unit, [lambda _: [CHECKS.by("subject", subject)]])
        return unit.find(CHECKS, "subject", subject)

    async def raw(self) -> bytes:
        """Every document of every collection, as the database holds it."""
        found = list[bytes]()
        for mapping in EVERY_MAPPING:
            async for document in self.database.collection(mapping.collection).find({}):
                found.append(bson.encode(document))
        return b"".join(found)

    def _event(self, data: EventData) -> Event[EventData]:
        self._count += 1
        event_id = f"e-{self._count}"
        return Event(
            id=event_id, source="urn:firm:test", type=data.TYPE, version=1, time=START,
            subject=data.key(), data=data, correlation_id=event_id, causation_id=None,
            traceparent=None,
        )  # fmt: skip


@pytest.fixture
async def intake(mongo_server: EmbeddedMongo) -> AsyncIterator[Intake]:
    """Intake over a database of its own."""
    database = connect(mongo_server.url(), "test_intake")
    await emptied(database, EVERY_MAPPING)
    yield Intake(database)
    database.close()


async def test_a_conflict_is_found_through_the_hashes(intake: Intake) -> None:
    await intake.hear(party("Robert J. Smith", "adverse", matter_id="m-7"))
    await intake.hear(onboarded(name="Bob Smith"))
    (check,) = await intake.checks_of("client:c-1")
    assert [(hit.ref, hit.reasons) for hit in check.hits] == [("party:m-7.p-1", ("nickname",))]


async def test_a_conflict_within_one_batch_is_found(intake: Intake) -> None:
    await intake.hear(
        party("Robert J. Smith", "adverse", matter_id="m-7"), onboarded(name="Bob Smith")
    )
    (check,) = await intake.checks_of("client:c-1")
    assert check.state == "pending"


async def test_a_check_is_read_back_whole(intake: Intake) -> None:
    await intake.hear(party("Zoë Weiß", "adverse", matter_id="m-7"))
    await intake.hear(onboarded(name="Zoe Weiss"))
    (check,) = await intake.checks_of("client:c-1")
    assert (check.searched[0].name, check.searched[0].forms, check.known_entries) == (
        "Zoe Weiss",
        ("zoe weiss",),
        1,
    )


async def test_a_renamed_client_is_found_under_both_names(intake: Intake) -> None:
    await intake.hear(onboarded(name="Erika Gabler"))
    await intake.hear(updated(name="Erika Mustermann"))
    await intake.hear(party("Erika Gabler", n=1), party("Erika Mustermann", n=2))
    found = [check for n in (1, 2) for check in await intake.checks_of(f"party:m-1.p-{n}")]
    assert [len(check.hits) for check in found] == [1, 1]


async def test_nothing_anybody_entrusted_to_the_firm_stands_in_the_clear(intake: Intake) -> None:
    await intake.hear(party("Quetzal Zanzibar", "adverse", matter_id="m-7"))
    await intake.hear(onboarded(name="Quetzal Zanzibar", email="canary@x.example"))
    await intake.hear(opened())
    await intake.hear(updated(name="Otto Zanzibar", phone="555-0199"))
    await intake.hear(inquiry("Quetzal Zanzibar", "Zanzibar Quetzal Ltd"))
    kept = await intake.raw()
    assert [canary for canary in CANARIES if canary in kept] == []


async def test_no_document_says_what_a_person_s_trouble_is(intake: Intake) -> None:
    trouble = {"practice_area": "insolvency"}
    await intake.hear(onboarded(**trouble))
    await intake.hear(opened().model_copy(update=trouble))
    await intake.hear(inquiry("Ada Wong").model_copy(update=trouble))
    assert b"insolvency" not in await intake.raw()
    unit = UnitOfWork("intake", START)
    await intake.office.fill(unit, [lambda _: [MATTERS.one("m-1")]])
    matter = unit.get(MATTERS, "m-1")
    assert matter is not None
    assert matter.practice_area == "insolvency"


async def test_an_erased_client_is_still_found_in_a_conflict_check(intake: Intake) -> None:
    await intake.hear(onboarded(name="Erika Gabler"))
    await intake.database.collection("keys").update_one({"_id": "client:c-1"}, {"$unset": {"w": 1}})
    after = Intake(intake.database, heard=1)
    await after.hear(party("Erika Gabler", "adverse", matter_id="m-2"))
    (check,) = await after.checks_of("party:m-2.p-1")
    assert [hit.ref for hit in check.hits] == ["client:c-1"]


async def test_an_erased_client_reads_as_nameless(intake: Intake) -> None:
    await intake.hear(onboarded(name="Erika Gabler"))
    await intake.database.collection("keys").update_one({"_id": "client:c-1"}, {"$unset": {"w": 1}})
    unit = UnitOfWork("intake", START)
    await Intake(intake.database).office.fill(unit, [lambda _: [CLIENTS.one("c-1")]])
    kept = unit.get(CLIENTS, "c-1")
    assert kept is not None
    assert (kept.name, kept.former_names, kept.email) == (None, (), None)


async def test_a_search_reads_only_the_names_alike(intake: Intake) -> None:
    await intake.hear(*(onboarded(f"c-{n}", f"Client {n:05d}") for n in range(500)))
    unit = UnitOfWork("intake", START)
    keys = looking_keys("Client 00007")
    await intake.office.fill(unit, [lambda _: [CONFLICT_INDEX.by_any("filed", keys)]])
    found = unit.peek_any(CONFLICT_INDEX, "filed", keys)
    assert [known.ref for known in found] == ["client:c-7"]


async def test_a_crowded_search_reads_so_many_and_says_that_there_are_more(intake: Intake) -> None:
    await intake.hear(*(party("Anna Zanzibar", n=n) for n in range(MOST_READ + 20)))
    await intake.hear(onboarded(name="Anna Zanzibar"))
    (check,) = await intake.checks_of("client:c-1")
    assert check.more
    assert len(check.hits) + len(check.same_side) == MOST_LISTED


async def test_names_filed_by_earlier_rules_are_filed_anew(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(filing, "VERSION", "names-1")
        earlier.setattr(Known, "keys", property(lambda _: ["an earlier key"]))
        await intake.hear(party("Anna Zanzibar"))
    await file_all_anew(cast("Runtime", InsteadOfRuntime(intake)))
    await intake.hear(onboarded(name="Zanzibar"))
    (check,) = await intake.checks_of("client:c-1")
    assert [hit.reasons for hit in check.hits] == [("surname-only",)]


async def test_filing_anew_goes_on_where_it_was_left(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(filing, "VERSION", "names-1")
        await intake.hear(*(party(f"Anna Zanzibar {n}", n=n) for n in range(3)))
    half = Breaking(intake)
    monkeypatch.setattr("services.intake.app.AT_ONCE", 1)
    with pytest.raises(ConnectionError):
        await file_all_anew(cast("Runtime", half))
    rest = InsteadOfRuntime(intake)
    await file_all_anew(cast("Runtime", rest))
    assert (half.acts, rest.acts) == (1, 3)


class InsteadOfRuntime:
    """As much of a runtime as filing anew uses, over a real database."""

    def __init__(self, intake: Intake) -> None:
        self.db = intake.database
        self.clock = Clock()
        self._office = intake.office
        self.acts = 0

    async def look(self, needs: Any) -> UnitOfWork:
        unit = UnitOfWork("intake", START)
        await self._office.fill(unit, [needs])
        return unit

    async def act(self, step: Any, needs: Any, *, cause: Cause) -> None:
        self.acts += 1
        unit = await self.look(needs)
        with unit.working_on(cause):
            step(unit)
        await self._office.commit(unit)


class Breaking(InsteadOfRuntime):
    """A runtime that is cut off before its second act."""

    async def act(self, step: Any, needs: Any, *, cause: Cause) -> None:
        if self.acts:
            raise ConnectionError
        await super().act(step, needs, cause=cause)
