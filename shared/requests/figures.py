"""How does a running service fare, and what has it kept that waits for a person?

``figures.<service>`` takes ``{"ask": "figures"}`` or ``{"ask": "letters", "fingerprint": …}`` and
changes nothing, whatever is asked. Only ids, types, reasons, counts and instants are told: never a
name, an address or what an event said. Only desk may ask.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from shared.bus.request_reply import RequestHandler
from shared.engine import ledger
from shared.engine.dead_letters import DeadLetters
from shared.engine.parked_events import ParkedEvents
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.state.document_types import DocumentType

Own = Callable[[Runtime, dict[str, Any]], Awaitable[dict[str, Any]]]
MOST_LETTERS = 100


def answer_figures(
    runtime: Runtime,
    letters: DeadLetters,
    parked: ParkedEvents,
    due: Sequence[DocumentType[Any]],
    own: Own | None = None,
) -> RequestHandler:
    """Answers with the figures every service has, and under ``own`` those of this one."""

    async def answer(asked: dict[str, Any]) -> dict[str, Any]:
        match asked.get("ask", "figures"):
            case "figures":
                figures = await _figures(runtime, letters, parked, due)
                return {**figures, "own": await own(runtime, {}) if own else {}}
            case "letters":
                choice = {
                    "fingerprint": str(asked.get("fingerprint")),
                    "status": asked.get("status"),
                }
                return {"items": await letters.chosen(choice, MOST_LETTERS)}
        raise RuleError("Ask one of: figures, letters.", code="unknown-request", field="ask")

    return answer


async def _figures(
    runtime: Runtime, letters: DeadLetters, parked: ParkedEvents, due: Sequence[DocumentType[Any]]
) -> dict[str, Any]:
    counts = await ledger.read(runtime.db, runtime.name)
    waiting, oldest = await runtime.outbox.waiting()
    stream = await runtime.progress.ask()
    return {
        "pending": stream["num_pending"],
        "ack_pending": stream["num_ack_pending"],
        "unaccounted": ledger.imbalance(counts),
        "outbox_waiting": waiting,
        "outbox_oldest_seconds": oldest,
        "overdue": await _overdue(runtime, due),
        "dead_open": await letters.count_open(),
        "dead": await letters.groups(),
        "parked": await parked.count(),
        "parked_groups": await parked.groups(),
        "leases": await runtime.leases.held(),
    }


async def _overdue(runtime: Runtime, due: Sequence[DocumentType[Any]]) -> dict[str, float]:
    """For how many seconds the oldest due document of each kind has waited; 0 is none."""
    now = await runtime.database_now()
    oldest = {kind.collection: await runtime.store.next_due(kind) for kind in due}
    return {name: _seconds(instant, now) for name, instant in oldest.items()}


def _seconds(instant: datetime | None, now: datetime) -> float:
    return max((now - instant).total_seconds(), 0.0) if instant is not None else 0.0
