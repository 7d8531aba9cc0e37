"""Part 8: does a firm that brings its past along get through, at one speed and in bounds?

Sixty thousand parties with names of three words, all marked as history, wait for a fresh intake.
Each costs far more bytes in the database than an event of everyday, so that a batch of them is what
outgrows the database's cache first. How evenly it goes is as telling as how fast: the slowest five
seconds are set against the median of all.
"""

import asyncio
from dataclasses import dataclass

from shared.clock import monotonic
from tests.bench import firm
from tests.bench.bench import Bench
from tests.bench.measuring import check, median, memory_mib, until
from tests.bench.rig import Rig, answers_ok

PARTIES = 60_000
WINDOW_SECONDS, PATIENCE = 5.0, 900.0
MEMORY_LIMIT = 200.0
EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Course:
    """How it went: what was settled when, and how often intake said that it does not live."""

    at: list[tuple[float, int]]
    not_alive: int

    def rates(self, window: float) -> list[float]:
        """Events a second in each window of so many seconds, the last and shorter one left out."""
        found = []
        since, had = self.at[0]
        for now, settled in self.at[1:]:
            if now - since >= window:
                found.append((settled - had) / (now - since))
                since, had = now, settled
        return found or [(self.at[-1][1] - self.at[0][1]) / (self.at[-1][0] - self.at[0][0])]


async def measure(bench: Bench) -> None:
    """File them all, and watch."""
    count = bench.times(PARTIES, 100)
    async with bench.rig() as rig:
        with bench.step(f"publishing {count} parties of the past"):
            await publish_parties(rig, count, "p", history=True)
        rig.start_service("intake")
        await rig.ready()
        course = await _file(bench, rig, count)
        memory = memory_mib(rig.pid("intake-0"), peak=True)
        ledger = await rig.ledger("intake")
        check(ledger.get("dead", 0) + ledger.get("parked", 0) == 0, f"not all applied: {ledger}")
    seconds = course.at[-1][0] - course.at[0][0]
    rates = course.rates(bench.seconds(WINDOW_SECONDS, 0.5))
    bench.found("filing", "parties filed", course.at[-1][1] / seconds, "events/s",
                note=f"{count} parties, history, fresh installation")  # fmt: skip
    usual = median(rates)
    bench.found("filing", "the slowest five seconds : the median",
                min(rates) / usual if usual else 0.0,  # most of the time it stood still
                at_least=EVEN)  # fmt: skip
    bench.found("filing", "looks at which intake said it does not live", course.not_alive,
                at_most=0)  # fmt: skip
    bench.found("filing", "most memory of intake", memory, "MiB", at_most=MEMORY_LIMIT)
    bench.clear(rig)


async def publish_parties(rig: Rig, count: int, prefix: str, *, history: bool) -> None:
    """So many parties are in the stream when this returns."""
    letters = [
        firm.letter(each, f"party-{each.party_id}", history=history)
        for each in firm.parties(count, prefix)
    ]
    await firm.publish(rig.nats, letters)


async def _file(bench: Bench, rig: Rig, count: int) -> Course:
    course = Course([(monotonic(), 0)], 0)
    not_alive = 0
    port = rig.plan.ports["intake"]
    with bench.step(f"filing {count} parties", count) as step:

        async def filed() -> bool:
            nonlocal not_alive
            settled = (await rig.ledger("intake")).get("received", 0)
            course.at.append((monotonic(), settled))
            step.at(settled)
            if not await asyncio.to_thread(answers_ok, port, "/livez"):
                not_alive += 1
            return settled >= count

        await until(filed, "every party being filed", PATIENCE, look=0.1)
    return Course(course.at, not_alive)
