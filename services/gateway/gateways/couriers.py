"""Who carries events to their receivers, so that none of them keeps the others waiting?

What a batch has claimed is carried by tasks of its own, one for each subscription; the next batch
is claimed meanwhile. How much of one subscription is in hand at a time, the steps say.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from services.gateway.domain.dispatches import Dispatch
from services.gateway.gateways.outward_figures import OutwardFigures
from services.gateway.gateways.outward_work import OutwardWork
from services.gateway.gateways.resolving import LookUp, NameServer
from services.gateway.gateways.webhooks import SECONDS, SignedEvent, WebhookChannel
from services.gateway.ports import OutwardConfig
from services.gateway.workflow.dispatching import DispatchSteps
from shared.engine.hand_over import HandOver
from shared.engine.runtime import Runtime
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log


@dataclass(frozen=True, slots=True)
class Reach:
    """With what a process reaches receivers; tests have their own."""

    authorities: Path | None = None  # who else may vouch for a certificate
    look_up: LookUp | None = None
    seconds: float = SECONDS


class Couriers:
    """The hand-over of events to subscribers in one running process."""

    figures: OutwardFigures
    _carry: HandOver[Dispatch, SignedEvent]

    def __init__(self, config: OutwardConfig, reach: Reach) -> None:
        self._config, self._reach = config, reach
        self._claimed: asyncio.Queue[list[Dispatch]] = asyncio.Queue()

    async def start(self, runtime: Runtime) -> None:
        """From now on it can hand over."""
        self._config.sender = f"{runtime.settings.replica}:{uuid4().hex[:12]}"
        self.figures = OutwardFigures(runtime.metrics.registry)
        channel = WebhookChannel(
            self._config,
            self._reach.look_up or NameServer(),
            runtime.clock.now,
            authorities=self._reach.authorities,
            seconds=self._reach.seconds,
        )
        work = OutwardWork(DispatchSteps(self._config), channel, self.figures)
        self._carry = HandOver(work)

    async def claimed(self, _: Any, dispatches: Sequence[Dispatch]) -> None:
        """A batch was committed; what it claimed is carried from here on."""
        groups: dict[str, list[Dispatch]] = defaultdict(list)
        for each in dispatches:
            if each.state == "in-hand" and each.handed_by == self._config.sender:
                groups[each.subscription].append(each)
        for group in groups.values():
            self._claimed.put_nowait(group)

    async def keep(self, runtime: Runtime) -> None:
        """Carry what is claimed; a stop of the process waits for what has begun."""
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                group = await self._claimed.get()
                task = asyncio.create_task(self._carry_all(runtime, group))
                running.add(task)
                task.add_done_callback(running.discard)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _carry_all(self, runtime: Runtime, group: list[Dispatch]) -> None:
        try:
            await self._carry(runtime, group)
        except Exception as failure:  # what is in hand is found once its time is up
            log.error("webhooks_not_carried", count=len(group), fingerprint=fingerprint(failure))
