"""Parts 1 and 2: how near do the real services come to the bare limit, and how quickly?

New clients go through intake (client, conflict check, conflict-cleared) and reminders (card, three
timers, contact-planned). First a waiting crowd of them for throughput; then a steady trickle, and
half of the throughput found, for the delay from publishing to the effect.
"""

from collections.abc import Sequence
from pathlib import Path

from deploy.infra.grants import STREAM
from shared.clock import monotonic
from tests.bench import delays, firm
from tests.bench.bench import Bench
from tests.bench.copying import empty
from tests.bench.delays import PER_CLIENT
from tests.bench.figures import BY_DEFAULT
from tests.bench.limit import Bare, bare_limit
from tests.bench.measuring import check, until
from tests.bench.rig import Rig
from tests.bench.sampling import shares

CLIENTS = 20_000
SERVICES = ("intake", "reminders")
TIMERS_EACH = 3
WAYS = {"follow-ups one by one": False, "follow-ups in batches": True}
PLAYBOOKS = Path(__file__).parent / "playbooks"
MS = 1000.0


async def measure(bench: Bench) -> None:
    """Both settings, each on fresh servers."""
    for sync in bench.syncs:
        async with bench.rig(sync) as rig:
            await _measure(bench, rig)
        bench.clear(rig)


async def _measure(bench: Bench, rig: Rig) -> None:
    count, sync = bench.times(CLIENTS, 50), rig.sync
    with bench.step(f"end to end, sync {sync}: publishing {count} clients"):
        started = monotonic()
        await firm.publish(rig.nats, firm.letters(firm.clients(count)))
        bench.found("publishing", "input events taken by the stream",
                    count / (monotonic() - started), "events/s", sync=sync)  # fmt: skip
    start_services(rig)
    await rig.ready()
    seconds, busy = await _drain(bench, rig, count)
    await rig.stop_services()
    messages = {name: count * PER_CLIENT[name] for name in SERVICES}
    bare = []
    for way, together in WAYS.items():
        with bench.step(f"bare limit, {way}, sync {sync}"):
            copies = rig.folder / "copies"
            bare.append(await bare_limit(rig, count, messages, copies, together=together))
    _note(bench, sync, count, seconds, bare, busy)
    await _delays(bench, rig, count / seconds)
    if sync == BY_DEFAULT or len(bench.syncs) == 1:
        await _profile(bench, rig, bench.times(CLIENTS // 4, 50))


def start_services(rig: Rig, *, profiled: bool = False) -> None:
    """Intake and reminders, with the measured firm's playbook."""
    for service in SERVICES:
        rig.start_service(
            service, profile=rig.folder / f"{service}.profile" if profiled else None,
            CLIENTELE_PLAYBOOKS_DIR=str(PLAYBOOKS),
        )  # fmt: skip


async def _drain(bench: Bench, rig: Rig, count: int) -> tuple[float, dict[str, float]]:
    """Seconds for ``count`` clients, from the first effect seen; processor seconds of each."""
    total = PER_CLIENT["reminders"] * count
    with bench.step(f"end to end, sync {rig.sync}", total) as step:
        await until(lambda: rig.has_settled("intake", 1), "the first event")
        first = (await rig.ledger("intake"))["received"]
        started, before = monotonic(), rig.processor()

        async def done() -> bool:
            received = (await rig.ledger("reminders")).get("received", 0)
            step.at(received)
            return received >= total

        await until(done, "every client being planned for")
        seconds = monotonic() - started
        busy = {name: used - before[name] for name, used in rig.processor().items()}
    await _check(rig, count)
    return seconds * count / max(count - first, 1), busy


async def _check(rig: Rig, count: int) -> None:
    """A measurement of work that was not done is void."""
    for service in SERVICES:
        ledger = await rig.ledger(service)
        lost = ledger.get("dead", 0) + ledger.get("parked", 0)
        check(lost == 0, f"{service} did not apply everything: {ledger}")
    timers = await rig.database("reminders").collection("timers").count_documents({})
    check(timers == TIMERS_EACH * count, f"{timers} timers for {count} clients")


def _note(
    bench: Bench, sync: str, count: int, seconds: float, bare: Sequence[Bare],
    busy: dict[str, float],
) -> None:  # fmt: skip
    """The goal is set against nats-py as it is; what it has no call for is told beside it."""
    for way, each in zip(WAYS, bare, strict=True):
        bench.found("bare limit", way, count / each.seconds, "clients/s", sync=sync)
    bench.found("end to end", "through intake and reminders", count / seconds,
                "clients/s", sync=sync, note=f"{count} clients, 4 deliveries each")  # fmt: skip
    for (way, together), each in zip(WAYS.items(), bare, strict=True):
        goal = None if together else 0.5
        bench.found("end to end", f"ratio to the bare limit, {way}", each.seconds / seconds,
                    sync=sync, at_least=goal)  # fmt: skip
        bench.found("end to end", f"the same in processor time, {way}",
                    each.processor_seconds / sum(busy.values()), sync=sync,
                    at_least=goal)  # fmt: skip
    for name, used in busy.items():
        bench.found("end to end", f"processor time of {name}", used / count * MS,
                    "ms/client", sync=sync)  # fmt: skip


async def _delays(bench: Bench, rig: Rig, most: float) -> None:
    """The delays at a trickle and at half of the most, on emptied databases."""
    await empty(rig)
    await rig.nats.jetstream().purge_stream(STREAM)
    await rig.come_to_rest()
    start_services(rig)
    await rig.ready()
    await delays.measure(bench, rig, most)


async def _profile(bench: Bench, rig: Rig, count: int) -> None:
    """Where the time goes, in both services, while a crowd waits."""
    with bench.step("profile"):
        before = (await rig.ledger("reminders")).get("received", 0)
        await firm.publish(rig.nats, firm.letters(firm.clients(count, "p")))
        start_services(rig, profiled=True)
        await rig.ready()
        total = before + count * PER_CLIENT["reminders"]
        await until(lambda: rig.has_settled("reminders", total), "the profiled crowd")
        await rig.stop_services()
    for service in SERVICES:
        path = rig.folder / f"{service}.profile"
        title = f"Where {service} spends its time, sync {rig.sync}"
        bench.findings.profiles[title] = shares(path)
