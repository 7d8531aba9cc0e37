"""How does a service carry out what was ordered about one person's records, and say so?

One replica does, the one that consumes. All of it may be done twice: what is gone is not found
again, and the receipt has one identity. What outlives an erasure is sealed apart first; then go the
documents, what the engine itself kept of the person's events, and last the keys, and with them
every copy in a back-up of the database.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Literal, TypeVar

from shared.contracts.envelope import Cause
from shared.contracts.keys import key_of
from shared.contracts.records import RecordsConfirmed, Retained
from shared.engine.batch_records import settled
from shared.engine.received_events import Outcome
from shared.engine.records import OPEN, ORDERS, Kept, Order, Part, Records
from shared.engine.records_parts import TASK_PART
from shared.engine.records_rows import delete, rewrite, rows_of
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.mongo import DeleteOne, Document, RepeatError, UpdateOne, answering
from shared.people import ENDS, PEOPLE
from shared.state.destroying import destroy, keep_apart
from shared.state.document_types import Need
from shared.state.mappings import DocumentMapping
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.fingerprints import fingerprint
from shared.telemetry.logs import log

R = TypeVar("R")
OF_RECORDS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(PEOPLE),
    DocumentMapping(ORDERS),
    DocumentMapping(ENDS),
)
LOOK_SECONDS = 5.0
MOST_ORDERS = 20
DONE: dict[str, Literal["exported", "moved", "erased"]] = {
    "export": "exported", "move": "moved", "erase": "erased",
}  # fmt: skip


async def keep_records(runtime: Runtime, records: Records) -> None:
    """Carry out every order, for as long as the process runs: at once where it comes by this
    process, and within seconds where another one, gone since, was given it.
    """
    parts, told = (*records.parts, TASK_PART), asyncio.Event()
    runtime.store.notice(ORDERS, told.set)
    while True:
        told.clear()
        await _look(runtime, parts)
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), LOOK_SECONDS)


async def _look(runtime: Runtime, parts: Sequence[Part[Any]]) -> None:
    if runtime.leaving or not runtime.leases.consuming.is_set():
        return
    waiting = set[str]()  # of whom something ordered earlier could not be done
    for order in await _tried(runtime, open_orders(runtime)) or ():
        people = {*order.client_ids, order.survivor_id or order.client_id}
        if waiting & people or not await _tried(runtime, carry_out(runtime, parts, order)):
            waiting |= people


async def _tried(runtime: Runtime, work: Awaitable[R]) -> R | None:
    """What came of it; None where it failed: that waits, and orders about others, events and
    messages go on.
    """
    try:
        return await work
    except (TemporaryError, RepeatError):
        log.warning("records_wait", reason="away")
    except Exception as failure:
        log.error("records_failed", fingerprint=fingerprint(failure))
        runtime.metrics.records_failed.inc()
    return None


async def open_orders(runtime: Runtime) -> list[Order]:
    """What is still to be done here, some of it: what was ordered first comes first."""
    found = runtime.db.collection(ORDERS.collection).find({"x.state": OPEN})
    with answering():
        ordered = found.sort([("d.ordered_at", 1), ("_id", 1)]).limit(MOST_ORDERS)
        rows = await ordered.to_list(MOST_ORDERS)
    return await runtime.store.opened(ORDERS, rows)


async def carry_out(runtime: Runtime, parts: Sequence[Part[Any]], order: Order) -> bool:
    """Do all of it, and confirm it; raises TemporaryError and RepeatError to be tried again."""
    kept: set[str] = set()
    if order.do == "export":
        count = await _count(runtime, parts, order)
    elif order.do == "move":
        count = await _move(runtime, parts, order)
    else:
        count = await _erase(runtime, parts, order, kept)
    said = [each for each in order.keep if each.data_class in kept]
    await runtime.act(
        partial(_confirm, order, count, said), partial(_order, order.order_id),
        cause=Cause(f"urn:clientele:{runtime.name}", f"records-{order.event_id}", "records",
                    order.correlation_id, None, runtime.clock.now()),
    )  # fmt: skip
    runtime.metrics.records_done.labels(DONE[order.do]).inc()
    log.info("records_done", outcome=order.do, count=count)
    return True


def _order(order_id: str, _: ReadSoFar) -> Iterable[Need]:
    return [ORDERS.one(order_id)]


def _confirm(order: Order, count: int, kept: list[Any], unit: UnitOfWork) -> None:
    now = unit.get(ORDERS, order.order_id)
    if now is None or now.state != OPEN or now.event_id != order.event_id:
        return
    unit.put(ORDERS, replace(now, state="done"))
    unit.announce(
        RecordsConfirmed(
            request_id=order.request_id,
            client_id=order.client_id,
            service=unit.service,
            done=DONE[order.do],
            n=count,
            retained=tuple(
                Retained(data_class=each.data_class, reason=each.reason, until=each.until)
                for each in kept
            ),
            at=unit.now,
        )
    )


async def _count(runtime: Runtime, parts: Sequence[Part[Any]], order: Order) -> int:
    found = 0
    for part in parts:
        if part.told is not None or part.withheld is not None:
            rows = runtime.db.collection(part.kind.collection)
            with answering():
                found += await rows.count_documents(part.found(order))
    return found


async def _move(runtime: Runtime, parts: Sequence[Part[Any]], order: Order) -> int:
    count, survivor = 0, order.survivor_id or ""
    for part in parts:

        def change(value: Any, part: Part[Any] = part) -> Any:
            return part.moved(value, order.client_id, survivor) if part.moved else None

        after = ""
        while rows := await rows_of(runtime.store, part, order, after):
            for row in rows:
                await rewrite(runtime.store, part, row, change)
            after, count = rows[-1]["_id"], count + len(rows)
    return count


async def _erase(runtime: Runtime, parts: Sequence[Part[Any]], order: Order, kept: set[str]) -> int:
    count: Counter[str] = Counter()
    for part in parts:
        await _erase_part(runtime, part, order, kept, count)
    count["events"] += await _forget_events(runtime, order)
    await destroy(runtime.store, order.owners)
    return count.total()


async def _erase_part(
    runtime: Runtime, part: Part[Any], order: Order, kept: set[str], count: Counter[str]
) -> None:
    rule, after = order.keeps(part.data_class), ""
    while rows := await rows_of(runtime.store, part, order, after):
        after = rows[-1]["_id"]
        if rule is not None:
            kept.add(part.data_class)
            for row in rows:
                await _keep(runtime, part, row, order, rule)
            continue
        count[part.data_class] += len(rows)
        if part.left is None:
            await delete(runtime.store, part, rows)
            continue
        for row in rows:
            await rewrite(runtime.store, part, row, partial(_left, part, order))


async def _keep(runtime: Runtime, part: Part[Any], row: Document, order: Order, rule: Kept) -> None:
    if part.kept is not None:
        await rewrite(runtime.store, part, row, part.kept)
        return
    mapping = runtime.store.mappings[part.kind.collection]
    if rule.until is not None and "p" not in row:
        kept_until = {"$set": {"until": rule.until}}
        with answering():
            await runtime.db.collection(part.kind.collection).update_one(
                {"_id": row["_id"]}, kept_until
            )
        return
    name = f"{order.request_id}:{part.data_class}"
    await keep_apart(runtime.store, mapping, row, name, rule.until)


def _left(part: Part[Any], order: Order, value: Any) -> Any:
    return part.left(value, order) if part.left is not None else None


async def _forget_events(runtime: Runtime, order: Order) -> int:
    """What the engine kept of their events: parked ones, dead letters, and the outbox."""
    subjects = {"$in": [*order.client_ids, *order.inquiry_ids]}
    theirs: Document = {"$or": [{"p": {"$in": list(order.owners)}}, {"subject": subjects}]}
    count = await _forget_parked(runtime, theirs)
    letters = runtime.db.collection("dead_letters")
    with answering():
        await letters.update_many(
            {"$and": [theirs, {"status": "open"}]}, {"$set": settled("erased")}
        )
        emptied = await letters.update_many(theirs, {"$set": {"raw": b"", "field_errors": []}})
        outbox = await _forget_said(runtime, order)
    return count + int(emptied.modified_count) + outbox


async def _forget_parked(runtime: Runtime, theirs: Document) -> int:
    with answering():
        rows = await runtime.db.collection("parked").find(theirs, {"consumer": 1}).to_list(None)
    for row in rows:
        moved = {"$inc": {str(Outcome.PARKED): -1, str(Outcome.IGNORED): 1}}
        await runtime.db.transaction(
            {
                "parked": [DeleteOne({"_id": row["_id"]})],
                "ledger": [UpdateOne({"_id": row["consumer"]}, moved)],
            }
        )
    return len(rows)


async def _forget_said(runtime: Runtime, order: Order) -> int:
    """Announced events about them that were published and are kept for some days still."""
    theirs = "|".join(key_of(each) for each in [*order.client_ids, *order.inquiry_ids])
    said: Document = {"s": {"$regex": rf"^events\.[^.]+\.({theirs})(\.|$)"}}
    query: Document = {"published_at": {"$exists": True}, "events": {"$elemMatch": said}}
    pulled = {"$pull": {"events": said}}
    result = await runtime.db.collection("outbox").update_many(query, pulled)
    return int(result.modified_count)
