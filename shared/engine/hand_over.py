"""What happens between "this may be handed over" and "this became of it"?

Right after a batch of documents has been committed as claimed by this process, each is given to
its channel, several at a time, and the outcomes are committed as they come. Before each, it is
asked whether everything is being held back. What is not reached in time is put back untouched, so
that nothing is ever sent by a process that slept. Those to one recipient go one after the other:
once it refused one, the others go back to their gates. A stop of the process waits for what has
begun, and an outcome is kept however long the database is away: it has happened.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from shared.channels import HAND_OVER_TIME, NOT_TRIED, HandsOver, Outcome, Result
from shared.clock import monotonic
from shared.contracts.envelope import Cause
from shared.engine.hold import HoldLook
from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError
from shared.failpoints import reach
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

T = TypeVar("T")
M = TypeVar("M")
STOP_SECONDS = 5.0  # how long a stop of the process waits for hand-overs that have begun
START_SECONDS = 60.0  # so long after the gates were asked, no hand-over is begun any more
RETRY_SECONDS = 1.0
AWAY, NOT_MADE, FAILED = "away", "cannot-be-made", "hand-over-failed"
IN_ONE_COMMIT = 100


@dataclass(frozen=True, slots=True)
class Handed(Generic[T, M]):
    """One claimed document, what was made of it, and what became of that."""

    document: T
    message: M | None
    outcome: Outcome


class Work(Protocol[T, M]):
    """What a service says of the documents it hands over."""

    @property
    def at_once(self) -> int:
        """How many hand-overs go on at a time."""
        ...

    def is_mine(self, document: T) -> bool:
        """Whether this very process has claimed it."""
        ...

    def claimed_until(self, document: T) -> datetime | None:
        """When the claim ends, by the database's clock."""
        ...

    def recipient(self, document: T) -> str:
        """Whom it is for; two for the same go one after the other."""
        ...

    def channel(self, document: T, /) -> HandsOver[M]:
        """By which channel it goes."""
        ...

    async def message(self, runtime: Runtime, document: T, /) -> M | Outcome:
        """The message, or why there is none.

        TemporaryError: what it needs is away; RuleError: it cannot be made, for the error's code.
        """
        ...

    async def is_held(self, runtime: Runtime) -> bool:
        """Whether everything is being held back, read now; TemporaryError: nobody can say."""
        ...

    def needs(self, document: T, unit: ReadSoFar) -> Iterable[Need]:
        """What recording its outcome needs."""
        ...

    def cause(self, runtime: Runtime, document: T) -> Cause:
        """The hand-over as the cause of what follows from it."""
        ...

    def record(self, handed: Handed[T, M], unit: UnitOfWork) -> None:
        """Keep the outcome and say what follows, unless the document has left these hands."""
        ...

    def timing(self) -> AbstractContextManager[object]:
        """Times one hand-over."""
        ...

    def count(self, batch: Sequence[Handed[T, M]]) -> None:
        """Count these outcomes, which have been recorded."""
        ...


