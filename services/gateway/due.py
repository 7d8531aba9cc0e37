"""What falls due at the gateway? Each kept delivery, at once: it is read. And each event that is on
its way to a subscriber. And of a list that a person brought by the desk, its next rows.

And every few seconds it is written down which sources have spoken.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from prometheus_client import CollectorRegistry, Gauge

from services.gateway.domain.last_words import LastWord, Notebook, silent_for
from services.gateway.ports import DELIVERIES, DISPATCHES, LISTS, FirmConfig, OutwardConfig
from services.gateway.workflow.dispatching import DispatchSteps
from services.gateway.workflow.list_runs import go_on, needs_of_going_on
from services.gateway.workflow.listening import needs_of_noting, note_words
from services.gateway.workflow.reading import needs_of_reading, read_delivery
from shared.contracts.envelope import Cause
from shared.engine.due_work import Due
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.process.app import Loop
from shared.telemetry.logs import log

NOTE_SECONDS = 5.0


def due_work(
    config: FirmConfig, claimed: Callable[[Any, list[Any]], Awaitable[None]] | None = None
) -> list[Due[Any]]:
    """One line per kind of document; ``claimed`` fetches what deliveries only name."""
    return [
        Due(
            DELIVERIES,
            step=partial(read_delivery, config),
            needs=partial(needs_of_reading, config),
            after=claimed,
        ),
        Due(LISTS, step=partial(go_on, config), needs=partial(needs_of_going_on, config)),
    ]


def dispatches_due(
    config: OutwardConfig, claimed: Callable[[Any, list[Any]], Awaitable[None]]
) -> Due[Any]:
    """The queue of what goes to subscribers; ``claimed`` carries what a batch took in hand."""
    steps = DispatchSteps(config)
    return Due(DISPATCHES, step=steps.step, needs=steps.needs, after=claimed)


class SilenceFigures:
    """The gauge of what should have spoken by now; a source is called as its file is."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._silent = Gauge(
            "gateway_source_silent_seconds",
            "For how long a source says nothing beyond the longest it may; 0: it is not silent",
            ["source"],
            registry=registry,
        )

    def show(self, source: str, seconds: float) -> None:
        """For how long it is silent for too long."""
        self._silent.labels(source).set(seconds)


def keep_last_words(config: FirmConfig, notebook: Notebook) -> Loop:
    """Writes down who has spoken, and shows for how long who should have has not."""

    async def loop(runtime: Runtime) -> None:
        silent = SilenceFigures(runtime.metrics.registry)
        while not runtime.leaving:
            for word in await note(config, notebook, runtime):
                longest = config.sources[word.source].longest_silence
                silent.show(word.source, silent_for(word, longest, runtime.clock.now()))
            await asyncio.sleep(NOTE_SECONDS)

    return loop


async def note(config: FirmConfig, notebook: Notebook, runtime: Runtime) -> Sequence[LastWord]:
    """Write down who has spoken; each source as it stands now, none while the database is away."""
    heard, now = notebook.take(), runtime.clock.now()
    own_id = f"words-{runtime.settings.replica}-{now.isoformat()}"
    cause = Cause(f"urn:clientele:{runtime.name}", own_id, "words", own_id, None, now)
    try:
        return await runtime.act(
            partial(note_words, config.sources, heard),
            partial(needs_of_noting, tuple(config.sources)),
            cause=cause,
        )
    except TemporaryError:
        notebook.put_back(heard)
        log.warning("words_wait", reason="away")
        return ()
