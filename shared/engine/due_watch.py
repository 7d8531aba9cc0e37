"""How does due work notice what another replica kept, without every queue asking all the time?

One statement a second says of every queue of a process when its first document falls due; only the
queue that is to look earlier than it meant to is woken. What this process keeps itself, its commits
tell at once.
"""

import asyncio
from collections.abc import Sequence

from shared.engine.due_work import DueWork
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.telemetry.logs import log

LOOK_SECONDS = 1.0  # how long a due instant that another replica kept may go unnoticed


class DueWatch:
    """Watches what falls due for all queues of one process, and their lanes."""

    def __init__(self, runtime: Runtime, queues: Sequence[DueWork]) -> None:
        self._runtime = runtime
        self._queues = queues

    async def keep(self) -> None:
        """For as long as the process runs."""
        while not self._runtime.leaving:
            try:
                await self.once()
            except TemporaryError:
                log.warning("due_watch_waits", reason="away")
            await asyncio.sleep(LOOK_SECONDS)

    async def once(self) -> None:
        """Tell every queue that has shards when the first document in them falls due."""
        queues = [(queue, shards) for queue in self._queues if (shards := queue.shards)]
        asked = [(queue.kind, shards) for queue, shards in queues]
        dues = await self._runtime.store.next_dues(asked)
        for (queue, _), due in zip(queues, dues, strict=True):
            if due is not None:
                queue.earliest(due)
