"""How does a batch of events become state, exactly once in effect?

Read, decide, and commit everything in one transaction: the handled rows, the changes, the ledger,
the announced events. Then publish, then acknowledge, while the next batch is decided. Whatever goes
wrong with one event stays with that event; whatever goes wrong with the database is waited for.
"""

import asyncio
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from shared.clock import Clock, monotonic
from shared.contracts.origin import OriginKey
from shared.engine.attempts import Attempts
from shared.engine.batch_records import BatchRecords
from shared.engine.batch_size import BatchSize
from shared.engine.failures import afresh, conclude_failed, reopen
from shared.engine.handled_before import HandledBefore
from shared.engine.listening import Listener
from shared.engine.outbox import Outbox, Row, inserts, rows_for
from shared.engine.outgoing import OutgoingEvent
from shared.engine.people import People
from shared.engine.received_events import ALONE_AFTER, Outcome, Received, Work, read
from shared.engine.system_limits import SystemLimits
from shared.engine.tracing import Tracing
from shared.errors import TemporaryError
from shared.failpoints import reach
from shared.mongo import AlreadyThereError, RepeatError, TooLargeError
from shared.state.document_types import Need
from shared.state.mappings import NewerDocumentError
from shared.state.need_resolver import Question
from shared.state.store import Store
from shared.state.unit_of_work import NotDeclaredError, ReadSoFar, UnitOfWork
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log
from shared.telemetry.metrics import CoreMetrics

MOST_LIVES = 3  # of the process, for one event that is tried alone
REPEATS = 8  # lost races, before waiting or taking the batch apart
BUSY_SECONDS = 90.0  # MongoDB ends a dead process's transaction after 60 s, where not told sooner
BUSY_SECONDS_OF_KEPT = 15.0  # of parked events and dead outgoing: others wait behind them


