"""Is a decision that may be taken back told once, or never, whatever happens at second ten?

Real servers: two replicas of the desk over one database, and an owner that notes what it is told.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import nats
import pytest

from deploy.infra.ports import OPS
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.desk.app import build
from services.desk.domain.held_decisions import ENDED
from services.desk.domain.listed_task import ListedTask, mark, settled
from services.desk.ports.held_decisions import HELD
from services.desk.ports.tasks import LISTED
from services.desk.workflow.held_decisions import held_needs, hold, hold_needs, take_back
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.mongo import connect
from shared.process.run import ServiceProcess, mappings_of
from shared.process.settings import Settings
from shared.state.indexes import ensure
from tests.core.conftest import prepare_stream, until
from tests.desk.facts import LEO
from tests.desk.running import OWNER, StubOwner, key_file

MANY = 24
SECOND = timedelta(seconds=1)


class Replicas:
    """The desk in as many processes as a test starts, and its one owner of tasks."""

    def __init__(self, settings: list[Settings], owner: StubOwner) -> None:
        self._settings = settings
        self.owner = owner
        self.running: list[ServiceProcess] = []

    async def start(self) -> Runtime:
        """One process more."""
        process = ServiceProcess(build(), self._settings[len(self.running)])
        await process.start()
        self.running.append(process)
        return process.runtime

    async def leave(self) -> None:
        """All of them leave."""
        for each in self.running:
            await each.leave()
        self.running = []

    def told(self) -> Counter[str]:
        """How often the owner was told of which decision."""
        return Counter(each["decision_id"] for each in self.owner.decided)


@pytest.fixture
async def desk(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Replicas]:  # fmt: skip
    """Nothing runs yet."""
    monkeypatch.setenv("DESK_API_KEYS_FILE", str(key_file(tmp_path)))
    key = tmp_path / "key"
    key.write_text("ab" * 32)
    connection = await nats.connect(nats_url)
    await prepare_stream(connection, "desk")
    database = connect(mongo_server.url(), "desk")
    for name in ("desk", "desk_keys"):
        await database._client.drop_database(name)
    await ensure(database, mappings_of(build()))
    settings = [
        Settings(
            nats_url=nats_server.url("desk"), mongo_url=mongo_server.url("desk"),
            http_port=port_base + number, ops_port=port_base + OPS + number, replica=str(number),
            master_key_file=key, link_key_file=key, data_dir=tmp_path,
        )
        for number in range(2)
    ]  # fmt: skip
    owner = StubOwner(connection)
    await owner.come()
    replicas = Replicas(settings, owner)
    yield replicas
    await replicas.leave()
    await connection.close()
    database.close()


async def act(runtime: Runtime, step: Any, needs: Any, id: str) -> Any:
    """One request of a person."""
    cause = Cause("urn:test", id, "request", id, None, runtime.clock.now())
    return await runtime.act(step, needs, cause=cause)


async def decide(runtime: Runtime, number: int, patience: timedelta = SECOND) -> str:
    """A task, and a decision on it that may be taken back."""
    task_id, id = f"t-{number}", f"d-{number}"
    task = settled(
        ListedTask(task_id=task_id, said=mark(1, "x"), service=OWNER, kind="call-client",
                   role="lawyer", about={"client_id": f"c-{number}"})
    )  # fmt: skip
    await act(runtime, lambda unit: unit.put(LISTED, task), hold_needs(task_id, id), f"new-{id}")
    asked = {"decision_id": id, "decision": "reached", "fields": {"note": "x"}, "version": 1}
    step = hold(task_id, asked, b"said", LEO, patience, {"note": "x"})
    await act(runtime, step, hold_needs(task_id, id), id)
    return id


async def states(runtime: Runtime, ids: list[str]) -> dict[str, str]:
    """What became of these decisions."""
    unit = await runtime.look(lambda _: [HELD.one(each) for each in ids])
    return {id: held.state for id in ids if (held := unit.get(HELD, id)) is not None}


async def all_ended(runtime: Runtime, ids: list[str]) -> dict[str, str]:
    """The same, once none of them is under way."""

    async def ended() -> bool:
        return all(each in ENDED for each in (await states(runtime, ids)).values())

    await until(ended)
    return await states(runtime, ids)


async def test_taken_back_as_the_seconds_end_it_is_told_once_or_never(desk: Replicas) -> None:
    one, two = await desk.start(), await desk.start()
    ids = [await decide(one, number) for number in range(MANY)]

    async def at_the_last_moment(number: int, id: str) -> bool:
        unit = await one.look(lambda _: [HELD.one(id)])
        held = unit.get(HELD, id)
        assert held is not None
        due = held.due or one.clock.now()
        early = (number - MANY / 2) * 0.01  # from a little before that instant to a little after
        await asyncio.sleep(max(0.0, (due - one.clock.now()).total_seconds() + early))
        try:
            await act(two, take_back(id, LEO), held_needs(id), f"back-{id}")
        except RuleError:
            return False
        return True

    taken = await asyncio.gather(*(at_the_last_moment(n, id) for n, id in enumerate(ids)))
    ended = await all_ended(one, ids)
    assert {id: state == "taken-back" for id, state in ended.items()} == dict(
        zip(ids, taken, strict=True)
    )
    assert desk.told() == Counter(id for id, back in zip(ids, taken, strict=True) if not back)


async def test_a_restart_between_the_decision_and_its_second_loses_nothing(
    desk: Replicas,
) -> None:
    id = await decide(await desk.start(), 1, timedelta(seconds=2))
    await desk.leave()
    assert desk.told() == Counter()
    assert await all_ended(await desk.start(), [id]) == {id: "announced"}
    assert desk.told() == Counter([id])


async def test_an_owner_that_was_away_is_told_once_it_is_back(
    desk: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.desk.domain.held_decisions.FIRST_RETRY", SECOND)
    await desk.owner.go()
    runtime = await desk.start()
    id = await decide(runtime, 1, timedelta(milliseconds=100))

    async def tried() -> bool:
        return await states(runtime, [id]) == {id: "passing-on"}

    await until(tried)
    await desk.owner.come()
    assert await all_ended(runtime, [id]) == {id: "announced"}
    assert desk.told() == Counter([id])
