"""How does a running service fare, and what has it kept that waits for a person?

``figures.<service>`` takes ``{"ask": "figures"}`` or ``{"ask": "letters", "fingerprint": …}`` and
changes nothing, whatever is asked. Only ids, types, reasons, counts and instants are told: never a
name, an address or what an event said. Only desk may ask.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import Field, RootModel

from shared.contracts.answers import (
    DeadLetterShown,
    DeadLettersOfOneCause,
    Figures,
    LeaseHeld,
    LettersListed,
    OwnFigures,
    ParkedForOneReason,
)
from shared.contracts.requests import Answer, Asked, RequestType, one_of
from shared.engine import ledger, records_ends
from shared.engine.dead_letters import DeadLetters
from shared.engine.parked_events import ParkedEvents
from shared.engine.runtime import Runtime
from shared.state.document_types import DocumentType

Own = Callable[[Runtime], Awaitable[OwnFigures]]
MOST_LETTERS = 100


class FiguresAsked(Asked):
    """How does it fare?"""

    ask: Literal["figures"] = "figures"


class LettersAsked(Asked):
    """Which dead letters failed alike?"""

    ask: Literal["letters"]
    fingerprint: str
    status: str | None = None  # open, replayed, discarded or erased
    hidden: list[str] = Field(default_factory=list)  # ids a wall keeps whoever looks from


FiguresRequest = one_of(
    "FiguresRequest",
    "How a service fares, or its dead letters of one cause.",
    {"figures": FiguresAsked, "letters": LettersAsked},
    default="figures",
)
FIGURES = RequestType(
    "figures", "How a service fares; changes nothing.", FiguresRequest, (Figures, LettersListed)
)


def answer_figures(
    runtime: Runtime,
    letters: DeadLetters,
    parked: ParkedEvents,
    due: Sequence[DocumentType[Any]],
    own: Own | None = None,
) -> Callable[[RootModel[Any]], Awaitable[Answer]]:
    """Answers with the figures every service has, and under ``own`` those of this one.

    TemporaryError when the database or the stream is away.
    """

    async def answer(asked: RootModel[Any]) -> Answer:
        question = asked.root
        if isinstance(question, LettersAsked):
            choice = {
                "fingerprint": question.fingerprint,
                "status": question.status,
                "hidden": question.hidden,
            }
            rows = await letters.chosen(choice, MOST_LETTERS)
            return LettersListed(items=[DeadLetterShown(**row) for row in rows])
        return await _figures(
            runtime, letters, parked, due, await own(runtime) if own else OwnFigures()
        )

    return answer


async def _figures(
    runtime: Runtime,
    letters: DeadLetters,
    parked: ParkedEvents,
    due: Sequence[DocumentType[Any]],
    own: OwnFigures,
) -> Figures:
    counts = await ledger.read(runtime.db, runtime.name)
    waiting, oldest = await runtime.outbox.waiting()
    clearing, said_of_oldest = await records_ends.waiting(runtime)
    stream = await runtime.progress.ask()
    return Figures(
        pending=stream["num_pending"],
        ack_pending=stream["num_ack_pending"],
        unaccounted=ledger.imbalance(counts),
        outbox_waiting=waiting,
        outbox_oldest_seconds=oldest,
        overdue=await _overdue(runtime, due),
        dead_open=await letters.count_open(),
        dead=[DeadLettersOfOneCause(**row) for row in await letters.groups()],
        parked=await parked.count(),
        parked_groups=[ParkedForOneReason(**row) for row in await parked.groups()],
        clearing=clearing,
        clearing_oldest_seconds=said_of_oldest if clearing else 0.0,
        leases=[LeaseHeld(**row) for row in await runtime.leases.held()],
        own=own,
    )


async def _overdue(runtime: Runtime, due: Sequence[DocumentType[Any]]) -> dict[str, float]:
    """For how many seconds the oldest due document of each kind has waited; 0 is none."""
    now = await runtime.database_now()
    oldest = {kind.collection: await runtime.store.due_documents.next(kind) for kind in due}
    return {name: _seconds(instant, now) for name, instant in oldest.items()}


def _seconds(instant: datetime | None, now: datetime) -> float:
    return max((now - instant).total_seconds(), 0.0) if instant is not None else 0.0
