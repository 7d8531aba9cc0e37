"""How does a dispatch become what is handed over, and where is its outcome kept?

The event is read and signed at the last moment: what was erased meanwhile is not sent, and a
renewed secret signs at once.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from services.gateway.domain.dispatches import MOST_IN_HAND, Dispatch
from services.gateway.domain.signing import signed_headers
from services.gateway.gateways.outward_figures import OutwardFigures
from services.gateway.gateways.webhooks import SignedEvent, WebhookChannel
from services.gateway.ports import OUTWARD_EVENTS, SUBSCRIPTIONS
from services.gateway.workflow.dispatching import DispatchSteps
from shared.channels import Outcome, Result
from shared.contracts.envelope import Cause
from shared.engine.hand_over import Handed
from shared.engine.runtime import Runtime
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.logs import log

ERASED, REMOVED = "erased", "removed"


@dataclass(frozen=True)
class OutwardWork:
    """Events on their way to subscribers, as the hand-over sees them."""

    steps: DispatchSteps
    by_http: WebhookChannel
    figures: OutwardFigures
    at_once: int = MOST_IN_HAND  # the channel says how many go to one receiver

    def is_mine(self, document: Dispatch) -> bool:
        """Whether this very process has claimed it."""
        return self.steps.is_in_hand(document)

    def claimed_until(self, document: Dispatch) -> datetime | None:
        """When the claim ends."""
        return document.hand_over_until

    def recipient(self, document: Dispatch) -> str:
        """Each for itself: no order is promised, and what one comes to says nothing of another."""
        return document.dispatch_id

    def channel(self, _: Dispatch) -> WebhookChannel:
        """Always by HTTP."""
        return self.by_http

    async def message(self, runtime: Runtime, document: Dispatch) -> SignedEvent | Outcome:
        """The event, signed now; or why there is nothing to send."""
        unit = await runtime.look(partial(_needs_of_message, document))
        event = unit.get(OUTWARD_EVENTS, document.msg_id)
        if event is None or not event.body:
            return Outcome(Result.NOT_MADE, ERASED)
        subscription = unit.get(SUBSCRIPTIONS, document.subscription)
        if subscription is None or subscription.added_at != document.added_at:
            return Outcome(Result.NOT_MADE, REMOVED)
        now = runtime.clock.now()
        body = self.by_http.word(event.body)
        headers = signed_headers(document.msg_id, body, subscription.signing(now), now)
        return SignedEvent(subscription.name, subscription.url, body, headers)

    async def is_held(self, _: Runtime) -> bool:
        """Never all of them: each subscription is paused by itself."""
        return False

    def needs(self, document: Dispatch, unit: ReadSoFar) -> Iterable[Need]:
        """What recording its outcome needs."""
        return self.steps.needs_of_recording(document, unit)

    def cause(self, runtime: Runtime, document: Dispatch) -> Cause:
        """The hand-over of this dispatch."""
        own_id = f"handed-{document.dispatch_id}-{len(document.attempts)}"
        source = f"urn:clientele:{runtime.name}"
        return Cause(source, own_id, "handed-over", own_id, None, runtime.clock.now())

    def record(self, handed: Handed[Dispatch, SignedEvent], unit: UnitOfWork) -> None:
        """Keep what became of it."""
        self.steps.record(handed.document, handed.outcome, unit)

    def timing(self) -> AbstractContextManager[object]:
        """Times one hand-over."""
        return self.figures.timing()

    def count(self, batch: Sequence[Handed[Dispatch, SignedEvent]]) -> None:
        """Count what became of these; what failed is a line for ops."""
        for handed in batch:
            name, outcome = handed.document.subscription, handed.outcome
            self.figures.count(name, outcome)
            if outcome.result not in (Result.HANDED_OVER, Result.NOT_TRIED):
                log.warning("webhook_not_delivered", channel=name, outcome=outcome.result.value,
                            reason=outcome.reason, event_type=handed.document.type)  # fmt: skip


def _needs_of_message(document: Dispatch, _: ReadSoFar) -> Iterable[Need]:
    yield OUTWARD_EVENTS.one(document.msg_id)
    yield SUBSCRIPTIONS.one(document.subscription)
