"""Part 9: what does it cost to know a firm's past when somebody new comes?

Parties with names as skewed as those of a country are filed and checked on an empty installation,
and again once three hundred thousand are known: the rates say what the past costs. Then clients
come one by one, each checked against everybody known; how long that takes is set against what is
least: asking one indexed collection for the exact name, in the same run.
"""

import asyncio
import json
from dataclasses import dataclass
from functools import partial
from itertools import islice

from nats.aio.msg import Msg

from shared.clock import monotonic
from shared.contracts.firm import ClientOnboarded, PartyAdded
from tests.bench import firm
from tests.bench.bench import Bench
from tests.bench.known import SEED, names, plant_known
from tests.bench.measuring import median, memory_mib, quantile, until
from tests.bench.rig import Rig

KNOWN, CHECKED, WARM = 300_000, 6_000, 500
CLIENTS, CLIENTS_PER_SECOND = 400, 20.0
IDLE_SECONDS, IDLE_SHARE = 2.0, 0.1
MS, PATIENCE = 1000.0, 1800.0
CHECK_GOAL_MS, RATE_GOAL, EVEN_GOAL, MEMORY_GOAL = 40.0, 500.0, 0.8, 200.0
PLAIN = "plain_search"
PART = "conflicts"


@dataclass(frozen=True, slots=True)
class Course:
    """How fast parties were filed and checked, and what each took of the processor, in ms."""

    per_second: float
    intake: float
    mongod: float


async def measure(bench: Bench) -> None:
    """Before the past is known, and after."""
    known, checked = bench.times(KNOWN, 200), bench.times(CHECKED, 40)
    async with bench.rig() as rig:
        rig.start_service("intake")
        await rig.ready()
        await _checked(bench, rig, bench.times(WARM, 20), "warm")
        first = await _checked(bench, rig, checked, "first")
        with bench.step(f"keeping {known} parties of the past"):
            await plant_known(rig, known)
            await rig.come_to_rest()
        await _checked(bench, rig, bench.times(WARM, 20), "again")
        with bench.step("intake reading under which keys anybody is filed"):
            await until(partial(_is_idle, rig), "intake being at rest", PATIENCE)
        begin = await _checked(bench, rig, checked // 2, "begin")
        end = await _checked(bench, rig, checked // 2, "end")
        with bench.step("clients one by one"):
            delays = await _one_by_one(rig, bench.times(CLIENTS, 20))
        plain = await _plain(rig, known, len(delays))
        memory = memory_mib(rig.pid("intake-0"), peak=True)
    _tell(bench, first, begin, end)
    _tell_delays(bench, delays, plain)
    bench.found(PART, "most memory of intake", memory, "MiB", at_most=MEMORY_GOAL)
    bench.clear(rig)


def _tell(bench: Bench, first: Course, begin: Course, end: Course) -> None:
    note = f"{bench.times(KNOWN, 200):,} parties known, names as skewed as a country's"
    slower = min(begin.per_second, end.per_second)
    bench.found(PART, "parties filed and checked, few known", first.per_second, "events/s")
    bench.found(PART, "parties filed and checked, the past known", slower, "events/s",
                at_least=RATE_GOAL, note=note)  # fmt: skip
    bench.found(PART, "the past known : few known", slower / first.per_second)
    bench.found(PART, "the second half : the first", end.per_second / begin.per_second,
                at_least=EVEN_GOAL)  # fmt: skip
    for when, course in (("few known", first), ("the past known", begin), ("at the end", end)):
        for name, took in (("intake", course.intake), ("mongod", course.mongod)):
            bench.found(PART, f"processor time of {name} for a party, {when}", took, "ms")


def _tell_delays(bench: Bench, delays: list[float], plain: list[float]) -> None:
    bench.found(PART, "publish to checked, median", median(delays) * MS, "ms")
    bench.found(PART, "publish to checked, p95", quantile(delays, 0.95) * MS, "ms",
                at_most=CHECK_GOAL_MS)  # fmt: skip
    bench.found(PART, "exact search in a plain collection, p95", quantile(plain, 0.95) * MS, "ms")
    bench.found(PART, "times the exact search", quantile(delays, 0.95) / quantile(plain, 0.95))


async def _checked(bench: Bench, rig: Rig, count: int, prefix: str) -> Course:
    """Until so many more parties are kept: intake also hears what it says of those it found."""
    parties = rig.database("intake").collection("parties")
    due = await parties.estimated_document_count() + count
    some = islice(names(SEED + sum(prefix.encode())), count)
    letters = [firm.letter(_party(n, name, prefix), f"{prefix}-{n}") for n, name in enumerate(some)]

    async def all_kept() -> bool:
        return bool(await parties.estimated_document_count() >= due)

    with bench.step(f"filing and checking {count} parties"):
        before, started = rig.processor(), monotonic()
        await firm.publish(rig.nats, letters)
        await until(all_kept, "the parties being filed", PATIENCE)
        per_second, after = count / (monotonic() - started), rig.processor()
    took = {name: (after[name] - before[name]) * MS / count for name in ("intake-0", "mongod")}
    return Course(per_second, took["intake-0"], took["mongod"])


async def _is_idle(rig: Rig) -> bool:
    """Whether intake hardly works: what it reads once, when it finds another past, is read."""
    before = rig.processor()["intake-0"]
    await asyncio.sleep(IDLE_SECONDS)
    return rig.processor()["intake-0"] - before < IDLE_SHARE * IDLE_SECONDS


def _party(number: int, name: str, prefix: str) -> PartyAdded:
    matter_id = f"m-{prefix}-{number // 10}"
    return PartyAdded(matter_id=matter_id, party_id=f"{prefix}-{number}", name=name, role="adverse")


def _client(number: int, name: str) -> ClientOnboarded:
    return ClientOnboarded(
        client_id=f"new-{number}",
        name=name,
        email="new@example.com",
        timezone="Europe/Berlin",
        locale="de",
    )


async def _one_by_one(rig: Rig, count: int) -> list[float]:
    """How long each client waits, from publishing to what the check says, whatever that is."""
    sent, seen = dict[str, float](), dict[str, float]()

    async def note(message: Msg) -> None:
        seen.setdefault(json.loads(message.data)["data"].get("client_id"), monotonic())

    kinds = ("conflict-cleared", "conflict-detected")
    subscriptions = [await rig.nats.subscribe(f"events.{kind}.*", cb=note) for kind in kinds]
    started = monotonic()
    for number, name in enumerate(islice(names(SEED + 1), count)):
        due = started + number / CLIENTS_PER_SECOND
        await asyncio.sleep(max(due - monotonic(), 0.0))
        client = _client(number, name)
        letter = firm.letter(client)
        sent[client.client_id] = due
        await rig.nats.publish(letter.subject, letter.body)

    async def all_seen() -> bool:
        return sent.keys() <= seen.keys()

    await until(all_seen, "every client being checked", PATIENCE)
    for subscription in subscriptions:
        await subscription.unsubscribe()
    return [seen[client_id] - sent[client_id] for client_id in sent]


async def _plain(rig: Rig, known: int, asked: int) -> list[float]:
    """How long each of so many exact searches takes among so many names."""
    collection = rig.database("bench").collection(PLAIN)
    some = list(islice(names(), known))
    await collection.insert_many([{"name": name} for name in some], ordered=False)
    await collection.create_index("name")
    found = []
    for name in islice(names(SEED + 1), asked):
        started = monotonic()
        await collection.find({"name": name}).limit(1).to_list(None)
        found.append(monotonic() - started)
    return found
