"""What does intake do by itself at night? It searches again for every check that stands.

One replica does, the one that consumes; it goes on where it was left, some checks at a time, and
gives way between them.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import time
from functools import partial
from typing import TypeVar

from services.intake.domain.screening import NIGHTLY, Screening, night_of, tonight
from services.intake.ports import SCREENINGS, CheckRegister, FirmConfig
from services.intake.workflow.rescreening import end_screening, needs_of_rescreening, rescreen
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.process.app import Loop
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.logs import log

LOOK_SECONDS = 60.0
GIVING_WAY_SECONDS = 0.05
AT_ONCE = 25

R = TypeVar("R")
Registers = Callable[[Runtime], CheckRegister]


def keep_rescreening(config: FirmConfig, registers: Registers, begins: time) -> Loop:
    """Looks every minute whether a night has begun."""

    async def loop(runtime: Runtime) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if runtime.leases.consuming.is_set():
                    await rescreen_tonight(config, registers, begins, runtime)
            except TemporaryError:
                log.warning("rescreening_waits", reason="away")

    return loop


async def rescreen_tonight(
    config: FirmConfig, registers: Registers, begins: time, runtime: Runtime
) -> Screening | None:
    """Go on with tonight's re-screening, if there is any; as it stands when it stops."""
    local = runtime.clock.now().astimezone(config.times.calendar.zone)
    night, checks = night_of(local, begins), registers(runtime)
    unit = await runtime.look(_last)
    last = unit.get(SCREENINGS, NIGHTLY)
    if last is None:
        await _act(runtime, partial(end_screening, Screening(night=night)), _last, night)
        return None
    now = tonight(last, night)
    if now is None:
        return None
    if await checks.has_unapplied():
        now = replace(now, incomplete=True)
    while ids := await checks.standing_after(now.after, AT_ONCE):
        if runtime.leaving or not runtime.leases.consuming.is_set():
            return now
        needs = partial(needs_of_rescreening, ids)
        now = await _act(runtime, partial(rescreen, config, now, ids), needs, f"{night}-{ids[0]}")
        await asyncio.sleep(GIVING_WAY_SECONDS)
    await _act(runtime, partial(end_screening, now), _last, f"{night}-end")
    log.info("checks_rescreened", count=now.screened)
    return now


def _last(_: ReadSoFar) -> Iterable[Need]:
    return [SCREENINGS.one(NIGHTLY)]


async def _act(
    runtime: Runtime,
    step: Callable[[UnitOfWork], R],
    needs: Callable[[ReadSoFar], Iterable[Need]],
    id: str,
) -> R:
    own = f"rescreening-{id}"
    cause = Cause("urn:clientele:intake", own, "night", own, None, runtime.clock.now())
    return await runtime.act(step, needs, cause=cause)
