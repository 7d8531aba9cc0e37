"""How does due work notice what another replica kept, without every queue asking all the time?

One statement a second says of every queue of a process when its first document falls due; only the
queue that is to look earlier than it meant to is woken. What this process keeps itself, its commits
tell at once; when time has travelled, it is asked at once.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from shared.engine.due_work import Due, DueWork
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.telemetry.logs import log

LOOK_SECONDS = 1.0  # how long a due instant that another replica kept may go unnoticed


class DueWatch:
    """Watches what falls due for all queues of one process, and their lanes."""

    def __init__(self, runtime: Runtime, queues: Sequence[DueWork]) -> None:
        self._runtime = runtime
        self._queues = queues
        self._at_once = asyncio.Event()
        runtime.on_wake(self._at_once.set)

    async def keep(self) -> None:
        """For as long as the process runs."""
        while not self._runtime.leaving:
            self._at_once.clear()
            try:
                await self.once()
            except TemporaryError:
                log.warning("due_watch_waits", reason="away")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._at_once.wait(), LOOK_SECONDS)

    async def once(self) -> None:
        """Tell every queue that has shards when the first document in them falls due."""
        queues = [(queue, shards) for queue in self._queues if (shards := queue.shards)]
        asked = [(queue.kind, shards) for queue, shards in queues]
        dues = await self._runtime.store.due_documents.next_of_each(asked)
        for (queue, _), due in zip(queues, dues, strict=True):
            if due is not None:
                queue.falls_due(due)


def in_lanes(runtime: Runtime, due: Due[Any]) -> list[DueWork]:
    """All that a process needs to work on this kind."""
    return [DueWork(runtime, due, lane, due.lanes) for lane in range(due.lanes)]
