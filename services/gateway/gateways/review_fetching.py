"""Who fetches the reviews that deliveries name, so that other deliveries do not wait for it?

What a batch has taken in hand is fetched by tasks of its own, a few at a time; the next batch is
read meanwhile. Whatever is not fetched in time, because a process ended, is taken in hand again.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from prometheus_client import CollectorRegistry, Counter

from services.gateway.domain.deliveries import Delivery
from services.gateway.domain.reading import parsed, without
from services.gateway.ports import FirmConfig
from services.gateway.workflow.fetching import Fetched, keep_fetched, needs_of_fetched
from services.gateway.workflow.reading import reading_of
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import ClienteleError
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

AT_ONCE = 4
Fetch = Callable[[str], Awaitable[Fetched]]


class FetchFigures:
    """What is shown on ``/metrics``; a source is called as its file is."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.fetches = Counter(
            "gateway_review_fetches",
            "Reviews fetched because a delivery named them, by source and what came of it",
            ["source", "outcome"],
            registry=registry,
        )


class ReviewFetching:
    """The fetching of one running process."""

    _figures: FetchFigures

    def __init__(self, config: FirmConfig, fetch: Fetch) -> None:
        self._config, self._fetch = config, fetch
        self._waiting: asyncio.Queue[Delivery] = asyncio.Queue()

    def count_in(self, registry: CollectorRegistry) -> None:
        """From now on what comes of it is shown there."""
        self._figures = FetchFigures(registry)

    async def claimed(self, _: Any, deliveries: Sequence[Delivery]) -> None:
        """A batch was committed; what it took in hand is fetched from here on."""
        for each in deliveries:
            if each.fetch_until is not None:
                self._waiting.put_nowait(each)

    async def keep(self, runtime: Runtime) -> None:
        """Fetch what waits; a stop of the process leaves the rest to whoever is next."""
        self.count_in(runtime.metrics.registry)
        await asyncio.gather(*(self._one_after_the_other(runtime) for _ in range(AT_ONCE)))

    async def _one_after_the_other(self, runtime: Runtime) -> None:
        while True:
            delivery = await self._waiting.get()
            try:
                await self.see_to(runtime, delivery)
            except Exception as failure:  # it is found again once its time is up
                log.error("review_not_kept", source=delivery.source,
                          fingerprint=fingerprint(failure))  # fmt: skip

    async def see_to(self, runtime: Runtime, delivery: Delivery) -> None:
        """Fetch what one names, and keep it beside it."""
        name = reading_of(self._config, delivery).fetches
        if name is None or delivery.fetch_until is None:
            return
        if runtime.clock.now() >= delivery.fetch_until:
            return  # this process slept: somebody else has it in hand
        came = self._kept(delivery, await self._fetch(name))
        if came.problem:
            log.warning("review_not_fetched", source=delivery.source, reason=came.problem)
        self._figures.fetches.labels(delivery.source, came.problem or "fetched").inc()
        await runtime.act(
            partial(keep_fetched, delivery.delivery_id, came),
            partial(needs_of_fetched, delivery.delivery_id),
            cause=_cause(runtime, delivery),
        )

    def _kept(self, delivery: Delivery, came: Fetched) -> Fetched:
        """Without what must not be kept."""
        dropped = self._config.sources[delivery.source].dropped
        if came.problem or not dropped:
            return came
        try:
            return Fetched(json.dumps(without(parsed(came.content), dropped)).encode())
        except ClienteleError:
            return Fetched(problem="no-json")


def _cause(runtime: Runtime, delivery: Delivery) -> Cause:
    own_id = f"fetched-{delivery.delivery_id}-{delivery.fetch_tries}"
    source = f"urn:clientele:{runtime.name}"
    return Cause(source, own_id, "fetched", own_id, None, runtime.clock.now())
