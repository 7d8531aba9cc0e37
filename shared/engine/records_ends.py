"""How does a service clear what of a client's working records is over?

One replica does, the one that consumes: some documents at a time, each part in one transaction and
under the versions it read, so that whoever works on one of them wins. Clearing may be broken off
anywhere and is gone on with; what is gone is not found again.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial

from shared.contracts.envelope import Cause
from shared.engine.records import Cleared, Records
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.mongo import Document, RepeatError, answering
from shared.people import ENDS, End
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, is_over, mark_of
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

LOOK_SECONDS = 5.0
AT_ONCE = 20  # things of one transaction, each with all that hangs on it
MOST_ENDS = 20  # clients of one look
MOST_COUNTED = 100


def about_client(end: End) -> Document:
    """What is about the client, as tasks are."""
    return {"d.about.client_id": {"$in": list(end.client_ids)}}


def of_client(end: End) -> Document:
    """Documents with a field for the client."""
    return {"d.client_id": {"$in": list(end.client_ids)}}


def clear_task(task_id: str, end: End, unit: UnitOfWork) -> int:
    """A task that is over leaves its mark; an open one stays as it is."""
    task = unit.get(TASKS, task_id)
    if task is None or not is_over(task, end.until):
        return 0
    unit.put(TASKS, mark_of(task, end.client_ids))
    return 1


def _task(task_id: str, _: ReadSoFar) -> Iterable[Need]:
    return [TASKS.one(task_id)]


TASKS_CLEARED = Cleared(kind=TASKS, found=about_client, clear=clear_task, needs=_task)


async def clear_what_ended(runtime: Runtime, records: Records) -> None:
    """Clear whatever has ended, for as long as the process runs."""
    kinds, told = (*records.cleared, TASKS_CLEARED), asyncio.Event()
    runtime.store.notice(ENDS, told.set)
    while True:
        told.clear()
        await _look(runtime, kinds)
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), LOOK_SECONDS)


async def _look(runtime: Runtime, kinds: Sequence[Cleared]) -> None:
    if runtime.leaving or not runtime.leases.consuming.is_set():
        runtime.metrics.records_ends_waiting.set(0)  # whoever consumes says so
        return
    try:
        for end in await open_ends(runtime):
            await carry_out(runtime, kinds, end)
        runtime.metrics.records_ends_waiting.set((await waiting(runtime))[0])
    except (TemporaryError, RepeatError):
        log.warning("records_wait", reason="away")
    except Exception as failure:
        log.error("records_failed", fingerprint=fingerprint(failure))
        runtime.metrics.records_failed.inc()


async def open_ends(runtime: Runtime) -> list[End]:
    """What is still to be cleared here, some of it."""
    found = runtime.db.collection(ENDS.collection).find({}).sort("_id", 1).limit(MOST_ENDS)
    with answering():
        rows = await found.to_list(MOST_ENDS)
    return await runtime.store.opened(ENDS, rows)


async def waiting(runtime: Runtime) -> tuple[int, float]:
    """Of how many clients something is to be cleared still, a hundred at most; how many seconds ago
    it was said of the oldest of them.
    """
    every: Document = {"_id": {"$gt": ""}}  # by the index
    found = runtime.db.collection(ENDS.collection).find(every, {"d.at": 1}).limit(MOST_COUNTED)
    with answering():
        rows = await found.to_list(MOST_COUNTED)
    oldest = min((row["d"]["at"] for row in rows), default=runtime.clock.now())
    return len(rows), max((runtime.clock.now() - oldest).total_seconds(), 0.0)


async def carry_out(runtime: Runtime, kinds: Sequence[Cleared], end: End) -> None:
    """Clear every kind, then forget that it was to be done."""
    count = 0
    for cleared in kinds:
        gone = await _clear(runtime, cleared, end)
        runtime.metrics.records_cleared.labels(cleared.kind.collection).inc(gone)
        count += gone
    await runtime.act(
        partial(_done, end), lambda _: [ENDS.one(end.client_id)], cause=_cause(runtime, end)
    )
    if count:
        log.info("records_cleared", count=count)


def _done(end: End, unit: UnitOfWork) -> None:
    if unit.get(ENDS, end.client_id) == end:
        unit.remove(ENDS, end.client_id)


async def _clear(runtime: Runtime, cleared: Cleared, end: End) -> int:
    """How many documents of this kind went; those of one client are found at once, by their ids."""
    found = runtime.db.collection(cleared.kind.collection).find(cleared.found(end), {"_id": 1})
    with answering():
        keys = sorted(row["_id"] for row in await found.to_list(None))
    count = 0
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        needs = partial(_needs, cleared, some)
        count += await runtime.act(
            partial(_step, cleared, some, end), needs, cause=_cause(runtime, end)
        )
    return count


def _needs(cleared: Cleared, keys: Sequence[str], unit: ReadSoFar) -> Iterable[Need]:
    return [need for key in keys for need in cleared.needs(key, unit)]


def _step(cleared: Cleared, keys: Sequence[str], end: End, unit: UnitOfWork) -> int:
    return sum(cleared.clear(key, end, unit) for key in keys)


def _cause(runtime: Runtime, end: End) -> Cause:
    id = f"records-ended-{end.client_id}"
    return Cause(f"urn:clientele:{runtime.name}", id, "records", end.correlation_id, None,
                 runtime.clock.now())  # fmt: skip
