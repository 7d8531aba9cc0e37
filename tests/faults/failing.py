"""How is a process made to fail at one step of its work, and what must hold afterwards?"""

import asyncio
import itertools
import os
import random
import signal
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any

import psutil
import pytest

from deploy.infra.access.service_requests import RefusedError, ServiceAwayError
from shared.clock import monotonic
from shared.engine.leases import LEASE_SECONDS
from shared.failpoints import ACTIONS
from tests.faults.invariants import hold
from tests.faults.story import Story, refuse_the_gone
from tests.faults.system import System, until_seconds

Scenario = tuple[str, str, int]  # the failpoint, the way to fail, at which hit
REACHED_SECONDS = 60.0


def scenarios(names: Iterable[str], in_brief: Collection[Scenario]) -> list[Any]:
    """Each of these failpoints by each way to fail by the first and the second time.

    Raises AssertionError if one that is to run in brief is none of them.
    """
    everything = list(itertools.product(names, ACTIONS, (1, 2)))
    assert set(in_brief) <= set(everything)
    return [
        pytest.param(
            *each,
            marks=() if each in in_brief else (pytest.mark.whole,),
            id="-".join(map(str, each)),
        )
        for each in everything
    ]


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
    """``psutil.STATUS_STOPPED`` for a process that stands still."""
    return psutil.Process(pid).status()


async def someone_else_takes_over(system: System, pid: int) -> None:
    """The process stands still, another replica does its work, then it wakes as a zombie."""

    async def stopped() -> bool:
        return state_of(pid) == psutil.STATUS_STOPPED

    await until_seconds(stopped, "the process standing still", REACHED_SECONDS)
    since = monotonic()
    system.start_service("reminders", 1)
    await asyncio.sleep(LEASE_SECONDS + 4.0)  # the fault itself: longer than a lease
    os.kill(pid, signal.SIGCONT)
    assert monotonic() - since > LEASE_SECONDS


async def recovers_from_one_failure(
    system: System, chance: random.Random, name: str, action: str, hit: int
) -> float:
    """A story is told while the process fails there; the seconds until everything held again.

    Raises AssertionError if the place was not reached or something does not hold.
    """
    system.forgive()
    system.mailbox.choose = refuse_the_gone
    story = Story(chance, clients=8, reminders_after=(3.0, 6.0))
    pid = system.pid("reminders-0")
    await arm(system, name, action, hit)
    telling = asyncio.gather(story.tell(system.nats.jetstream(), 2.0), poison(system))
    if action == "stop":
        await someone_else_takes_over(system, pid)
    await telling
    await was_reached(system, name)
    try:
        return await hold(system, story, healed=monotonic(), in_order=action != "raise")
    finally:
        if action == "stop":
            await system.stop_services(["reminders-1"])


async def poison(system: System) -> None:
    """Twice comes something that is no event; the second once the first is settled.

    Were both in one batch, the place where dead letters are kept would be reached only once.
    """
    streams = system.nats.jetstream()
    for _ in range(2):
        sequence = (await streams.publish("events.client-updated.nobody", b"{")).seq

        async def settled(sequence: int = sequence) -> bool:
            floor = (await streams.consumer_info("EVENTS", "reminders")).ack_floor
            return floor is not None and floor.stream_seq >= sequence

        await until_seconds(settled, "the dead letter being settled", REACHED_SECONDS)
