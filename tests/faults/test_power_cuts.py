"""Is what was acknowledged still there after the power went?

The servers stand still, what has reached their disks is copied, they are killed, and start again on
the copies. With a server that syncs only every two minutes the same rig must show a loss, or it
would prove nothing.
"""

import asyncio
import json
import os
import random
import signal
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import nats
import pytest

from deploy.infra import secrets
from deploy.infra.grants_in_use import grants_in_use
from deploy.infra.services import SERVICES
from deploy.infra.stream import EMBEDDED_BYTES, stream
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from shared.bus.publisher import Publisher
from shared.clock import monotonic
from shared.engine.outgoing import OutgoingEvent
from shared.errors import TemporaryError
from shared.mongo import InsertOne, connect
from tests.bench.rig import RelaxedNats
from tests.conftest import free_base
from tests.faults.disks import PowerDisk, power_disk
from tests.faults.invariants import hold
from tests.faults.story import Story
from tests.faults.system import System

pytestmark = [pytest.mark.asyncio(loop_scope="function"), pytest.mark.whole]

Record = Callable[[str, object], None]
CUTS = 20
AT_ONCE = (1, 7, 200)  # letters in one publication: alone, together, and as one atomic batch


async def cut(disks: Sequence[PowerDisk], pids: Sequence[int]) -> None:
    """The power goes: what is on the disks now is all that stays."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    for disk in disks:
        await asyncio.to_thread(disk.copy)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


async def publish_until_cut(
    publisher: Publisher, chance: random.Random, run: int, acknowledged: set[str]
) -> None:
    """Publish as the services do, noting what was acknowledged."""
    number = 0
    while True:
        some = []
        for _ in range(chance.choice(AT_ONCE)):
            number += 1
            some.append(
                OutgoingEvent(f"events.task-created.t-{run}-{number}", f"{run}-{number}", b"{}")
            )
        await publisher.publish(some)
        acknowledged |= {letter.msg_id for letter in some}


async def lost_by_nats(
    folder: Path, kind: type[EmbeddedNats], chance: random.Random, cuts: int
) -> tuple[int, int]:
    """How many publications were acknowledged, and how many of them were gone."""
    acknowledged: set[str] = set()
    with power_disk(folder / "nats", f"nats-{kind.__name__}") as disk:
        server = kind(folder / "nats", free_base(), secrets=secrets.keep(folder),
                      grants=grants_in_use(), log=folder / "nats.log")  # fmt: skip
        server.start()
        client = await nats.connect(server.url(), max_reconnect_attempts=-1)
        await client.jetstream().add_stream(stream(EMBEDDED_BYTES))
        os.sync()  # the stream itself is older than the cut
        await client.close()
        for run in range(cuts):
            client = await nats.connect(server.url(), inbox_prefix=b"inbox.admin")
            publisher = Publisher(client)
            await publisher.start()
            work = asyncio.create_task(publish_until_cut(publisher, chance, run, acknowledged))
            await asyncio.sleep(chance.uniform(0.3, 1.0))
            assert server.pid is not None
            work.cancel()
            await cut([disk], [server.pid])
            server.kill()
            await client.close()
            disk.swap()
            await asyncio.to_thread(server.start)
        lost = len(acknowledged) - await present(server, acknowledged)
        server.kill()
    return len(acknowledged), lost


async def present(server: EmbeddedNats, acknowledged: set[str]) -> int:
    """How many of these the stream holds: each has a subject of its own."""
    client = await nats.connect(server.url(), inbox_prefix=b"inbox.admin")
    subjects, total = set[str](), 1
    while len(subjects) < total:  # the server tells a hundred thousand at a time
        asked = json.dumps({"subjects_filter": "events.>", "offset": len(subjects)}).encode()
        answer = await client.request("$JS.API.STREAM.INFO.EVENTS", asked, timeout=30.0)
        info = json.loads(answer.data)
        total = info.get("total", 0)
        subjects |= (info["state"].get("subjects") or {}).keys()
    await client.close()
    return sum(f"events.task-created.t-{msg_id}" in subjects for msg_id in acknowledged)


async def test_nats_keeps_what_it_acknowledged(
    tmp_path: Path, chance: random.Random, record_property: Record
) -> None:
    said, lost = await lost_by_nats(tmp_path, EmbeddedNats, chance, CUTS)
    record_property("runs", CUTS)
    record_property("number acknowledged by NATS", said)
    record_property("number of these lost by NATS", lost)
    assert said > CUTS
    assert lost == 0, f"{lost} of {said}"


async def test_the_rig_shows_the_loss_of_a_server_that_syncs_rarely(
    tmp_path: Path, chance: random.Random, record_property: Record
) -> None:
    said, lost = await lost_by_nats(tmp_path, RelaxedNats, chance, 3)
    record_property("runs", 3)
    record_property("number acknowledged, sync_interval 2m", said)
    record_property("number of these lost, sync_interval 2m", lost)
    assert lost > 0, "this rig would not see a loss, so it proves nothing"


async def test_mongodb_keeps_what_it_acknowledged(
    tmp_path: Path, chance: random.Random, record_property: Record
) -> None:
    acknowledged: set[str] = set()
    with power_disk(tmp_path / "mongo", "mongo") as disk:
        server = EmbeddedMongo(tmp_path / "mongo", free_base(), secrets=secrets.keep(tmp_path),
                               log=tmp_path / "mongod.log")  # fmt: skip
        await asyncio.to_thread(server.start)
        for run in range(CUTS):
            work = asyncio.create_task(transact_until_cut(server, run, acknowledged))
            await asyncio.sleep(chance.uniform(0.5, 1.2))
            assert server.pid is not None
            work.cancel()
            await cut([disk], [server.pid])
            server.kill()
            await asyncio.gather(work, return_exceptions=True)
            disk.swap()
            await asyncio.to_thread(server.start)
        found, halves = await kept(server)
        server.kill()
    lost = acknowledged - found
    record_property("runs", CUTS)
    record_property("number acknowledged by MongoDB", len(acknowledged))
    record_property("number of these lost by MongoDB", len(lost))
    assert len(acknowledged) > CUTS
    assert not lost, sorted(lost)[:5]
    assert not halves, ("half a transaction", halves)


async def transact_until_cut(server: EmbeddedMongo, run: int, acknowledged: set[str]) -> None:
    """Transactions as a batch makes them: several documents in two collections, or none."""
    database = connect(server.url(), "intake")
    number = 0
    try:
        while True:
            number += 1
            key = f"{run}-{number}"
            try:
                await database.transaction({
                    "clients": [InsertOne({"_id": f"{key}-{n}"}) for n in range(3)],
                    "handled_events": [InsertOne({"_id": key})],
                })  # fmt: skip
            except TemporaryError:
                return
            acknowledged.add(key)
    finally:
        database.close()


async def kept(server: EmbeddedMongo) -> tuple[set[str], list[str]]:
    """The transactions that are there, and those of which only a part is."""
    database = connect(server.url(), "intake")
    handled, clients = [
        {row["_id"] for row in await database.collection(name).find().to_list(None)}
        for name in ("handled_events", "clients")
    ]
    database.close()
    whole = {key for key in handled if all(f"{key}-{n}" in clients for n in range(3))}
    parts = {client.rpartition("-")[0] for client in clients} | handled
    return whole, sorted(parts - whole)


class PoweredSystem(System):
    """A whole installation whose servers stand on disks that lose their power."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        super().__init__(folder)
        self.disks = [stack.enter_context(power_disk(folder / name, f"both-{name}"))
                      for name in ("nats", "mongo")]  # fmt: skip

    async def lose_power(self, *, services_too: bool) -> None:
        """Both servers at once, and everything else on that machine if it is the same."""
        gone = [f"{each}-0" for each in SERVICES] if services_too else []
        async with self.left_alone("nats", "mongod", *gone):
            await cut(self.disks, [self.pid("nats"), self.pid("mongod")])
            if gone:
                self.kill(*gone)
            self.nats_server.kill()
            self.mongo_server.kill()
            for disk in self.disks:
                await asyncio.to_thread(disk.swap)
        self.forgive()
        await self.ready()  # the machine has booted


async def test_the_whole_system_recovers_when_both_lose_power_at_once(
    tmp_path: Path, chance: random.Random, record_property: Record
) -> None:
    slowest = 0.0
    with ExitStack() as stack:
        async with PoweredSystem(tmp_path, stack) as system:
            for run in range(CUTS):
                story = Story(chance, clients=6, reminders_after=(2.0, 5.0))
                telling = asyncio.create_task(story.tell(system.nats.jetstream(), 2.0))
                await asyncio.sleep(chance.uniform(0.3, 2.5))
                await system.lose_power(services_too=run % 2 == 0)
                since = monotonic()
                await telling
                slowest = max(slowest, await hold(system, story, healed=since))
            await asyncio.to_thread(system.nats_server.kill)
            await asyncio.to_thread(system.mongo_server.kill)
    record_property("runs", CUTS)
    record_property("slowest recovery s", slowest)
