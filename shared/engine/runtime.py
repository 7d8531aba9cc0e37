"""What can a page, a decision or a loop of a running service use?

``act`` does one thing in one transaction and announces what follows, like a batch of one; ``look``
reads; ``request`` asks another service and waits for its answer.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeVar

from shared.clock import Clock, real_now, to_millisecond
from shared.contracts.envelope import Cause
from shared.contracts.firm_decisions import WhoDecides
from shared.engine import ledger
from shared.engine.leases import Leases
from shared.engine.outbox import Outbox, inserts, rows_for
from shared.engine.outgoing import Connection
from shared.engine.progress import Progress
from shared.engine.tracing import ACT, Tracing
from shared.errors import TemporaryError
from shared.failpoints import reach
from shared.mongo import AlreadyThereError, Database, Operation, RepeatError, answering
from shared.state.document_types import Need
from shared.state.keys import KeyRing
from shared.state.store import Store
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.metrics import CoreMetrics

R = TypeVar("R")
REPEATS = 8
REQUEST_SECONDS = 5.0


class RunningSettings(Protocol):
    """What may be asked of a running service's settings (``shared/process/settings.py``)."""

    replica: str
    failpoints: bool
    firm_name: str
    firm_zone: str
    firm_dir: Path | None
    firm_roles: dict[str, tuple[str, ...]]
    sole_practice: bool
    http_host: str
    http_port: int
    public_urls: dict[str, str]

    def who_decides(self) -> WhoDecides:
        """The firm's word on tasks and decisions, and the least its profile asks for."""

    def folder_given(self) -> Path | None:
        """The firm's folder, whether it holds or an edition does."""

    def link_key(self) -> bytes:
        """The key from which the tokens in clients' links are derived."""


class Runtime:
    """One running service's open doors: documents, events, requests, time."""

    def __init__(
        self, name: str, settings: RunningSettings, connection: Connection, database: Database,
        keys: KeyRing, store: Store, outbox: Outbox, clock: Clock, leases: Leases,
        tracing: Tracing | None = None,
    ) -> None:  # fmt: skip
        self.name = name
        self.settings = settings
        self.connection = connection
        self.db = database
        self.keys = keys
        self.store = store
        self.outbox = outbox
        self.clock = clock
        self.metrics = CoreMetrics(name)
        self.tracing = tracing or Tracing()
        self.leases = leases
        self.progress = Progress(connection, name)
        self._wakes: list[Callable[[], None]] = []
        self.leaving = False

    async def act(
        self,
        step: Callable[[UnitOfWork], R],
        needs: Callable[[ReadSoFar], Iterable[Need]],
        *,
        cause: Cause,
        also: dict[str, list[Operation]] | None = None,
        aside: bool = False,
    ) -> R:
        """Run a step in one transaction and publish what it announced; repeats lost races.

        Raises whatever the step raises (nothing is kept then); TemporaryError when the database
        is away; AlreadyThereError when ``also`` inserts what exists. ``aside``: the step takes long
        (it reads texts), so it runs in a thread and everything else goes on meanwhile.
        """
        known: set[Need] = set()
        for _ in range(REPEATS):
            passage = self.tracing.begin()
            unit = self.store.unit(self.name, self.clock.now())
            await self.store.fill(unit, [needs], known)
            result = await _run(step, unit, cause, aside)
            passage.decided()
            rows, outgoing = rows_for(unit.announced, self.keys)
            extra = {"outbox": inserts(rows), **(also or {})}
            try:
                await self.store.commit(unit, lambda _, extra=extra: extra)  # type: ignore[misc]
            except AlreadyThereError as there:
                self._learn(there, known)
                continue
            except RepeatError:
                continue
            reach("act-committed")
            passage.committed()
            await self.outbox.send(rows, outgoing)
            passage.published(ACT, unit)
            return result
        raise TemporaryError("others kept changing the same documents")

    def _learn(self, there: AlreadyThereError, known: set[Need]) -> None:
        """Documents to read before the next try; a key somebody made first needs no reading."""
        if there.collection in self.store.mappings:
            kind = self.store.mappings[there.collection].kind
            known.update(kind.one(key) for key in there.keys)
        elif there.collection != "keys":
            raise there

    async def look(self, needs: Callable[[ReadSoFar], Iterable[Need]]) -> UnitOfWork:
        """Read what is needed; changes to this unit go nowhere."""
        unit = self.store.unit(self.name, self.clock.now())
        await self.store.fill(unit, [needs])
        return unit

    async def request(
        self, subject: str, payload: dict[str, Any], seconds: float = REQUEST_SECONDS
    ) -> dict[str, Any]:
        """Ask another service and wait; raises NobodyAnswersError when it is away."""
        return await self.connection.ask(subject, payload, seconds)

    async def database_now(self) -> datetime:
        """The business instant by the database's clock, for due work."""
        instant: datetime = await self.db.now()
        return to_millisecond(instant + self.clock.offset)

    async def consumed_until(self) -> datetime:
        """The business instant up to which every event received has been consumed."""
        if not self.leases.consuming.is_set():  # another replica does, and leaves word of it
            place = await ledger.place(self.db, self.name)
            if place is not None:
                self.progress.committed(*place)
        return await self.progress.consumed_until() + self.clock.offset

    async def held_back(self, keys: Collection[str] | None = None) -> set[str]:
        """Which of these keys, or of all, have events that are parked: their timers wait for them.

        A dead letter holds nothing back: it waits for a person, and one faulty event must not
        silence everything a client is to be told.
        """
        if keys is not None and not keys:
            return set()
        query = {} if keys is None else {"subject": {"$in": sorted(keys)}}
        with answering():
            return set(await self.db.collection("parked").distinct("subject", query))

    def on_wake(self, wake: Callable[[], None]) -> None:
        """Have this called when what falls due has to be looked for at once."""
        self._wakes.append(wake)

    def wake(self) -> None:
        """Time has travelled, or the process is leaving: due work looks again at once."""
        for wake in self._wakes:
            wake()

    def leave(self) -> None:
        """The process is leaving: due work ends after the batch in hand."""
        self.leaving = True
        self.wake()

    async def travel(self, offset: timedelta) -> None:
        """Move business time ahead, for good: a restart keeps the distance."""
        self.clock.travel(offset)
        with answering():
            await self.db.collection("settings").update_one(
                {"_id": "clock"},
                {"$max": {"offset_seconds": offset.total_seconds()}, "$set": {"at": real_now()}},
                upsert=True,
            )
        self.wake()

    async def resume_travel(self) -> None:
        """After a restart, take up the distance travelled before (only where travel is allowed)."""
        if not self.clock.travel_allowed:
            return
        with answering():
            row = await self.db.collection("settings").find_one({"_id": "clock"})
        if row:
            self.clock.travel(timedelta(seconds=row["offset_seconds"]))


async def _run(step: Callable[[UnitOfWork], R], unit: UnitOfWork, cause: Cause, aside: bool) -> R:
    def run() -> R:
        with unit.working_on(cause):
            return step(unit)

    return await asyncio.to_thread(run) if aside else run()
