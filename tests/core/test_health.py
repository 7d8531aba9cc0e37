"""When is a process dead, and when does it only wait?"""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from shared.clock import monotonic
from shared.process import health
from shared.process.health import Health
from shared.telemetry.metrics import CoreMetrics
from tests.core.conftest import until


class AnsweringOrNot:
    """A database that answers, is away, or stands still."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.asked = 0

    async def ping(self) -> bool:
        """What the driver would say."""
        self.asked += 1
        if self.state == "frozen":
            await asyncio.Event().wait()
        return self.state == "there"


async def problems_while_events_wait(
    state: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[AnsweringOrNot, list[str]]:
    """What speaks against a process whose events have waited for longer than allowed."""
    shorter = {"TURN": 0.01, "LOOK_AFTER": 0.0, "NO_PROGRESS": 0.5, "ANSWER": 0.05}
    for name, seconds in shorter.items():
        monkeypatch.setattr(health, f"{name}_SECONDS", seconds)
    database: Any = AnsweringOrNot(state)
    connection: Any = SimpleNamespace(is_connected=True)
    progress: Any = SimpleNamespace(pending=7)
    watched = Health(connection, database, progress, CoreMetrics("intake"))
    watching = asyncio.create_task(watched.watch())
    began = monotonic()

    async def long_enough() -> bool:
        return monotonic() - began > 1.0 and database.asked > 1

    await until(long_enough)
    problems = watched.alive()
    while not watching.done():  # an answer in that very moment swallows a cancellation
        watching.cancel()
        await asyncio.wait({watching}, timeout=0.2)
    return database, problems


@pytest.mark.parametrize("state", ["away", "frozen"])
async def test_a_process_whose_database_is_away_is_not_taken_for_dead(
    state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, problems = await problems_while_events_wait(state, monkeypatch)
    assert problems == []


async def test_a_process_that_settles_nothing_beside_a_database_that_answers_is_stuck(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, problems = await problems_while_events_wait("there", monkeypatch)
    assert problems == ["events wait and none is settled"]
