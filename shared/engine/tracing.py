"""What is told of the way of events through this process, where traces are switched on?

One passage is one transaction: begun, decided, committed, published. For each event, due document
or request it was about there is a span with these inside, below the event that led to it; each
event announced is a span below what announced it, under the very place its ``traceparent`` names,
so that whoever hears it goes on from there.
"""

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.clock import host_nanoseconds
from shared.contracts.envelope import Cause
from shared.contracts.event import trace_of
from shared.engine.received_events import Work
from shared.state.unit_of_work import UnitOfWork
from shared.telemetry.traces import Traces

CONSUME, DUE, ACT, HAND_OVER = "consume", "due", "act", "hand over"
NATS = {"messaging.system": "nats"}


class Passage:
    """When one transaction was begun, decided and committed; notes nothing without traces."""

    def decided(self) -> None:
        """The steps have run."""

    def committed(self) -> None:
        """It is kept."""

    def published(self, kind: str, unit: UnitOfWork) -> None:
        """What it announced has been given to the stream."""

    def consumed(
        self, _unit: UnitOfWork, _works: Sequence[Work], following: Coroutine[Any, Any, None], /
    ) -> Coroutine[Any, Any, None]:
        """What follows the commit of a batch of events: it is published, and answered for."""
        return following


NOTHING = Passage()


class Tracing:
    """Passages and hand-overs of one process."""

    def __init__(self, traces: Traces | None = None) -> None:
        self._traces = traces

    def begin(self) -> Passage:
        """A transaction begins."""
        return NOTHING if self._traces is None else NotedPassage(self._traces, host_nanoseconds())

    def handing_over(self) -> int:
        """A message is about to be given to its channel; 0: nobody wants to know."""
        return 0 if self._traces is None else host_nanoseconds()

    def handed_over(self, cause: Cause, begun: int, outcome: str) -> None:
        """It has been, or not, as the outcome says."""
        if self._traces is None:
            return
        self._traces.span(
            HAND_OVER, begun, host_nanoseconds(), parent=cause.traceparent, kind="client",
            trace=trace_of(cause.correlation_id), attributes={"clientele.outcome": outcome},
        )  # fmt: skip

    def close(self) -> None:
        """The process leaves: what has been noted is sent."""
        if self._traces is not None:
            self._traces.close()


@dataclass(slots=True)
class NotedPassage(Passage):
    """A passage that is told, once it is over."""

    traces: Traces
    begun: int
    decided_at: int = 0
    committed_at: int = 0

    def decided(self) -> None:
        """The steps have run."""
        self.decided_at = host_nanoseconds()

    def committed(self) -> None:
        """It is kept."""
        self.committed_at = host_nanoseconds()

    async def consumed(
        self, unit: UnitOfWork, works: Sequence[Work], following: Coroutine[Any, Any, None], /
    ) -> None:
        """Tell of it, after that has been done."""
        await following
        self._tell(CONSUME, unit, {w.event.id: str(w.outcome) for w in works if w.event})

    def published(self, kind: str, unit: UnitOfWork) -> None:
        """Tell of it."""
        self._tell(kind, unit, {})

    def _tell(self, kind: str, unit: UnitOfWork, outcomes: Mapping[str, str]) -> None:
        ended, events = host_nanoseconds(), len(unit.causes)
        places = {
            id: self._of_cause(kind, cause, ended, outcomes.get(id, ""), events)
            for id, cause in unit.causes.items()
        }
        for event in unit.announced:
            self.traces.span(
                f"publish {event.type}", self.committed_at, ended, own=event.traceparent,
                parent=places.get(event.causation_id or ""), kind="producer",
                trace=trace_of(event.correlation_id), attributes=NATS,
            )  # fmt: skip

    def _of_cause(self, kind: str, cause: Cause, ended: int, outcome: str, events: int) -> str:
        place = self.traces.span(
            f"{kind} {cause.type}", self.begun, ended, parent=cause.traceparent,
            trace=trace_of(cause.correlation_id), failed=outcome in ("dead", "failed"),
            kind="consumer" if kind == CONSUME else "internal",
            attributes={"clientele.outcome": outcome, "clientele.events": events,
                        **(NATS if kind == CONSUME else {})},
        )  # fmt: skip
        self.traces.span("decide", self.begun, self.decided_at, parent=place)
        self.traces.span("commit", self.decided_at, self.committed_at, parent=place)
        return place
