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
from functools import partial
from typing import Any

from shared.clock import Clock, monotonic
from shared.engine.batch_records import BatchRecords
from shared.engine.listening import Listener
from shared.engine.outbox import Outbox, Row, inserts, rows_for
from shared.engine.outgoing import OutgoingEvent
from shared.engine.received_events import ALONE_AFTER, Outcome, Received, Work, read
from shared.errors import PermanentError, RuleError, TemporaryError
from shared.failpoints import reach
from shared.mongo import AlreadyThereError, RepeatError
from shared.state.document_types import Need
from shared.state.need_resolver import Question
from shared.state.store import Store
from shared.state.unit_of_work import NotDeclaredError, ReadSoFar, UnitOfWork
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log
from shared.telemetry.metrics import CoreMetrics

TRIES_OF_UNEXPECTED = 3
REPEATS = 8  # lost races, before waiting or taking the batch apart
BUSY_SECONDS = 90.0  # MongoDB ends a dead process's transaction after 60 s, where not told sooner
BUSY_SECONDS_OF_KEPT = 15.0  # of parked events and dead outgoing: others wait behind them
SAID_BY_STEPS = ("", "refused", "permanent", "temporary", "unexpected", "not-heard")


class Consumer:
    """Works on batches of one service's durable consumer."""

    def __init__(
        self,
        service: str,
        store: Store,
        outbox: Outbox,
        clock: Clock,
        listeners: Sequence[Listener[Any]],
        metrics: CoreMetrics,
    ) -> None:
        self._service = service
        self._store = store
        self._outbox = outbox
        self._clock = clock
        self._metrics = metrics
        self._following: asyncio.Task[None] | None = None  # publishing and answering
        self.on_answered: Callable[[], None] = _nothing  # the stream knows how far we are
        self._records = BatchRecords(service, store.keys)
        self._listeners: dict[str, list[Listener[Any]]] = {}
        for listener in listeners:
            self._listeners.setdefault(listener.event.TYPE, []).append(listener)

    async def take(self, batch: Sequence[Received]) -> list[Work]:
        """Settle every event of the batch, in stream order, and answer for it to the stream."""
        self._metrics.received(len(batch))
        now = self._clock.now()
        works = [read(received, now) for received in batch]
        reach("batch-fetched")
        alone = any(work.received.deliveries > ALONE_AFTER for work in works)
        for group in [[work] for work in works] if alone else [works]:
            await self._settle(group)
        return works

    async def answered(self) -> None:
        """Everything committed so far has been published and answered for."""
        if self._following is not None:
            await asyncio.wait({self._following})

    async def _settle(self, works: list[Work]) -> None:
        """Settle a group; where it cannot be committed together, one by one."""
        left = works
        while left:
            try:
                done = await self._until_the_database_answers(left)
            except Exception as failure:
                if len(left) == 1:
                    self._fail(left[0], failure)
                    done = await self._until_the_database_answers(left)
                else:
                    log.warning("batch_taken_apart", size=len(left), error=type(failure).__name__)
                    for work in left:
                        await self._settle([_afresh(work)])
                    return
            left = left[done:]

    async def _until_the_database_answers(self, works: list[Work]) -> int:
        from_stream = all(work.received.origin == "stream" for work in works)
        patience = BUSY_SECONDS if from_stream else BUSY_SECONDS_OF_KEPT
        delay, busy_since = 0.1, math.inf
        while True:
            try:
                return await self._with_repeats(works)
            except TemporaryError:
                busy_since = math.inf
                log.warning("database_away", waiting_seconds=delay)
            except AlreadyThereError:
                raise
            except RepeatError:  # no event is to blame: a dead process may hold the documents
                busy_since = min(busy_since, monotonic())
                if monotonic() - busy_since > patience:
                    raise
                log.warning("database_busy", waiting_seconds=delay)
            for work in works:
                _reopen(work)  # decided, and perhaps not kept: decide again
                await work.received.in_progress()
            await asyncio.sleep(delay)
            delay = min(delay * 2, 5.0)

    async def _with_repeats(self, works: list[Work]) -> int:
        known: set[Need] = set()
        if any(w.received.deliveries > 1 or w.received.origin != "stream" for w in works):
            await self._note_handled(works)
        lost = RepeatError()
        for attempt in range(REPEATS):
            try:
                return await self._attempt(works, known)
            except AlreadyThereError as there:
                lost = there
                await self._learn(works, there, known)
            except RepeatError as race:
                lost = race
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))  # noqa: S311 - jitter
            for work in works:
                _reopen(work)
        raise lost

    async def _attempt(self, works: list[Work], known: set[Need]) -> int:
        unit = UnitOfWork(self._service, self._clock.now())
        await self._store.fill(unit, self._questions(works), known)
        done = self._run_steps(works, unit)
        reach("batch-decided")
        settled = works[:done]
        rows, outgoing = rows_for(unit.announced, self._store.keys)
        await self._store.commit(
            unit,
            lambda new: {**self._records.writes(settled, new), "outbox": inserts(rows)},
            self._records.owners(settled),
        )
        reach("batch-committed")
        if any(work.outcome is Outcome.DEAD for work in settled):
            reach("dead-letter-committed")
        await self.answered()  # one batch at a time; meanwhile this one was decided
        self._following = asyncio.create_task(self._follow(settled, rows, outgoing))
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
        if not work.open or work.event is None:
            return ()
        try:
            return list(listener.needs(work.event, unit))
        except Exception as failure:
            self._fail(work, failure)
            return ()

    def _run_steps(self, works: list[Work], unit: UnitOfWork) -> int:
        """Run the steps in order; how many works are settled (a late need cuts the batch)."""
        for index, work in enumerate(works):
            if not work.open or work.event is None:
                continue
            listeners = self._listeners.get(work.event.type)
            if not listeners:
                work.conclude(Outcome.IGNORED, "not-heard")
                continue
            try:
                with unit.working_on(work.event.cause):
                    for listener in listeners:
                        listener.step(work.event, unit)
                work.conclude(Outcome.APPLIED, "")
            except NotDeclaredError as failure:
                if index > 0:  # an event before it in this batch made what it needs
                    return index
                self._fail(work, failure)
            except Exception as failure:
                self._fail(work, failure)
        return len(works)

    def _fail(self, work: Work, failure: Exception) -> None:
        """The three kinds of error, and the unexpected."""
        tries = work.received.deliveries
        work.fingerprint = fingerprint(failure)
        if isinstance(failure, RuleError):
            work.conclude(Outcome.IGNORED, "refused", failure.code)
        elif isinstance(failure, PermanentError):
            work.conclude(Outcome.DEAD, "permanent", failure.message)
        elif isinstance(failure, TemporaryError) or type(failure) is RepeatError:
            parked = tries >= TRIES_OF_UNEXPECTED or work.received.origin == "parked"
            work.conclude(
                Outcome.PARKED if parked else Outcome.FAILED, "temporary", failure.message
            )
        else:
            log.error("step_failed", event_type=work.received.event_type,
                      sequence=work.received.sequence, fingerprint=work.fingerprint)  # fmt: skip
            dead = tries >= TRIES_OF_UNEXPECTED or work.received.origin != "stream"
            work.conclude(Outcome.DEAD if dead else Outcome.FAILED, "unexpected")

    async def _learn(self, works: list[Work], there: AlreadyThereError, known: set[Need]) -> None:
        """What was to be new is there: an event handled before, or a document to read."""
        if there.collection == "handled_events":
            await self._note_handled(works)
        elif there.collection in self._store.mappings:
            kind = self._store.mappings[there.collection].kind
            known.update(kind.one(key) for key in there.keys)

    async def _note_handled(self, works: list[Work]) -> None:
        """Find out which of these events were settled before, and how this one relates to it."""
        places = {self._records.place(work.received): work for work in works}
        identities = [(self._records.identity(work.event), work) for work in works if work.event]
        wanted = [*places, *(identity for identity, _ in identities)]
        found = {bytes(row["_id"]): row for row in await self._store.handled(wanted)}
        for place, work in places.items():
            if place in found and work.received.origin == "stream":
                work.conclude(Outcome.REDELIVERED, "handled")
        seen: dict[bytes, Work] = {}
        for identity, work in identities:
            self._relate(work, found.get(identity), seen.get(identity))
            seen.setdefault(identity, work)

    def _relate(self, work: Work, row: Any, before: Work | None) -> None:
        """Sort out a second arrival of one identity: redelivered, duplicate or contradiction."""
        if work.event is None or work.outcome is Outcome.REDELIVERED:
            return
        if row is not None and row["s"] == work.received.sequence:
            if work.received.origin == "stream" or row.get("o") == Outcome.APPLIED:
                work.conclude(Outcome.REDELIVERED, "handled")
            return
        if row is None and before is None:
            return
        said = bytes(row["h"]) if row is not None else self._content(before)
        if said == self._records.content(work.event):
            work.conclude(Outcome.DUPLICATE, "duplicate")
        else:
            work.conclude(Outcome.DEAD, "identity-collision",
                        "Another event with this source and id says something else.")  # fmt: skip

    def _content(self, work: Work | None) -> bytes:
        return self._records.content(work.event) if work and work.event else b""

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


def _nothing() -> None:
    return None


def _reopen(work: Work) -> None:
    """Before a repeat, forget what the steps decided; what reading found stays."""
    if work.event is not None and work.reason in SAID_BY_STEPS:
        work.outcome, work.reason, work.message, work.fingerprint = None, "", "", ""


def _afresh(work: Work) -> Work:
    _reopen(work)
    return work
