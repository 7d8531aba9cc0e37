"""Is every check that stands searched again at night, bounded, and from where it was left?"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time
from types import SimpleNamespace
from typing import Any, cast

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from services.intake import ops
from services.intake.domain.screening import Screening
from services.intake.ops import rescreen_tonight
from services.intake.ports import SCREENINGS
from services.intake.storage import MongoChecks
from shared.contracts.base import EventData
from shared.contracts.envelope import Cause, Event
from shared.engine.runtime import Runtime
from shared.mongo import connect
from shared.state.unit_of_work import UnitOfWork
from tests.empty_database import emptied
from tests.fakes.memory import START
from tests.intake.office import CONFIG, LONG_AGO, onboarded, opened, party
from tests.intake.test_storage import EVERY_MAPPING, Intake

NIGHT = datetime(2026, 3, 3, 3, tzinfo=UTC)


class Imports(Intake):
    """Intake, to which some events are imports of the past."""

    past = False

    def _event(self, data: EventData) -> Event[EventData]:
        event = super()._event(data)
        return replace(event, history=True, time=LONG_AGO) if self.past else event


class AtNight:
    """As much of a running service as its night needs, over a real database."""

    def __init__(self, intake: Intake) -> None:
        self.db = intake.database
        self.store, self.keys = intake.office, intake.office.keys
        self.clock = SimpleNamespace(now=lambda: NIGHT)
        self.consuming = asyncio.Event()
        self.consuming.set()
        self.leases = SimpleNamespace(consuming=self.consuming)
        self.leaving = False
        self.acts = 0

    async def look(self, needs: Any) -> UnitOfWork:
        unit = UnitOfWork("intake", NIGHT)
        await self.store.fill(unit, [needs])
        return unit

    async def act(self, step: Any, needs: Any, *, cause: Cause) -> Any:
        self.acts += 1
        unit = await self.look(needs)
        with unit.working_on(cause):
            result = step(unit)
        await self.store.commit(unit)
        return result


@pytest.fixture
async def intake(mongo_server: EmbeddedMongo) -> AsyncIterator[Imports]:
    """A firm with five clients, one of whom an import makes somebody's opponent."""
    database = connect(mongo_server.url(), "test_intake")
    await emptied(database, EVERY_MAPPING)
    intake = Imports(database)
    for n in range(5):
        await intake.hear(opened(f"m-{n}", f"c-{n}"), onboarded(f"c-{n}", f"Zora{n} Quist{n}"))
    intake.past = True
    await intake.hear(party("Zora3 Quist3", "adverse", matter_id="m-99"))
    await intake.database.collection("conflict_screenings").delete_many({})
    yield intake
    database.close()


async def night(runtime: AtNight) -> Screening | None:
    return await rescreen_tonight(CONFIG, MongoChecks, time(2), cast("Runtime", runtime))


async def kept(runtime: AtNight) -> Screening:
    unit = await runtime.look(lambda _: [SCREENINGS.one("nightly")])
    found = unit.get(SCREENINGS, "nightly")
    assert found is not None
    return found


async def yesterday(runtime: AtNight) -> None:
    done = Screening(night="2026-03-02", done=True)
    cause = Cause("urn:test", "y", "test", "y", None, START)
    await runtime.act(
        lambda unit: unit.put(SCREENINGS, done), lambda _: [SCREENINGS.one("nightly")], cause=cause
    )


async def test_what_an_import_made_known_reopens_the_check_of_that_client_only(
    intake: Imports,
) -> None:
    runtime = AtNight(intake)
    await yesterday(runtime)
    ended = await night(runtime)
    assert ended is not None
    assert (ended.screened, ended.reopened, (await kept(runtime)).done) == (5, 1, True)
    states = [(await intake.checks_of(f"client:c-{n}"))[0].state for n in range(5)]
    assert states == ["no-hits", "no-hits", "no-hits", "pending", "no-hits"]
    assert await night(runtime) is None


async def test_it_is_done_some_at_a_time_and_goes_on_where_it_was_left(
    intake: Imports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ops, "AT_ONCE", 2)
    runtime = AtNight(intake)
    await yesterday(runtime)

    class Leaving(MongoChecks):
        async def standing_after(self, check_id: str, limit: int) -> Any:
            if check_id:
                runtime.consuming.clear()  # another replica takes over after the first part
            return await super().standing_after(check_id, limit)

    await rescreen_tonight(CONFIG, Leaving, time(2), cast("Runtime", runtime))
    half = await kept(runtime)
    assert (half.screened, half.done) == (2, False)
    runtime.consuming.set()
    ended = await night(runtime)
    assert ended is not None
    assert (ended.screened, (await kept(runtime)).done) == (5, True)


async def test_the_very_first_night_is_the_next_one(intake: Imports) -> None:
    runtime = AtNight(intake)
    assert await night(runtime) is None
    assert (await kept(runtime)).done


async def test_events_that_wait_make_the_night_incomplete(intake: Imports) -> None:
    letters = intake.database.collection("dead_letters")
    await letters.insert_one({"_id": "d-1", "status": "open", "event_type": "party-added"})
    runtime = AtNight(intake)
    await yesterday(runtime)
    await night(runtime)
    assert (await kept(runtime)).incomplete
