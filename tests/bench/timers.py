"""Part 3: how fast do timers fire, how late, and does it matter how many are waiting?

Timers of the shipped playbook fall due and announce an event each, first spread over ten seconds
(lateness, cost), then all at one instant (the most a process can do); with few and with a million
others pending, and with one, two and three processes.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from deploy.infra.grants import STREAM
from shared.clock import monotonic, real_now, to_millisecond
from shared.state.mappings import SHARDS
from tests.bench.bench import Bench
from tests.bench.measuring import VoidError, memory_mib, quantile, until
from tests.bench.planting import Planted, another, office_of, plant, plant_pending, sample
from tests.bench.rig import Rig

RULE, SAYS = "survey-due", "survey-due"
DUE, SPREAD_SECONDS = 20_000, 10.0
FEW, MANY = 10_000, 1_000_000
LEAD_SECONDS, PLANTED_PER_SECOND, SPARE, TRIES = 3.0, 700.0, 1.5, 4
MS = 1000.0
FETCH = 500


@dataclass(frozen=True, slots=True)
class Round:
    """One round: how late each timer was, and the processor seconds it took."""

    spread: float
    late: list[float]
    used: dict[str, float]


class Firing:
    """Rounds of timers on one rig; each round has a name of its own."""

    def __init__(self, bench: Bench, rig: Rig) -> None:
        self._bench = bench
        self._rig = rig
        self._like = sample(rig, RULE)
        self._events = 0
        self._planted_per_second = PLANTED_PER_SECOND  # then as found, with something to spare
        self._rounds = 0

    async def add_pending(self, first: int, count: int) -> None:
        """More timers that are not due for a month."""
        with self._bench.step(f"planting {count} pending timers"):
            await plant_pending(self._rig, self._like, first, count)
            await self._rig.come_to_rest()

    async def round(self, count: int, spread: float) -> Round:
        """Let so many fall due, all at once or spread over some seconds."""
        for _ in range(TRIES):
            planted, begin = await self._plant(count, spread)
            if real_now() < begin:
                return await self._fire(planted, begin, spread)
            await self._all_announced(count)  # too slow: the first were due before the last was in
        raise VoidError("planting was overtaken by the first due instant, again and again")

    async def _plant(self, count: int, spread: float) -> tuple[list[Planted], datetime]:
        """Plant them for as soon as planting should be over."""
        self._rounds += 1
        lead = LEAD_SECONDS + count / self._planted_per_second
        begin = to_millisecond(real_now() + timedelta(seconds=lead))
        planted = self._planted(count, spread, begin)
        started = monotonic()
        with self._bench.step(f"planting {count} timers"):
            await plant(office_of(self._rig), planted)
        self._planted_per_second = count / (monotonic() - started) / SPARE
        self._events += count
        return planted, begin

    async def _fire(self, planted: list[Planted], begin: datetime, spread: float) -> Round:
        count = len(planted)
        await until(_reached(begin), "the first due instant")
        before = self._rig.processor()
        await self._all_announced(count, spread)
        used = {name: now - before[name] for name, now in self._rig.processor().items()}
        due = {each.card.client_id: each.timer.due_at for each in planted}
        return Round(spread, await self._lateness(due, self._events - count), used)

    async def _all_announced(self, count: int, spread: float = 0.0) -> None:
        with self._bench.step(f"{count} timers due within {spread:.0f} s", count) as step:

            async def all_stored() -> bool:
                stored = await self._stored()
                step.at(count - self._events + stored)
                return stored >= self._events

            await until(all_stored, "every timer having fired", 300.0, look=0.2)

    async def announced_too_often(self) -> int:
        """How many announcements were written beyond one for each timer.

        The stream holds one each, that was waited for; it would drop a second one by its identity,
        but a timer fired twice has written twice.
        """
        outbox = self._rig.database("reminders").collection("outbox")
        size = {"$group": {"_id": None, "n": {"$sum": {"$size": "$events"}}}}
        written: int = (await outbox.aggregate([size]).to_list(1))[0]["n"]
        return written - self._events

    def _planted(self, count: int, spread: float, begin: datetime) -> list[Planted]:
        step = timedelta(seconds=spread) / count
        return [
            another(self._like, f"{self._rounds}-{n}", to_millisecond(begin + n * step))
            for n in range(count)
        ]

    async def _stored(self) -> int:
        info = await self._rig.nats.jetstream().stream_info(STREAM)
        return int(info.state.messages)

    async def _lateness(self, due: dict[str, datetime], after: int) -> list[float]:
        """From each due instant to the arrival of its announcement in the stream."""
        streams = self._rig.nats.jetstream()
        name = f"read-{self._rounds}"
        await streams.add_consumer(
            STREAM,
            ConsumerConfig(durable_name=name, ack_policy=AckPolicy.NONE, opt_start_seq=after + 1,
                           deliver_policy=DeliverPolicy.BY_START_SEQUENCE),
        )  # fmt: skip
        pull = await streams.pull_subscribe_bind(name, STREAM)
        late = []
        while due:
            for message in await pull.fetch(min(FETCH, len(due)), timeout=10):
                client_id = message.subject.rsplit(".", 1)[1]
                late.append((message.metadata.timestamp - due.pop(client_id)).total_seconds())
        await pull.unsubscribe()
        return late


async def measure(bench: Bench) -> None:
    """Few pending, many pending, then more processes."""
    due, spread = bench.times(DUE, 100), bench.seconds(SPREAD_SECONDS, 1.0)
    few, many = bench.times(FEW, 50), bench.times(MANY, 200)
    async with bench.rig() as rig:
        rig.start_service("reminders")
        await rig.ready()
        firing = Firing(bench, rig)
        costs, bursts = {}, {}
        for pending, before in ((few, 0), (many, few)):
            await firing.add_pending(before, pending - before)
            costs[pending] = _note_spread(bench, pending, await firing.round(due, spread))
            bursts[pending] = _note_burst(bench, f"{pending:,} pending", 1,
                                          await firing.round(due, 0.0))  # fmt: skip
            bench.found("timers", f"memory of reminders, {pending:,} pending",
                        memory_mib(rig.pid("reminders-0"), peak=True), "MiB")  # fmt: skip
        bench.found("timers", f"processor time, {many:,} : {few:,} pending",
                    costs[many] / costs[few], at_most=1.15)  # fmt: skip
        bench.found("timers", f"seconds for a burst, {many:,} : {few:,} pending",
                    bursts[few] / bursts[many])  # fmt: skip
        await _several(bench, rig, firing, due)
        bench.found("timers", "fired twice", await firing.announced_too_often(), must=True,
                    note="outbox and stream counted", at_most=0)  # fmt: skip
    bench.clear(rig)


async def _several(bench: Bench, rig: Rig, firing: Firing, due: int) -> None:
    """Two and three processes share the shards."""
    for processes in (2, 3):
        rig.start_service("reminders", processes - 1)
        await rig.ready()
        await until(partial(_shared, rig, processes), "the shards being shared", 60.0, look=0.2)
        _note_burst(bench, "all pending", processes, await firing.round(due, 0.0))


async def _shared(rig: Rig, processes: int) -> bool:
    """Whether every process holds its share of the shards."""
    leases = rig.database("reminders").collection("leases")
    rows = await leases.find({"_id": {"$regex": "^shard:"}}).to_list(None)
    held = Counter(row["holder"] for row in rows if row.get("holder"))
    return len(held) == processes and max(held.values()) <= -(-SHARDS // processes)


def _note_spread(bench: Bench, pending: int, found: Round) -> float:
    """Lateness, and processor time per timer."""
    label = f"{pending:,} pending"
    for share, limit in ((0.5, None), (0.99, 250.0)):
        bench.found("timers", f"lateness p{share * 100:.0f}, {label}",
                    quantile(found.late, share) * MS, "ms", at_most=limit)  # fmt: skip
    cost = sum(found.used.values()) / len(found.late) * MS
    own = sum(used for name, used in found.used.items() if name.startswith("reminders"))
    bench.found("timers", f"processor time, {label}", cost, "ms/timer",
                note=f"of which reminders {own / len(found.late) * MS:.2f}")  # fmt: skip
    return cost


def _note_burst(bench: Bench, label: str, processes: int, found: Round) -> float:
    """The most that can be fired."""
    rate = len(found.late) / max(found.late)
    bench.found("timers", f"fired by {processes} process(es), {label}", rate, "/s",
                at_least=2000.0 if processes == 1 else None)  # fmt: skip
    return rate


def _reached(instant: datetime) -> Callable[[], Awaitable[bool]]:
    async def reached() -> bool:
        return real_now() >= instant

    return reached
