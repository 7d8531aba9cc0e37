"""Does everything go on by itself when the network cuts, crawls, or goes silent one way?"""

import asyncio
import random
from collections.abc import Callable

import pytest

from shared.clock import monotonic
from tests.faults.invariants import hold
from tests.faults.story import Story, refuse_the_gone
from tests.faults.system import LEGS, System

pytestmark = pytest.mark.asyncio(loop_scope="session")

Record = Callable[[str, object], None]
CUTS = 20
SILENT_SECONDS = 45.0


async def told(
    system: System, chance: random.Random, seconds: float, trouble: object, record: Record
) -> None:
    """A story told while there is trouble on a leg; then everything holds."""
    system.forgive()
    system.mailbox.choose = refuse_the_gone
    story = Story(chance, clients=16, reminders_after=(2.0, max(4.0, seconds)))
    telling = asyncio.create_task(story.tell(system.nats.jetstream(), seconds))
    await trouble  # type: ignore[misc]
    since = monotonic()
    await telling
    record("slowest recovery s", await hold(system, story, healed=since))


@pytest.mark.whole
@pytest.mark.parametrize("leg", LEGS)
async def test_connections_are_cut_again_and_again(
    system: System, leg: str, chance: random.Random, record_property: Record
) -> None:
    async def trouble() -> None:
        for _ in range(CUTS):
            await asyncio.sleep(chance.uniform(0.05, 0.6))
            system.legs[leg].reset()

    await told(system, chance, 5.0, trouble(), record_property)


@pytest.mark.whole
@pytest.mark.parametrize("leg", LEGS)
async def test_nobody_gets_through_for_twenty_seconds(
    system: System, leg: str, chance: random.Random, record_property: Record
) -> None:
    async def trouble() -> None:
        await asyncio.sleep(1.0)
        system.legs[leg].refuse()
        await asyncio.sleep(20.0)
        system.legs[leg].heal()

    await told(system, chance, 4.0, trouble(), record_property)


@pytest.mark.whole
@pytest.mark.parametrize("direction", ["to_server", "to_client"])
@pytest.mark.parametrize("leg", LEGS)
async def test_one_direction_goes_silent(
    system: System, leg: str, direction: str, chance: random.Random, record_property: Record
) -> None:
    """Half open: what is said gets lost for a while, and no connection is seen to end."""

    async def trouble() -> None:
        await asyncio.sleep(1.0)
        getattr(system.legs[leg], direction).silence()
        await asyncio.sleep(SILENT_SECONDS)
        system.legs[leg].reset()  # the machine in the middle comes back and remembers nothing
        system.legs[leg].heal()

    await told(system, chance, 4.0, trouble(), record_property)


@pytest.mark.whole
@pytest.mark.parametrize("leg", LEGS)
async def test_every_piece_comes_late(
    system: System, leg: str, chance: random.Random, record_property: Record
) -> None:
    async def trouble() -> None:
        proxy = system.legs[leg]
        proxy.to_server.delay, proxy.to_client.delay = 0.05, chance.uniform(0.05, 0.25)
        await asyncio.sleep(10.0)
        proxy.heal()

    await told(system, chance, 5.0, trouble(), record_property)
