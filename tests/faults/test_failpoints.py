"""Is nothing lost and nothing done twice when a process fails at any one step of its work?"""

import asyncio
import itertools
import os
import random
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from deploy.asking import RefusedError, ServiceAwayError
from shared.clock import monotonic
from shared.failpoints import ACTIONS, NAMES
from shared.process.leases import LEASE_SECONDS
from tests.faults.invariants import hold
from tests.faults.story import Story, refuse_the_gone
from tests.faults.system import System, until_seconds

pytestmark = pytest.mark.asyncio(loop_scope="module")

IN_BRIEF = {
    ("batch-committed", "kill", 1),
    ("due-committed", "kill", 1),
    ("message-handing-over", "kill", 1),
    ("message-handed-over", "kill", 1),
    ("message-handed-over", "stop", 1),
}
SCENARIOS = list(itertools.product(NAMES, ACTIONS, (1, 2)))
REACHED_SECONDS = 60.0


def _chosen(scenario: tuple[str, str, int]) -> object:
    marks = () if scenario in IN_BRIEF else (pytest.mark.whole,)
    return pytest.param(*scenario, marks=marks, id="-".join(map(str, scenario)))


async def arm(system: System, name: str, action: str, hit: int) -> None:
    """Tell the process that the next time it comes by here, it fails."""
    question = {"ask": "failpoint", "name": name, "action": action, "hit": hit}

    async def armed() -> bool:
        with suppress(ServiceAwayError, RefusedError):
            await system.firm.services.ask("reminders", question)
            return True
        return False

    await until_seconds(armed, "reminders taking orders", REACHED_SECONDS)


async def was_reached(system: System, name: str) -> None:
    """The process came by there and failed."""

    async def nothing_armed() -> bool:
        answer = await system.firm.services.ask("reminders", {"ask": "failpoint"})
        return name not in answer["armed"]

    await until_seconds(nothing_armed, f"{name} being reached", REACHED_SECONDS)


def state_of(pid: int) -> str:
    """``T`` for a process that was stopped."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


async def someone_else_takes_over(system: System, pid: int) -> None:
    """The process stands still, another replica does its work, then it wakes as a zombie."""

    async def stopped() -> bool:
        return state_of(pid) == "T"

    await until_seconds(stopped, "the process standing still", REACHED_SECONDS)
    since = monotonic()
    system.start_service("reminders", 1)
    await asyncio.sleep(LEASE_SECONDS + 4.0)  # the fault itself: longer than a lease
    os.kill(pid, signal.SIGCONT)
    assert monotonic() - since > LEASE_SECONDS


@pytest.mark.parametrize(("name", "action", "hit"), [_chosen(each) for each in SCENARIOS])
async def test_one_failure_at_any_place_changes_nothing_in_the_end(
    system: System, name: str, action: str, hit: int, chance: random.Random,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    system.forgive()
    system.mailbox.choose = refuse_the_gone
    story = Story(chance, clients=8, reminders_after=(3.0, 6.0))
    pid = system.pid("reminders-0")
    await arm(system, name, action, hit)
    telling = asyncio.create_task(story.tell(system.nats.jetstream(), 2.0, poison(system, story)))
    if action == "stop":
        await someone_else_takes_over(system, pid)
    await telling
    await was_reached(system, name)
    since = monotonic()
    try:
        recovered = await hold(system, story, healed=since, in_order=action != "raise")
    finally:
        if action == "stop":
            await system.stop_services(["reminders-1"])
    record_property("slowest recovery s", recovered)


def poison(system: System, story: Story) -> Callable[[int], None]:
    """Amid the story comes something that is no event, so that there is a dead letter."""
    background: set[asyncio.Task[object]] = set()

    def each(number: int) -> None:
        if number in (len(story.events) // 3, len(story.events) // 2):
            said = system.nats.jetstream().publish("events.client-updated.nobody", b"{")
            background.add(asyncio.ensure_future(said))

    return each


async def test_every_failpoint_was_armed_in_a_place_the_service_comes_by() -> None:
    assert {name for name, _, _ in SCENARIOS} == set(NAMES)
    assert {action for _, action, _ in SCENARIOS} == set(ACTIONS)
    assert set(IN_BRIEF) <= set(SCENARIOS)
