"""Does everything go on by itself when a process or a server is killed, frozen or away?"""

import asyncio
import random
from collections.abc import Callable

import pytest

from deploy.infra.services import SERVICES
from shared.clock import monotonic
from tests.faults.invariants import hold
from tests.faults.story import Story, refuse_the_gone
from tests.faults.system import System

pytestmark = pytest.mark.asyncio(loop_scope="session")

Record = Callable[[str, object], None]
WHOLE = pytest.mark.whole
SERVERS = ("nats", "mongod")
AWAY_SECONDS = 180.0


def told_meanwhile(system: System, chance: random.Random, seconds: float) -> asyncio.Task[Story]:
    """A story that is told while something happens."""
    system.forgive()
    system.mailbox.choose = refuse_the_gone

    async def tell() -> Story:
        story = Story(chance, clients=24, reminders_after=(2.0, max(4.0, seconds)))
        await story.tell(system.nats.jetstream(), seconds)
        return story

    return asyncio.create_task(tell())


@pytest.mark.parametrize(
    "part",
    [
        "nats",
        "mongod",
        *(pytest.param(f"{each}-0", marks=WHOLE) for each in SERVICES),
    ],
)
async def test_killed_in_the_middle(
    system: System, part: str, chance: random.Random, record_property: Record
) -> None:
    telling = told_meanwhile(system, chance, 4.0)
    await asyncio.sleep(chance.uniform(0.5, 3.0))
    system.kill(part)
    since = monotonic()
    story = await telling
    record_property("slowest recovery s", await hold(system, story, healed=since))


@pytest.mark.whole
@pytest.mark.parametrize("part", SERVERS)
async def test_killed_five_times_in_a_row(
    system: System, part: str, chance: random.Random, record_property: Record
) -> None:
    telling = told_meanwhile(system, chance, 20.0)
    for _ in range(5):
        await asyncio.sleep(chance.uniform(1.0, 4.0))
        await system.kill_again(part)
    since = monotonic()
    story = await telling
    record_property("slowest recovery s", await hold(system, story, healed=since))


@pytest.mark.parametrize(
    ("part", "seconds"),
    [
        pytest.param("nats", 5.0, marks=WHOLE),
        pytest.param("mongod", 5.0, marks=WHOLE),
        pytest.param("nats", 60.0, marks=WHOLE),
        pytest.param("mongod", 60.0, marks=WHOLE),
    ],
)
async def test_a_server_stands_still(
    system: System, part: str, seconds: float, chance: random.Random, record_property: Record
) -> None:
    """Sixty seconds is longer than ``ack_wait``, than a lease, and than any time-out of ours."""
    telling = told_meanwhile(system, chance, 4.0)
    await asyncio.sleep(1.0)
    async with system.frozen(part):
        await asyncio.sleep(seconds)
    since = monotonic()
    story = await telling
    record_property("slowest recovery s", await hold(system, story, healed=since))


@pytest.mark.whole
@pytest.mark.parametrize("part", SERVERS)
async def test_a_server_is_away_for_three_minutes(
    system: System, part: str, chance: random.Random, record_property: Record
) -> None:
    """Longer than a client library reconnects by default."""
    telling = told_meanwhile(system, chance, 4.0)
    await asyncio.sleep(1.0)
    async with system.left_alone(part):
        system.kill(part)
        await asyncio.sleep(AWAY_SECONDS)
        system.forgive()
    since = monotonic()
    story = await telling
    record_property("slowest recovery s", await hold(system, story, healed=since))


@pytest.mark.whole
async def test_every_process_is_killed_at_once(
    system: System, chance: random.Random, record_property: Record
) -> None:
    telling = told_meanwhile(system, chance, 4.0)
    await asyncio.sleep(chance.uniform(1.0, 3.0))
    system.kill("nats", "mongod", *(f"{each}-0" for each in SERVICES))
    since = monotonic()
    story = await telling
    record_property("slowest recovery s", await hold(system, story, healed=since))
