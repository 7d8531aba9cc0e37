"""How is work done that falls due: timers, messages to hand over, anything with an instant?

A document kept with a ``due`` instant (see ``DocumentMapping.due``) is worked on by the replica
that owns its shard, in batches, earliest first, each batch in one transaction. The step must move
the instant or take it away. A step that fails postpones its document with growing distance and
leaves the others.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar

from shared.contracts.envelope import Cause
from shared.engine.failed_due import FailedDue, put_off
from shared.engine.outbox import inserts, rows_for
from shared.engine.people import clients_of
from shared.engine.runtime import Runtime
from shared.engine.tracing import DUE
from shared.errors import TemporaryError
from shared.failpoints import reach
from shared.mongo import AlreadyThereError, Operation, RepeatError
from shared.state.document_types import DocumentType, Need
from shared.state.due_documents import DueDocument
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

T = TypeVar("T")
IN_ONE_BATCH = 500
SHORTEST_PAUSE_SECONDS = 0.02
AGAIN_SECONDS, LONGEST_SECONDS = 1.0, 60.0  # the database was away; asleep, unless woken
WAIT_SECONDS = 0.1  # how long to leave alone what waits for the stream
NEVER = datetime.max.replace(tzinfo=UTC)
SOON = timedelta(seconds=5)  # later instants are seen in time by whoever watches what falls due


@dataclass(frozen=True, slots=True)
class Due(Generic[T]):
    """One line of ``due.py``: when such a document falls due, this step, with these needs.

    ``after`` is given, once the batch has committed, the documents as they now are: what has to
    happen outside (handing a message over) starts there. ``waits_for_stream``: nothing is worked on
    before every event received before its instant has been consumed. ``lanes``: how many batches a
    process works on at a time, each from shards of its own; while one waits for the database, the
    other decides.
    """

    kind: DocumentType[T]
    step: Callable[[T, UnitOfWork], None]
    needs: Callable[[T, ReadSoFar], Iterable[Need]]
    after: Callable[[Runtime, list[T]], Awaitable[None]] | None = None
    waits_for_stream: bool = False
    lanes: int = 1


class DueWork:
    """Works on one kind of due document for as long as the process runs, or in one of its lanes."""

    def __init__(self, runtime: Runtime, due: Due[Any], lane: int = 0, lanes: int = 1) -> None:
        self._runtime = runtime
        self._due = due
        self._lane, self._lanes = lane, lanes
        self._metrics = runtime.metrics
        self._waiting = runtime.metrics.due_waiting.labels(due.kind.collection)
        self._waits = 0  # documents that wait for the stream
        self.begun = self._ended = 0  # batches; what follows from one, outside too, belongs to it
        self._sleeping = False
        self._in_doubt: Sequence[str] = ()  # keys of a batch of which nobody knows if it committed
        self._asleep_until: datetime = runtime.clock.now()
        self._earlier = asyncio.Event()  # something fell due before the instant slept until
        self.kind = due.kind
        self.waits_for_stream = due.waits_for_stream
        self._mapping = runtime.store.mappings[due.kind.collection]
        runtime.store.tell(due.kind, self.falls_due)
        runtime.on_wake(self.wake)

    async def keep(self) -> None:
        """Batch after batch; between them, asleep until the next instant, or until it is told."""
        while not self._runtime.leaving:
            self._earlier.clear()
            self._asleep_until = self._runtime.clock.now() + SOON
            try:
                worked = await self.once()
                pause = 0.0 if worked else await self._pause()
            except TemporaryError:
                log.warning("due_work_waits", collection=self.kind.collection, reason="away")
                pause = AGAIN_SECONDS
            except RepeatError:
                pause = SHORTEST_PAUSE_SECONDS
            if pause:
                await self._sleep(pause)

    async def _pause(self) -> float:
        """Seconds until the next instant of this kind."""
        if self._waits:
            return WAIT_SECONDS
        next_due = await self._runtime.store.due_documents.next(self.kind, self.shards)
        if next_due is None:
            return LONGEST_SECONDS
        seconds: float = (next_due - self._runtime.clock.now()).total_seconds()
        return min(max(seconds, SHORTEST_PAUSE_SECONDS), LONGEST_SECONDS)

    async def _sleep(self, seconds: float) -> None:
        self._asleep_until = self._runtime.clock.now() + timedelta(seconds=seconds)
        self._sleeping = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._earlier.wait(), seconds)
        self._sleeping = False

    @property
    def shards(self) -> list[int]:
        """The shards this replica owns, as far as they belong to this lane."""
        owned = self._runtime.leases.shards
        return [shard for shard in owned if shard % self._lanes == self._lane]

    @property
    def sleeps(self) -> bool:
        """Whether it waits for an instant, and nothing has told it to look earlier."""
        return self._sleeping and not self._earlier.is_set()

    @property
    def in_hand(self) -> bool:
        """Whether something follows yet from a batch that was begun."""
        return self.begun > self._ended or bool(self._in_doubt)

    def falls_due(self, due: datetime) -> None:
        """A document of this kind falls due then: this process has kept it, or another one."""
        now = self._runtime.clock.now()
        if due <= now or due < min(self._asleep_until, now + SOON):  # clocks may have been set
            self._earlier.set()

    def wake(self) -> None:
        """Time has travelled, and it sleeps by the old one: whoever watches sees what is due."""
        self._asleep_until = NEVER
        if self._runtime.leaving:
            self._earlier.set()

    def stream_moved(self) -> None:
        """More events have been consumed: what waited for them may be worked on."""
        if self._waits:
            self._earlier.set()

    async def once(self) -> int:
        """Work on one batch; how many documents it had."""
        runtime = self._runtime
        shards = self.shards
        if not shards:
            self._note_waiting(0)
            return 0
        await self._clear_doubt()
        now = await runtime.database_now()
        found = await runtime.store.due_documents.by(self.kind, shards, now, IN_ONE_BATCH)
        if found and self._due.waits_for_stream:
            found = await self._not_ahead_of_the_stream(found, shards, now)
        else:
            self._note_waiting(0)
        if not found:
            return 0
        self.begun += 1
        try:
            reach("due-fetched")
            values = await self._work_on(found, now)
            if self._due.after is not None and values:
                await self._due.after(runtime, values)
        finally:
            self._ended += 1
        return len(found)

    async def _clear_doubt(self) -> None:
        """Where a commit was never answered for: what it left in this process's hands goes on."""
        if self._in_doubt and self._due.after is not None:
            needs = [self.kind.one(key) for key in self._in_doubt]
            unit = await self._runtime.look(lambda _: needs)
            there = (unit.get(self.kind, key) for key in self._in_doubt)
            await self._due.after(self._runtime, [value for value in there if value is not None])
        self._in_doubt = ()

    async def _not_ahead_of_the_stream(
        self, found: list[DueDocument], shards: Sequence[int], now: datetime
    ) -> list[DueDocument]:
        """Only what is due before the instant up to which all events have been consumed, and whose
        client has no event that is parked: it may say that this need not be done any more.
        """
        until = await self._runtime.consumed_until()
        first, held = found, set[str]()
        while True:
            held |= await self._runtime.held_back(clients_of(each.value for each in found) - held)
            ready = self._ready(found, until, held)
            if ready or not held or len(found) < IN_ONE_BATCH:
                break  # else others may be due behind these
            found = await self._runtime.store.due_documents.by(
                self.kind, shards, min(now, until), IN_ONE_BATCH, held
            )
        waiting = max(len(first) - len(ready), 0)
        if waiting and not self._waits:
            log.info("timers_wait_for_stream", count=waiting,
                     lag_seconds=(now - until).total_seconds())  # fmt: skip
        self._note_waiting(waiting)
        return ready

    def _note_waiting(self, count: int) -> None:
        self._waiting.inc(count - self._waits)  # other lanes count theirs
        self._waits = count

    def _ready(
        self, found: list[DueDocument], until: datetime, held: set[str]
    ) -> list[DueDocument]:
        return [
            each
            for each in found
            if self._mapping.due_at(each.value) <= until
            and getattr(each.value, "client_id", None) not in held
        ]

    async def _work_on(self, found: Sequence[DueDocument], now: datetime) -> list[Any]:
        known: set[Need] = set()
        while True:
            try:
                return await self._attempt(found, now, known)
            except AlreadyThereError as there:
                kind = self._runtime.store.mappings.get(there.collection)
                fresh = {kind.kind.one(key) for key in there.keys} - known if kind else set()
                if not fresh:
                    raise
                known |= fresh

    async def _attempt(
        self, found: Sequence[DueDocument], now: datetime, known: set[Need]
    ) -> list[Any]:
        runtime, kind, passage = self._runtime, self.kind, self._runtime.tracing.begin()
        unit = runtime.store.unit(runtime.name, now)
        values = [each.value for each in found]
        for each in found:
            unit.load(kind, kind.key(each.value), each.value, each.version, each.rest)
        questions = [partial(self._due.needs, value) for value in values]
        await runtime.store.fill(unit, questions, known)
        failed = self._run_steps(found, unit)
        passage.decided()
        rows, outgoing = rows_for(unit.announced, runtime.keys)
        try:
            await runtime.store.commit(unit, lambda _: {"outbox": inserts(rows), **failed})
        except TemporaryError:
            self._in_doubt = [kind.key(value) for value in values]
            raise
        reach("due-committed")
        passage.committed()
        await runtime.outbox.send(rows, outgoing)
        passage.published(DUE, unit)
        reach("due-published")
        self._count(found, now, len(failed.get(kind.collection, ())))
        changed = (unit.peek(kind, kind.key(value)) for value in values)
        return [value for value in changed if value is not None]

    def _run_steps(
        self, found: Sequence[DueDocument], unit: UnitOfWork
    ) -> dict[str, list[Operation]]:
        """Run the steps in order; the writes that put off what failed."""
        writes: dict[str, list[Operation]] = defaultdict(list)
        for each in found:
            key = self.kind.key(each.value)
            try:
                with unit.working_on(self._cause(each.value, key, each.version, unit.now)):
                    current = unit.get(self.kind, key)
                    if current is not None:
                        self._due.step(current, unit)
            except Exception as failure:
                log.error("due_step_failed", collection=self.kind.collection,
                          fingerprint=fingerprint(failure))  # fmt: skip
                failed = FailedDue(self._runtime.name, self._mapping, each, unit.now)
                for where, operations in put_off(failed, failure).items():
                    writes[where] += operations
        return writes

    def _cause(self, value: Any, key: str, version: int, now: datetime) -> Cause:
        name = self.kind.collection
        own_id = f"{name}-{key}-{version}"
        return Cause(
            source=f"urn:clientele:{self._runtime.name}",
            id=own_id,
            type=f"{name}-due",
            correlation_id=getattr(value, "correlation_id", None) or own_id,
            traceparent=getattr(value, "traceparent", None),
            time=now,
        )

    def _count(self, found: Sequence[DueDocument], now: datetime, failed: int) -> None:
        name = self.kind.collection
        self._metrics.due.labels(name, "done").inc(len(found) - failed)
        self._metrics.due.labels(name, "failed").inc(failed)
        delay = self._metrics.due_delay.labels(name)
        for each in found:
            if self._mapping.due is not None and (due := self._mapping.due(each.value)):
                delay.observe(max((now - due).total_seconds(), 0.0))  # an older release left it due
