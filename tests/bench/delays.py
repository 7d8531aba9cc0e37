"""Part 2b: how soon does an event have its effect, and how soon would it with a bare program?

Clients arrive at a steady rate, first a trickle, then half of the most the machine can do. Then the
same again with the plainest program in the services' place (``anchor.py``): the same clients at the
same rates, the same reads, writes and publications, in the same run. The goals are ratios to it:
a delay in milliseconds says as much of the machine as of us.
"""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig
from pymongo import MongoClient

from deploy.infra.grants import STREAM
from deploy.infra.stream import consumer
from shared.clock import monotonic
from tests.bench import firm
from tests.bench.anchor import Task
from tests.bench.bench import Bench
from tests.bench.copying import copy_documents, empty
from tests.bench.measuring import quantile, until
from tests.bench.rig import Rig

PER_CLIENT = {"intake": 1, "reminders": 3}  # onboarded; onboarded, cleared, planned
FOLLOW_UPS = {
    "intake": ("client-onboarded", "conflict-cleared"),
    "reminders": ("conflict-cleared", "contact-planned"),
}
TRICKLE_PER_SECOND, TRICKLE_SECONDS, WARM_SECONDS = 50, 20.0, 5.0
WARM = "warm"
GOALS = {"trickle": 1.5, "half": 3.0}  # times the bare program's p99
NOT_PER_EVENT = {"leases", "settings"}
PATIENCE, MS = 60.0, 1000.0

Delays = tuple[list[float], list[float]]  # to conflict-cleared, and to contact-planned


@dataclass(frozen=True, slots=True)
class Load:
    """So many clients a second for so long, under a name that marks their ids."""

    name: str
    rate: float
    seconds: float

    @property
    def clients(self) -> int:
        """How many that makes."""
        return max(int(self.rate * self.seconds), 1)


Statements = dict[str, dict[str, dict[str, float]]]  # by service, load and collection: per message


async def measure(bench: Bench, rig: Rig, most: float) -> None:
    """The delays of the services that run, then those of the bare program; the services end."""
    seconds = bench.seconds(TRICKLE_SECONDS)
    loads = {
        "trickle": Load("trickle", TRICKLE_PER_SECOND, seconds),
        "half": Load("half", max(most / 2, 1.0), seconds),
    }
    warm = Load(WARM, TRICKLE_PER_SECOND, bench.seconds(WARM_SECONDS))
    every = [warm, *loads.values()]
    ours: dict[str, Delays] = {}
    statements: dict[str, Statements] = {
        kind: {name: {} for name in PER_CLIENT} for kind in ("find", "update")
    }
    for load in every:
        with bench.step(f"delay at {load.rate:.0f}/s, sync {rig.sync}"):
            before = _statements(rig)
            ours[load.name] = await trickle(rig, load.rate, load.seconds, load.name)
            _keep(statements, load, before, _statements(rig))
    await rig.stop_services()
    bare = await _bare(bench, rig, every, statements)
    for name, load in loads.items():
        _note(bench, rig.sync, load, ours[name], bare[name])


def _note(bench: Bench, sync: str, load: Load, ours: Delays, bare: Delays) -> None:
    label = f"at {load.rate:.0f}/s"
    for effect, own, anchor in zip(("cleared", "planned"), ours, bare, strict=True):
        for share in (0.5, 0.99):
            name = f"publish to {effect}, {label}, p{share * 100:.0f}"
            found, least = quantile(own, share) * MS, quantile(anchor, share) * MS
            bench.found("delay", name, found, "ms", sync=sync, note=f"bare {least:.3g} ms")
            bench.found("delay", f"{name}, times the bare program's", found / least, sync=sync,
                        at_most=GOALS[load.name] if share == 0.99 else None)  # fmt: skip


async def trickle(rig: Rig, rate: float, seconds: float, prefix: str) -> Delays:
    """Publish at a steady rate; the delays to conflict-cleared and to contact-planned."""
    first, last = await _trickle(
        rig, rate, seconds, prefix, ("conflict-cleared", "contact-planned")
    )
    return first, last


async def trickle_cleared(rig: Rig, rate: float, seconds: float, prefix: str) -> list[float]:
    """Publish at a steady rate; the delays to what the conflict check says, whatever that is."""
    (cleared,) = await _trickle(rig, rate, seconds, prefix, ("conflict-cleared",))
    return cleared