class Consumer:
    """Works on batches of one service's durable consumer."""

    def __init__(
        self, service: str, store: Store, outbox: Outbox, clock: Clock,
        listeners: Sequence[Listener[Any]], metrics: CoreMetrics,
        origin_key: OriginKey | None = None, limits: SystemLimits | None = None,
        turn: Callable[[], int] = lambda: 1, tracing: Tracing | None = None,
    ) -> None:  # fmt: skip
        self._tracing = tracing or Tracing()
        self._limits = limits or SystemLimits({})
        self._origin_key = origin_key
        self._service = service
        self._store = store
        self._outbox = outbox
        self._clock = clock
        self._metrics = metrics
        self._following: asyncio.Task[None] | None = None  # publishing and answering
        self.on_answered: Callable[[], None] = lambda: None  # the stream knows how far we are
        self._records = BatchRecords(service, store.keys)
        self._handled = HandledBefore(store, self._records)
        self._attempts = Attempts(store.database, service)
        self._size = BatchSize()
        self._people = People(store, turn)
        self._listeners: dict[str, list[Listener[Any]]] = {}
        for listener in listeners:
            self._listeners.setdefault(listener.event.TYPE, []).append(listener)

    async def take(self, batch: Sequence[Received]) -> list[Work]:
        """Settle every event of the batch, in stream order, and answer for it to the stream."""
        self._metrics.received(len(batch))
        if any(received.deliveries > ALONE_AFTER for received in batch):
            return [await self._take_alone(received) for received in batch]
        works = [self._read(received) for received in batch]
        reach("batch-fetched")
        await self._settle(works)
        return works

    async def _take_alone(self, received: Received) -> Work:
        """One of these may bring the process down: which one is noted before it is touched."""
        lives = await self._attempts.begin(received.sequence)
        if lives > MOST_LIVES:
            work = Work(received)
            message = "The process ended each time this event was tried; see the logs."
            work.conclude(Outcome.DEAD, "too-many-deliveries", message)
        else:
            work = self._read(received)
        reach("batch-fetched")
        await self._settle([work])
        await self._attempts.end(received.sequence)
        return work

    def _read(self, received: Received) -> Work:
        work = read(received, self._judged_at(received), self._origin_key)
        if work.open and (beyond := self._limits.beyond(received)):
            work.refuse(beyond)
        return work

    def _judged_at(self, received: Received) -> datetime:
        """The business instant at which the stream received it: every host judges it alike."""
        stored_at = received.stored_at
        if received.origin == "parked":  # its time was right; a dead letter's may be by now
            stored_at = received.taken_at
        return stored_at + self._clock.offset if stored_at else self._clock.now()

    async def answered(self) -> None:
        """Everything committed so far has been published and answered for."""
        if self._following is not None:
            await asyncio.wait({self._following})

    async def _settle(self, works: list[Work]) -> None:
        """Settle a group; where it cannot be committed together, one by one."""
        left = works
        while left:
            group = left[: self._size.most]
            try:
                done = await self._until_the_database_answers(group)
            except TooLargeError as failure:
                if len(group) > 1:
                    self._size.halve(len(group))
                    log.warning("batch_halved", size=len(group))
                    left = [afresh(work) for work in left]
                    continue
                done = await self._fail_alone(group, failure)
            except Exception as failure:
                if len(group) > 1:
                    log.warning("batch_taken_apart", size=len(group), error=type(failure).__name__)
                    for work in group:
                        await self._settle([afresh(work)])
                    done = len(group)
                else:
                    done = await self._fail_alone(group, failure)
            left = left[done:]

    async def _fail_alone(self, works: list[Work], failure: Exception) -> int:
        conclude_failed(works[0], failure)
        return await self._until_the_database_answers(works)

    async def _until_the_database_answers(self, works: list[Work]) -> int:
        from_stream = all(work.received.origin == "stream" for work in works)
        patience = BUSY_SECONDS if from_stream else BUSY_SECONDS_OF_KEPT
        delay, busy_since = 0.1, math.inf
        while True:
            try:
                return await self._with_repeats(works)
            except NewerDocumentError:  # the database is there; the event waits for the upgrade
                raise
            except TemporaryError:
                busy_since = math.inf
                log.warning("database_away", waiting_seconds=delay)
            except (AlreadyThereError, TooLargeError):
                raise
            except RepeatError:  # no event is to blame: a dead process may hold the documents
                busy_since = min(busy_since, monotonic())
                if monotonic() - busy_since > patience:
                    raise
                log.warning("database_busy", waiting_seconds=delay)
            for work in works:
                reopen(work)  # decided, and perhaps not kept: decide again
                await work.received.in_progress()
            await asyncio.sleep(delay)
            delay = min(delay * 2, 5.0)

    async def _with_repeats(self, works: list[Work]) -> int:
        known: set[Need] = set()
        if any(w.received.deliveries > 1 or w.received.origin != "stream" for w in works):
            await self._handled.note(works)
            await self._handled.note_taken_up(works)
        lost = RepeatError()
        for attempt in range(REPEATS):
            try:
                return await self._attempt(works, known)
            except AlreadyThereError as there:
                lost = there
                await self._learn(works, there, known)
            except TooLargeError:
                raise
            except RepeatError as race:
                lost = race
                await self._handled.note_taken_up(works)
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))  # noqa: S311 - jitter
            for work in works:
                reopen(work)
        raise lost

    async def _attempt(self, works: list[Work], known: set[Need]) -> int:
        passage = self._tracing.begin()
        unit = self._store.unit(self._service, self._clock.now())
        await self._people.settle(works)
        await self._store.fill(unit, self._questions(works), known)
        done = self._run_steps(works, unit)
        passage.decided()
        reach("batch-decided")
        settled = works[:done]
        rows, outgoing = rows_for(unit.announced, self._store.keys)
        weight = await self._store.commit(
            unit,
            lambda new: {**self._records.writes(settled, new), "outbox": inserts(rows)},
            self._records.owners(settled),
        )
        self._people.learn(unit)
        reach("batch-committed")
        passage.committed()
        if any(work.outcome is Outcome.DEAD for work in settled):
            reach("dead-letter-committed")
        await self.answered()  # one batch at a time; meanwhile this one was decided
        self._size.learn(done, weight)
        following = self._follow(settled, rows, outgoing)
        self._following = asyncio.create_task(passage.consumed(unit, settled, following))
        return done

    async def _follow(
        self, works: Sequence[Work], rows: Sequence[Row], outgoing: Sequence[OutgoingEvent]
    ) -> None:
        """After the commit: publish, then acknowledge. What is left of it at a crash is swept up
        from the outbox, and delivered again by the stream.
        """
        try:
            await self._outbox.send(rows, outgoing)
            reach("batch-published")
            await self._answer(works)
            self.on_answered()
        except Exception as failure:
            log.error("batch_not_answered", size=len(works), fingerprint=fingerprint(failure))

    def _questions(self, works: list[Work]) -> Iterable[Question]:
        for work in works:
            if work.open and work.event is not None:
                for listener in self._listeners.get(work.event.type, ()):
                    yield partial(self._needs, work, listener)

    def _needs(self, work: Work, listener: Listener[Any], unit: ReadSoFar) -> Iterable[Need]:
        event = work.heard
        if not work.open or event is None:
            return ()
        try:
            return list(listener.needs(event, unit))
        except Exception as failure:
            conclude_failed(work, failure)
            return ()

    def _run_steps(self, works: list[Work], unit: UnitOfWork) -> int:
        """Run the steps in order; how many works are settled (a late need cuts the batch)."""
        for index, work in enumerate(works):
            event = work.heard
            if not work.open or event is None:
                continue
            listeners = self._listeners.get(event.type)
            if not listeners:
                work.conclude(Outcome.IGNORED, "not-heard")
                continue
            try:
                with unit.working_on(event.cause):
                    for listener in listeners:
                        listener.step(event, unit)
                work.conclude(Outcome.APPLIED, "")
            except NotDeclaredError as failure:
                if index > 0:  # an event before it in this batch made what it needs
                    return index
                conclude_failed(work, failure)
            except Exception as failure:
                conclude_failed(work, failure)
        return len(works)

    async def _learn(self, works: list[Work], there: AlreadyThereError, known: set[Need]) -> None:
        """What was to be new is there: an event handled before, or a document to read."""
        if there.collection == "handled_events":
            await self._handled.note(works)
        elif there.collection in self._store.mappings:
            kind = self._store.mappings[there.collection].kind
            known.update(kind.one(key) for key in there.keys)

    async def _answer(self, works: Sequence[Work]) -> None:
        counts = Counter((w.received.event_type, str(w.outcome), w.reason) for w in works)
        for settled, count in counts.items():
            self._metrics.concluded(*settled, count)
        for work in works:
            if work.outcome is Outcome.FAILED:
                delay = min(2.0**work.received.deliveries, 30.0)
                await work.received.nak(delay * random.uniform(0.5, 1.0))  # noqa: S311 - jitter
            else:
                await work.received.ack()
            if work.outcome is Outcome.DEAD:
                log.warning("dead_letter", sequence=work.received.sequence, reason=work.reason,
                            event_type=work.received.event_type)  # fmt: skip
        reach("batch-acknowledged")
