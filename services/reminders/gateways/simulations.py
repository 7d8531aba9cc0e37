"""Who lets proposed rules hear the firm's past, while everything else of reminders goes on?

One process of the service takes a run that waits and has a process of its own work at it, at the
lowest priority: consuming and due work lose nothing to it. Every few seconds it is noted how far
that is; who cancels is seen then. Where this process ends, another one finds the run silent and
begins it anew.
"""

import asyncio
import base64
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import msgspec

from services.reminders.domain.simulation import Found, Simulation, to_be_taken
from services.reminders.workflow.editions import EditionSteps
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.simulations import SimulationSteps, needs_of_run, run_in
from shared.clock import monotonic
from shared.contracts.envelope import Cause
from shared.engine.received_events import Received
from shared.engine.runtime import RunningSettings, Runtime
from shared.errors import TemporaryError
from shared.state.unit_of_work import UnitOfWork
from shared.telemetry.logs import log

R = TypeVar("R")
WORKER = (sys.executable, "-m", "services.reminders.simulation.worker")
LOOK_SECONDS, NOTE_SECONDS, AGAIN_SECONDS = 1.0, 2.0, 5.0
MOST_SECONDS = 3600.0
LONGEST_LINE = 16 * 1024 * 1024  # what was found, with its examples
FAILED = "It could not be worked out ({why}). The log of reminders says more; report it."
TOO_LONG = "It took longer than an hour, and was ended."
SILENT = ("The event stream does not answer. Reminders needs the right to read it: make "
          "its configuration anew (docs/operations.md).")  # fmt: skip


@dataclass(slots=True)
class _Run:
    """One run as this process works at it."""

    mine: Simulation
    out: asyncio.StreamReader
    into: asyncio.StreamWriter
    newest: int
    heard: int = 0

    async def hear(self) -> dict[str, Any]:
        """What the worker says at last; nothing where it ends without a word."""
        async for line in self.out:
            said: dict[str, Any] = json.loads(line)
            if "heard" not in said:
                return said
            self.heard = said["heard"]
        return {}

    async def tell(self, runtime: Runtime) -> None:
        """What is compared, every event that is kept, and the end."""
        mine, end = self.mine, runtime.clock.now().isoformat()
        with suppress(BrokenPipeError, ConnectionResetError):  # it ended: see what it said
            await self._say({"days": mine.days, "end": end, "base_files": mine.base_files,
                             "files": mine.files})  # fmt: skip
            async for received in runtime.connection.kept_events(self.newest):
                await self._say(_line(received))
            await self._say({"pass": end})

    async def _say(self, what: dict[str, Any]) -> None:
        self.into.write(json.dumps(what).encode() + b"\n")
        await self.into.drain()


def _goes_by(settings: RunningSettings) -> dict[str, str]:
    """By the values this process goes by: those of an edition, where one is in force."""
    given, folder = settings.folder_given(), settings.firm_dir
    return {
        "CLIENTELE_FIRM_DIR": str(folder or ""), "CLIENTELE_FIRM_DIR_GIVEN": str(given or ""),
    }  # fmt: skip


class SimulationRuns:
    """Works at the firm's runs, one at a time, for as long as the process runs."""

    def __init__(self, config: FirmConfig) -> None:
        self._config = config
        self._steps = SimulationSteps(EditionSteps(config))

    async def keep(self, runtime: Runtime) -> None:
        """Take what waits."""
        while True:
            try:
                await self._once(runtime)
            except TemporaryError:
                await asyncio.sleep(AGAIN_SECONDS)  # the database is away
            await asyncio.sleep(LOOK_SECONDS)

    async def _once(self, runtime: Runtime) -> None:
        unit = await runtime.look(needs_of_run)
        run = run_in(unit)
        if run is None or not to_be_taken(run, unit.now):
            return
        mine = await _act(runtime, partial(self._steps.take, self._config.sender))
        if mine is not None:
            await self._work(runtime, mine)

    async def _work(self, runtime: Runtime, mine: Simulation) -> None:
        started = monotonic()
        log.info("simulation_started", count=mine.tries)
        process = await asyncio.create_subprocess_exec(
            *WORKER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=LONGEST_LINE,
            env={**os.environ, **_goes_by(runtime.settings)},
        )  # fmt: skip
        why = ""
        try:
            async with asyncio.timeout(MOST_SECONDS):
                if process.stdout is not None and process.stdin is not None:
                    why = await self._to_the_end(runtime, mine, process.stdout, process.stdin)
        except TimeoutError:
            why = TOO_LONG
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await asyncio.shield(process.wait())
        if why:
            log.error("simulation_failed", count=mine.tries, reason=why)
            await _act(runtime, partial(self._steps.fail, mine, why))
        log.info("simulation_ended", seconds=round(monotonic() - started, 1))

    async def _to_the_end(
        self, runtime: Runtime, mine: Simulation, out: asyncio.StreamReader,
        into: asyncio.StreamWriter,
    ) -> str:  # fmt: skip
        """Until it is done, or cancelled; why not, where it cannot be."""
        try:
            run = _Run(mine, out, into, await runtime.connection.last_sequence())
        except TemporaryError:
            return SILENT
        hearing, telling = asyncio.create_task(run.hear()), asyncio.create_task(run.tell(runtime))
        try:
            while not hearing.done():
                note = partial(self._steps.note, mine, run.heard, run.newest)
                if not await _act(runtime, note):
                    return ""
                await asyncio.wait({hearing}, timeout=NOTE_SECONDS)
                if telling.done() and telling.exception() is not None:
                    return SILENT
        finally:
            hearing.cancel()
            telling.cancel()
        return await self._ended(runtime, mine, hearing.result())

    async def _ended(self, runtime: Runtime, mine: Simulation, said: dict[str, Any]) -> str:
        if "found" not in said:
            return FAILED.format(why=said.get("failed", "it ended without a word"))
        found = msgspec.convert(said["found"], Found)
        await _act(runtime, partial(self._steps.finish, mine, found))
        return ""


def _line(received: Received) -> dict[str, Any]:
    at = received.stored_at
    return {
        "sequence": received.sequence,
        "subject": received.subject,
        "headers": dict(received.headers or {}),
        "body": base64.b64encode(received.body).decode("ascii"),
        "stored_at": at.isoformat() if at is not None else None,
    }


async def _act(runtime: Runtime, step: Callable[[UnitOfWork], R]) -> R:
    now = runtime.clock.now()
    id = f"simulation-{now.isoformat()}"
    cause = Cause("urn:clientele:reminders", id, "simulation", id, None, now)
    return await runtime.act(step, needs_of_run, cause=cause)
