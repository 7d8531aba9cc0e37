"""What may ops ask a running service, and what does it answer?

``ops.<service>`` takes ``{"ask": name, …}``. Only the command line may send it; it needs NATS
credentials, never a database's.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import RootModel

from shared import failpoints
from shared.contracts.answers import (
    DocumentsTold,
    FailpointsTold,
    IdleTold,
    LedgerTold,
    NextDueTold,
    TimeTold,
)
from shared.contracts.requests import Answer, Asked, RequestType, one_of
from shared.engine import ledger
from shared.engine.dead_letters import DeadLetters
from shared.engine.due_work import DueWork
from shared.engine.records_work import open_orders
from shared.engine.runtime import Runtime
from shared.requests.dead_letters_by_ops import ANSWERED, DeadLettersAsked, answer_dead_letters
from shared.requests.documents_by_ops import DocumentsAsked, bring_up_to_date

Handler = Callable[[Runtime, Any], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class OpsQuestion:
    """One question of ops that only this service answers: its name, shapes and answer.

    ``asked`` has a field ``ask`` of that one name. The answer may raise RuleError (with ``field``)
    and TemporaryError.
    """

    ask: str
    asked: type[Asked]
    answered: tuple[type[Answer], ...]
    answer: Handler


class NextDueAsked(Asked):
    """When does something next fall due?"""

    ask: Literal["next-due"]


class IdleAsked(Asked):
    """Does anything wait?"""

    ask: Literal["idle"]


class LedgerAsked(Asked):
    """What became of the events?"""

    ask: Literal["ledger"]


class TimeAsked(Asked):
    """What time is it; or, where it may be moved: let it run ahead by so many seconds, for good."""

    ask: Literal["time"]
    offset_seconds: float | None = None


class FailpointAsked(Asked):
    """Arm a failpoint; only in a process that may be told to fail."""

    ask: Literal["failpoint"]
    name: str | None = None
    action: str | None = None
    hit: int = 1


STANDARD: Mapping[str, type[Asked]] = {
    "dead-letters": DeadLettersAsked,
    "next-due": NextDueAsked,
    "idle": IdleAsked,
    "ledger": LedgerAsked,
    "time": TimeAsked,
    "documents": DocumentsAsked,
}


def ops_request(more: Sequence[OpsQuestion], *, may_fail: bool = False) -> RequestType:
    """What ops may ask of one service: the same of all, and what it adds."""
    choices: dict[str, type[Asked]] = {
        **STANDARD,
        **({"failpoint": FailpointAsked} if may_fail else {}),
        **{each.ask: each.asked for each in more},
    }
    answered: tuple[type[Answer], ...] = (
        *ANSWERED, NextDueTold, IdleTold, LedgerTold, TimeTold, DocumentsTold,
    )  # fmt: skip
    if may_fail:
        answered = (*answered, FailpointsTold)
    answered = (*answered, *(one for each in more for one in each.answered))
    about = "Dead letters, rest, the ledger, time, and what only this service answers."
    return RequestType("ops", about, one_of("OpsRequest", about, choices), answered)


def answer_ops(
    runtime: Runtime, letters: DeadLetters, due: Sequence[DueWork], more: Sequence[OpsQuestion]
) -> Callable[[RootModel[Any]], Awaitable[Answer]]:
    """Answers rest, ledger, dead letters, time, and what the service itself adds."""

    async def next_due(run: Runtime, _: NextDueAsked) -> NextDueTold:
        return NextDueTold(
            next_due=_earliest([await run.store.due_documents.next(work.kind) for work in due])
        )

    async def idle(run: Runtime, _: IdleAsked) -> IdleTold:
        return await _idle(run, due)

    handlers: dict[str, Handler] = {
        "dead-letters": answer_dead_letters(letters),
        "next-due": next_due,
        "idle": idle,
        "ledger": _ledger,
        "time": _time,
        "documents": bring_up_to_date,
        "failpoint": _failpoint,  # asked only where the request type knows it
        **{each.ask: each.answer for each in more},
    }

    async def answer(asked: RootModel[Any]) -> Answer:
        return await handlers[asked.root.ask](runtime, asked.root)

    return answer


async def _ledger(run: Runtime, _: LedgerAsked) -> LedgerTold:
    counts = await ledger.read(run.db, run.name)
    waiting, oldest = await run.outbox.waiting()
    await run.progress.ask()
    return LedgerTold(
        ledger=counts,
        outbox_waiting=waiting,
        outbox_oldest_seconds=oldest,
        pending=run.progress.pending,
        ack_pending=run.progress.ack_pending,
    )


async def _idle(run: Runtime, due: Sequence[DueWork]) -> IdleTold:
    """Nothing waits in the stream, nothing in the outbox, nothing due by now; and what is next.

    Asked in the order in which one becomes the other, and what is due together with what is
    announced: what goes over from one to the other while this is asked is seen in one of them.
    What another replica is handing over shows once its outcome is announced. What waits for a
    parked event waits for a person or an upgrade: nobody is busy with it.
    """
    now = await run.database_now()
    in_hand, begun = any(work.in_hand for work in due), sum(work.begun for work in due)
    events = not await run.progress.idle()
    await run.outbox.mark_published()
    kinds = list({work.kind.collection: work.kind for work in due}.values())
    held = await run.held_back()
    but_for = {work.kind.collection: held for work in due if work.waits_for_stream}
    dues, unsent = await run.store.due_documents.next_and_waiting(kinds, but_for)
    in_hand = in_hand or begun != sum(work.begun for work in due)
    ordered = bool(await open_orders(run))
    found = {"events": events, "outbox": unsent, "work in hand": in_hand, "records": ordered}
    reasons = [name for name, so in found.items() if so]
    reasons += [name for name, instant in dues.items() if instant is not None and instant <= now]
    return IdleTold(idle=not reasons, waiting_for=reasons, next_due=_earliest(dues.values()))


def _earliest(instants: Iterable[datetime | None]) -> str | None:
    known = [instant for instant in instants if instant is not None]
    return min(known).isoformat() if known else None


async def _time(run: Runtime, asked: TimeAsked) -> TimeTold:
    if asked.offset_seconds is not None:
        await run.travel(timedelta(seconds=asked.offset_seconds))
    return TimeTold(
        now=run.clock.now().isoformat(),
        offset_seconds=run.clock.offset.total_seconds(),
        travel_allowed=run.clock.travel_allowed,
    )


async def _failpoint(_: Runtime, asked: FailpointAsked) -> FailpointsTold:
    if asked.name is not None:
        failpoints.arm(asked.name, str(asked.action), asked.hit)
    return FailpointsTold(armed=failpoints.armed())