class HandOver(Generic[T, M]):
    """Hands over what a committed batch of due documents left in this process's hands."""

    def __init__(self, work: Work[T, M], start_seconds: float = START_SECONDS) -> None:
        self._work = work
        self._start_seconds = start_seconds
        self._hold = HoldLook(work.is_held)

    async def __call__(self, runtime: Runtime, documents: Sequence[T]) -> None:
        """Hand over, and record every outcome; a stop of the process waits for what has begun."""
        mine = [each for each in documents if self._work.is_mine(each)]
        if mine:
            await _see_through(self._all(runtime, mine))

    async def _all(self, runtime: Runtime, documents: Sequence[T]) -> None:
        ends = [self._work.claimed_until(each) for each in documents]
        until = await begin_until(runtime, ends, self._start_seconds)
        self._hold.forget()
        done: asyncio.Queue[Handed[T, M] | None] = asyncio.Queue()
        places = asyncio.Semaphore(self._work.at_once)

        async def in_turn(documents: Sequence[T]) -> None:
            refused = False
            for document in documents:
                async with places:
                    handed = await self._one(runtime, document, until, refused=refused)
                refused = refused or handed.outcome.result is Result.REFUSED
                await done.put(handed)

        recording = asyncio.ensure_future(self._record_all(runtime, done))
        try:
            await asyncio.gather(*(in_turn(each) for each in self._by_recipient(documents)))
        finally:
            await done.put(None)
            await recording

    async def _one(
        self, runtime: Runtime, document: T, until: float, *, refused: bool
    ) -> Handed[T, M]:
        """One message from its making to its outcome; whatever goes wrong is an outcome."""
        untouched: Handed[T, M] = Handed(document, None, NOT_TRIED)
        if refused or runtime.leaving or monotonic() >= until:
            return untouched
        made = await self._make(runtime, document)
        if isinstance(made, Outcome):
            return Handed(document, None, made)
        if await self._hold.says_no(runtime) or monotonic() >= until:
            return untouched
        reach("message-handing-over")
        begun = runtime.tracing.handing_over()
        outcome = await self._give(document, made, until)
        if begun:
            cause = self._work.cause(runtime, document)
            runtime.tracing.handed_over(cause, begun, outcome.result.value)
        reach("message-handed-over")
        return Handed(document, made, outcome)

    async def _make(self, runtime: Runtime, document: T) -> M | Outcome:
        try:
            return await self._work.message(runtime, document)
        except TemporaryError:
            return Outcome(Result.RETRY, AWAY)
        except RuleError as no:
            return Outcome(Result.REFUSED_HERE, no.code)
        except Exception as failure:
            log.error("message_not_made", fingerprint=fingerprint(failure))
            return Outcome(Result.REFUSED_HERE, NOT_MADE)

    async def _give(self, document: T, message: M, until: float) -> Outcome:
        try:
            with self._work.timing():
                return await self._work.channel(document).hand_over(message, until)
        except Exception as failure:  # a channel must not raise: nobody knows how far it came
            log.error("hand_over_failed", fingerprint=fingerprint(failure))
            return Outcome(Result.UNKNOWN, FAILED)

    async def _record_all(
        self, runtime: Runtime, done: "asyncio.Queue[Handed[T, M] | None]"
    ) -> None:
        """Commit outcomes as they come, as many together as there are."""
        more = True
        while more:
            batch: list[Handed[T, M]] = []
            first = await done.get()
            more = first is not None
            if first is not None:
                batch.append(first)
            while more and not done.empty() and len(batch) < IN_ONE_COMMIT:
                another = done.get_nowait()
                more = another is not None
                if another is not None:
                    batch.append(another)
            if batch:
                await self._record(runtime, batch)

    async def _record(self, runtime: Runtime, batch: Sequence[Handed[T, M]]) -> None:
        """Commit these outcomes."""
        work = self._work

        def needs(unit: ReadSoFar) -> Iterator[Need]:
            for handed in batch:
                yield from work.needs(handed.document, unit)

        def step(unit: UnitOfWork) -> None:
            for handed in batch:
                with unit.working_on(work.cause(runtime, handed.document)):
                    work.record(handed, unit)

        cause = work.cause(runtime, batch[0].document)
        try:
            await _keep(runtime, step, needs, cause, len(batch))
        except Exception as failure:
            log.error("outcome_not_recorded", count=len(batch), fingerprint=fingerprint(failure))
            if len(batch) > 1:  # one of them cannot be recorded: the others can
                for handed in batch:
                    await self._record(runtime, [handed])
            return  # once its time is up, it is found in hand and its fate is unknown
        reach("message-recorded")
        work.count(batch)

    def _by_recipient(self, documents: Sequence[T]) -> Iterable[Sequence[T]]:
        groups: dict[str, list[T]] = defaultdict(list)
        for document in documents:
            groups[self._work.recipient(document)].append(document)
        return groups.values()


async def begin_until(
    runtime: Runtime, ends: Sequence[datetime | None], seconds: float = START_SECONDS
) -> float:
    """Until when, by the stopwatch, a hand-over may begin: counted from the look at the gates.

    ``ends``: when the time of each is up. A process may have slept since, before or after its
    commit; the database's clock tells.
    """
    woke = monotonic()
    try:
        now = await runtime.database_now()
    except TemporaryError:  # nobody can tell
        return woke
    looked = min((end for end in ends if end is not None), default=now) - HAND_OVER_TIME
    slept: float = max((now - looked).total_seconds(), 0.0)
    return woke + seconds - slept


async def _see_through(work: Coroutine[Any, Any, None]) -> None:
    """Do this; a stop of the process waits for what has begun."""
    running = asyncio.ensure_future(work)
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait({running}, timeout=STOP_SECONDS)
        raise


async def _keep(
    runtime: Runtime,
    step: Callable[[UnitOfWork], None],
    needs: Callable[[ReadSoFar], Iterable[Need]],
    cause: Cause,
    count: int,
) -> None:
    """Commit these outcomes, as many times as it takes."""
    while True:
        try:
            await runtime.act(step, needs, cause=cause)
        except TemporaryError:
            log.warning("outcomes_wait", count=count, reason="away")
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return