async def _trickle(
    rig: Rig, rate: float, seconds: float, prefix: str, effects: Sequence[str]
) -> list[list[float]]:
    some = firm.clients(max(int(rate * seconds), 1), prefix)
    sent: dict[str, float] = {}
    seen: dict[str, dict[str, float]] = {effect: {} for effect in effects}

    async def note(message: Msg) -> None:
        _, kind, client_id = message.subject.split(".")
        seen[kind].setdefault(client_id, monotonic())

    subscriptions = [await rig.nats.subscribe(f"events.{kind}.*", cb=note) for kind in seen]
    started = monotonic()
    for number, client in enumerate(some):
        due = started + number / rate  # a late publisher counts as delay, too
        if (ahead := due - monotonic()) > 0:
            await asyncio.sleep(ahead)
        letter = firm.letter(client)
        sent[client.client_id] = due
        await rig.nats.publish(letter.subject, letter.body)

    async def all_seen() -> bool:
        return len(seen[effects[-1]]) == len(some)

    await until(all_seen, "the last effect", 120.0)
    for subscription in subscriptions:
        await subscription.unsubscribe()
    return [[at - sent[id] for id, at in each.items()] for each in seen.values()]


async def _bare(
    bench: Bench, rig: Rig, loads: list[Load], statements: dict[str, Statements]
) -> dict[str, Delays]:
    """The same loads with the bare program in the services' place."""
    folder = rig.folder / "lone"
    for service in PER_CLIENT:
        await copy_documents(rig, service, folder / service)
    await empty(rig)
    await rig.nats.jetstream().purge_stream(STREAM)
    await rig.come_to_rest()
    clients = sum(load.clients for load in loads)
    processes = [await _start(rig, name, clients, folder, statements) for name in PER_CLIENT]
    found = {}
    for load in loads:
        with bench.step(f"delay at {load.rate:.0f}/s of the bare program, sync {rig.sync}"):
            found[load.name] = await trickle(rig, load.rate, load.seconds, load.name)
    outputs = await asyncio.gather(*(process.communicate(b"end\n") for process in processes))
    if any(process.returncode for process in processes):
        raise RuntimeError(f"the bare program failed: {outputs}")
    return found


async def _start(
    rig: Rig, service: str, clients: int, folder: Path, statements: dict[str, Statements]
) -> Process:
    durable = f"lone-{service}"
    inbox = f"inbox.admin.{durable}"
    app = rig.apps[service]
    heard = None if app.hears_all else {listener.event.TYPE for listener in app.listeners}
    await rig.nats.jetstream().add_consumer(
        STREAM,
        ConsumerConfig(durable_name=durable, deliver_subject=inbox, max_ack_pending=5000,
                       filter_subjects=consumer(service, heard).filter_subjects,
                       ack_policy=AckPolicy.EXPLICIT, ack_wait=30),
    )  # fmt: skip
    on, says = FOLLOW_UPS[service]
    task = Task(
        nats_url=rig.nats_server.url(), mongo_url=rig.mongo_server.url(), service=service,
        durable=durable, inbox=inbox, folder=str(folder / service),
        messages=clients * PER_CLIENT[service], on=on, says=says,
        reads=statements["find"][service], updates=statements["update"][service],
    )  # fmt: skip
    path = folder / f"{durable}.json"
    task.write(path)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.anchor", str(path), stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), PATIENCE)
    return process


def _statements(rig: Rig) -> dict[str, Any]:
    """How many statements each collection has seen so far, as the server counts them."""
    with MongoClient[dict[str, Any]](rig.mongo_server.url()) as client:
        totals: dict[str, Any] = client.admin.command("top")["totals"]
    return totals


def _keep(
    statements: dict[str, Statements], load: Load, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """The finds and updates of each collection for each message of this load."""
    for kind, counted in (("find", "queries"), ("update", "update")):
        for service, each in PER_CLIENT.items():
            made = statements[kind][service].setdefault(load.name, {})
            for space, totals in after.items():
                database, _, name = space.partition(".")
                if database not in {service, f"{service}_keys"} or name in NOT_PER_EVENT:
                    continue
                earlier = before.get(space, {}).get(counted, {}).get("count", 0)
                if count := totals[counted]["count"] - earlier:
                    made[name] = count / (load.clients * each)
