"""What may ops ask a running service, and what does it answer?

``ops.<service>`` takes ``{"ask": name, …}``. Only the command line may send it; it needs NATS
credentials, never a database's.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from shared import failpoints
from shared.bus.request_reply import RequestHandler
from shared.engine import ledger
from shared.engine.dead_letters import DeadLetters
from shared.engine.due_work import DueWork
from shared.engine.runtime import Runtime
from shared.errors import RuleError

Handler = Callable[[Runtime, dict[str, Any]], Awaitable[dict[str, Any]]]


def answer_ops(
    runtime: Runtime, letters: DeadLetters, due: Sequence[DueWork], more: Mapping[str, Handler]
) -> RequestHandler:
    """Answers health, ledger, dead letters, time, and what the service itself adds."""

    async def dead_letters(_: Runtime, asked: dict[str, Any]) -> dict[str, Any]:
        return await _dead_letters(letters, asked)

    async def next_due(run: Runtime, _: dict[str, Any]) -> dict[str, Any]:
        return {"next_due": _earliest([await run.store.next_due(work.kind) for work in due])}

    async def idle(run: Runtime, _: dict[str, Any]) -> dict[str, Any]:
        return await _idle(run, due)

    handlers: dict[str, Handler] = {
        "dead-letters": dead_letters,
        "next-due": next_due,
        "idle": idle,
        "ledger": _ledger,
        "time": _time,
        **({"failpoint": _failpoint} if runtime.settings.failpoints else {}),
        **more,
    }

    async def answer(payload: dict[str, Any]) -> dict[str, Any]:
        handler = handlers.get(str(payload.get("ask")))
        if handler is None:
            known = ", ".join(sorted(handlers))
            raise RuleError(f"Ask one of: {known}.", code="unknown-request", field="ask")
        return await handler(runtime, payload)

    return answer


async def _dead_letters(letters: DeadLetters, asked: dict[str, Any]) -> dict[str, Any]:
    choice = {name: asked.get(name) for name in ("id", "fingerprint", "stream_seq", "status")}
    match asked.get("do", "list"):
        case "list":
            limit, skip = int(asked.get("limit", 100)), int(asked.get("skip", 0))
            return {"items": await letters.chosen(choice, limit, skip)}
        case "show":
            return {"item": await letters.show(str(asked.get("id")))}
        case "replay":
            return {"items": await letters.replay(choice)}
        case "discard":
            return {"discarded": await letters.discard(choice)}
        case _:
            raise RuleError("Do one of: list, show, replay, discard.", field="do")


async def _ledger(run: Runtime, _: dict[str, Any]) -> dict[str, Any]:
    counts = await ledger.read(run.db, run.name)
    waiting, oldest = await run.outbox.waiting()
    await run.progress.ask()
    return {
        "ledger": counts,
        "outbox_waiting": waiting,
        "outbox_oldest_seconds": oldest,
        "pending": run.progress.pending,
        "ack_pending": run.progress.ack_pending,
    }


async def _idle(run: Runtime, due: Sequence[DueWork]) -> dict[str, Any]:
    """Nothing waits in the stream, nothing in the outbox, nothing due by now; and what is next.

    Asked in the order in which one becomes the other, and what is due together with what is
    announced: what goes over from one to the other while this is asked is seen in one of them.
    What another replica is handing over shows once its outcome is announced.
    """
    now = await run.database_now()
    in_hand, begun = any(work.in_hand for work in due), sum(work.begun for work in due)
    events = not await run.progress.idle()
    await run.outbox.mark_published()
    kinds = list({work.kind.collection: work.kind for work in due}.values())
    dues, unsent = await run.store.dues_and_waiting(kinds)
    in_hand = in_hand or begun != sum(work.begun for work in due)
    found = {"events": events, "outbox": unsent, "work in hand": in_hand}
    reasons = [name for name, so in found.items() if so]
    reasons += [name for name, instant in dues.items() if instant is not None and instant <= now]
    return {"idle": not reasons, "waiting_for": reasons, "next_due": _earliest(dues.values())}


def _earliest(instants: Iterable[datetime | None]) -> str | None:
    known = [instant for instant in instants if instant is not None]
    return min(known).isoformat() if known else None


async def _time(run: Runtime, asked: dict[str, Any]) -> dict[str, Any]:
    if "offset_seconds" in asked:
        await run.travel(timedelta(seconds=float(asked["offset_seconds"])))
    return {
        "now": run.clock.now().isoformat(),
        "offset_seconds": run.clock.offset.total_seconds(),
        "travel_allowed": run.clock.travel_allowed,
    }


async def _failpoint(_: Runtime, asked: dict[str, Any]) -> dict[str, Any]:
    if "name" in asked:
        failpoints.arm(str(asked["name"]), str(asked.get("action")), int(asked.get("hit", 1)))
    return {"armed": failpoints.armed()}
