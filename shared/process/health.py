"""Is this process alive, and is it ready?

Alive: the event loop turns and, where events wait, they progress. A database that is away makes a
process unready, never dead: killing it would not help.
"""

import asyncio

from shared.clock import monotonic
from shared.engine.outgoing import Connection
from shared.engine.progress import Progress
from shared.mongo import Database
from shared.telemetry.metrics import CoreMetrics

TURN_SECONDS = 0.5
STUCK_SECONDS = 10.0
NO_PROGRESS_SECONDS = 90.0
LOOK_AFTER_SECONDS = 30.0  # without progress: is it the database?
ANSWER_SECONDS = 2.0
LOOKS = 2


class Health:
    """Watches the loop and the consumer of one process."""

    def __init__(
        self, connection: Connection, database: Database, progress: Progress, metrics: CoreMetrics
    ) -> None:
        self._connection = connection
        self._database = database
        self._progress = progress
        self._turned = monotonic()
        self._progressed = monotonic()
        self._lag = metrics.gauge("event_loop_lag_seconds", "How late the event loop turns")
        self._missed = 0  # looks in a row at a database that was away
        self.draining = False
        self.starting = True
        self.busy_elsewhere = False  # another replica consumes

    def progressed(self) -> None:
        """A batch has been settled."""
        self._progressed = monotonic()

    async def watch(self) -> None:
        """Note every turn of the loop and how late it came."""
        while True:
            before = monotonic()
            await asyncio.sleep(TURN_SECONDS)
            self._turned = monotonic()
            self._lag.set(max(self._turned - before - TURN_SECONDS, 0.0))
            if self._progress.pending == 0 or self.busy_elsewhere or await self._waits():
                self._progressed = self._turned

    async def _waits(self) -> bool:
        """Whether it has settled nothing for a while because the database is away."""
        standing = self._turned - self._progressed > LOOK_AFTER_SECONDS
        return standing and not await self._database_answers()

    def alive(self) -> list[str]:
        """What speaks against this process being alive; empty when it is."""
        now = monotonic()
        problems = []
        if now - self._turned > STUCK_SECONDS:
            problems.append("the event loop does not turn")
        if now - self._progressed > NO_PROGRESS_SECONDS and self._connection.is_connected:
            problems.append("events wait and none is settled")
        return problems

    async def ready(self) -> list[str]:
        """What speaks against this process being given work; empty when it is ready."""
        problems = []
        if self.starting:
            problems.append("starting")
        if self.draining:
            problems.append("leaving")
        if not self._connection.is_connected:
            problems.append("NATS is away")
        if not await self._database_answers():
            problems.append("MongoDB is away")
        return problems

    async def can_answer(self) -> bool:
        """Whether requests can be answered: not once the database was away at two looks."""
        self._missed = 0 if await self._database_answers() else self._missed + 1
        return self._missed < LOOKS

    async def _database_answers(self) -> bool:
        """A frozen database counts as away: whoever asks must not wait for it."""
        try:
            return await asyncio.wait_for(self._database.ping(), ANSWER_SECONDS)
        except TimeoutError:
            return False
