"""Part 9: what does it cost to know a firm's past when somebody new comes?

Parties are filed and checked on an empty installation, then the past is filed, then as many again
are checked: the two rates say what the past costs. Then clients come one by one, each checked
against everybody known; how long that takes is set against what is least: asking one indexed
collection for the exact name, in the same run.
"""

from shared.clock import monotonic
from tests.bench import firm
from tests.bench.bench import Bench
from tests.bench.delays import trickle_cleared
from tests.bench.filing import publish_parties
from tests.bench.measuring import memory_mib, quantile, until
from tests.bench.rig import Rig

KNOWN, CHECKED, CLIENTS_PER_SECOND, CLIENTS_SECONDS = 30_000, 1_000, 20.0, 10.0
MS, PATIENCE = 1000.0, 1800.0
PLAIN = "plain_search"


async def measure(bench: Bench) -> None:
    """Before the past is known, and after."""
    known, checked = bench.times(KNOWN, 100), bench.times(CHECKED, 20)
    async with bench.rig() as rig:
        rig.start_service("intake")
        await rig.ready()
        first = await _checked_per_second(bench, rig, checked, "first")
        with bench.step(f"filing {known} parties of the past"):
            await publish_parties(rig, known, "past", history=True)
            await _settled(rig, checked + known)
        last = await _checked_per_second(bench, rig, checked, "last")
        with bench.step("clients one by one"):
            seconds = bench.seconds(CLIENTS_SECONDS)
            delays = await trickle_cleared(rig, CLIENTS_PER_SECOND, seconds, "new")
        plain = await _plain(rig, known, len(delays))
        memory = memory_mib(rig.pid("intake-0"), peak=True)
    part, check = "conflicts", quantile(delays, 0.95)
    bench.found(part, "parties filed and checked, nobody known", first, "events/s")
    bench.found(part, "parties filed and checked, the past known", last, "events/s",
                note=f"{known:,} parties")  # fmt: skip
    bench.found(part, "the past known : nobody known", last / first)
    bench.found(part, "publish to cleared, p95", check * MS, "ms")
    bench.found(part, "exact search in a plain collection, p95", quantile(plain, 0.95) * MS, "ms")
    bench.found(part, "times the exact search", check / quantile(plain, 0.95))
    bench.found(part, "most memory of intake", memory, "MiB")
    bench.clear(rig)


async def _checked_per_second(bench: Bench, rig: Rig, count: int, prefix: str) -> float:
    before = (await rig.ledger("intake")).get("received", 0)
    with bench.step(f"filing and checking {count} parties"):
        started = monotonic()
        await publish_parties(rig, count, prefix, history=False)
        await _settled(rig, before + count)
        return count / (monotonic() - started)


async def _settled(rig: Rig, count: int) -> None:
    await until(lambda: rig.has_settled("intake", count), "the parties being filed", PATIENCE)


async def _plain(rig: Rig, known: int, asked: int) -> list[float]:
    """How long each of so many exact searches takes among so many names."""
    collection = rig.database("bench").collection(PLAIN)
    names = [each.name for each in firm.parties(known, "past")]
    await collection.insert_many([{"name": name} for name in names], ordered=False)
    await collection.create_index("name")
    found = []
    for number in range(asked):
        started = monotonic()
        await collection.find({"name": names[number % known]}).to_list(None)
        found.append(monotonic() - started)
    return found
