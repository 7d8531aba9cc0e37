"""Is nothing lost when a server's disk is full, and does everything go on once there is room?"""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.clock import monotonic
from tests.faults.disks import fill, small_disk
from tests.faults.invariants import hold
from tests.faults.story import Story
from tests.faults.system import System

pytestmark = [pytest.mark.asyncio(loop_scope="function"), pytest.mark.whole]

Record = Callable[[str, object], None]
FULL_SECONDS = 20.0
SIZES = {"nats": 64, "mongo": 700}  # MB; mongod takes some 300 at once


@pytest.mark.parametrize("server", list(SIZES))
async def test_a_disk_is_full_for_a_while(
    server: str, tmp_path: Path, chance: random.Random, record_property: Record
) -> None:
    with small_disk(tmp_path / server, SIZES[server]):
        async with System(tmp_path) as system:
            before = Story(chance, clients=6, reminders_after=(2.0, 4.0))
            await before.tell(system.nats.jetstream(), 1.0)
            await hold(system, before)
            ballast = fill(tmp_path / server)
            story = Story(chance, clients=6, reminders_after=(5.0, 25.0))
            telling = asyncio.create_task(story.tell(system.nats.jetstream(), 2.0))
            await asyncio.sleep(FULL_SECONDS)
            ballast.unlink()
            since = monotonic()
            system.forgive()
            if server == "nats":  # a stream that could not write stays frozen until a restart:
                system.kill("nats")  # what a health check of the server does
            await telling
            record_property("slowest recovery s", await hold(system, story, healed=since))
            await hold(system, before)
