"""How many words of clients stand where on their way to be published, as ``/metrics`` shows it?

What is said here is a count by state; whose words they are, and what they say, is at the desk.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from prometheus_client import CollectorRegistry, Gauge

from services.reputation.domain.testimonial import STATES
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.process.app import Loop
from shared.telemetry.logs import log

MEASURE_SECONDS = 60.0

Tally = Callable[[Any], Awaitable[list[tuple[str, int]]]]
"""How many testimonials stand in each state in a database."""


class TestimonialFigures:
    """Every state is there from the start."""

    __test__ = False  # a figure, not a test

    def __init__(self, registry: CollectorRegistry) -> None:
        self._standing = Gauge(
            "testimonials", "Words of clients, by how far they are on the way to be published",
            ["state"], registry=registry,
        )  # fmt: skip

    def show(self, counts: Iterable[tuple[str, int]]) -> None:
        """What is so at this look; a state of another release is left out."""
        shown = dict.fromkeys(STATES, 0) | {state: n for state, n in counts if state in STATES}
        for state, n in shown.items():
            self._standing.labels(state).set(n)


def keep_counting_testimonials(tally: Tally) -> Loop:
    """Shows the figures on ``/metrics``, renewed every minute."""

    async def loop(runtime: Runtime) -> None:
        figures = TestimonialFigures(runtime.metrics.registry)
        while True:
            try:
                figures.show(await tally(runtime.db))
            except TemporaryError as away:
                log.warning("testimonials_not_counted", reason=str(away))
            await asyncio.sleep(MEASURE_SECONDS)

    return loop
