"""A dispatch is due: may it go now? And once it went: what follows?

Claimed in one transaction, handed over outside it, its outcome kept in another. Found in hand
although its process is gone, it may have arrived: it goes again under the same id.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from services.gateway.domain.attempts import NO_ANSWER, Attempt, Tried, share
from services.gateway.domain.dispatches import (
    MOST_IN_HAND,
    Dispatch,
    after_delivery,
    after_failure,
    behind_others,
    claimed,
    dropped,
    held,
    put_off,
)
from services.gateway.domain.receivers import failed, is_given_up, took
from services.gateway.domain.subscriptions import Subscription
from services.gateway.ports import DISPATCHES, RECEIVERS, SUBSCRIPTIONS, OutwardConfig
from services.gateway.workflow.switching_off import needs_of_switching_off, switch_off
from shared.channels import HAND_OVER_TIME, Outcome, Result, has_let_go
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

SPREAD = timedelta(seconds=20)  # over which those come back that waited for one receiver
DELIVERED, UNKNOWN = "delivered", "unknown"


@dataclass(frozen=True)
class DispatchSteps:
    """The steps of everything on its way out."""

    config: OutwardConfig

    def needs(self, dispatch: Dispatch, _: ReadSoFar) -> Iterable[Need]:
        """Its subscription, how its receiver fares, and what else is in hand for it."""
        yield SUBSCRIPTIONS.one(dispatch.subscription)
        yield RECEIVERS.one(dispatch.subscription)
        yield DISPATCHES.by_any("in-hand", (dispatch.subscription,))

    def step(self, dispatch: Dispatch, unit: UnitOfWork) -> None:
        """Take it in hand, let it wait, or forget it with its subscription."""
        subscription = unit.get(SUBSCRIPTIONS, dispatch.subscription)
        if subscription is None or subscription.added_at != dispatch.added_at:
            unit.remove(DISPATCHES, dispatch.dispatch_id)
        elif dispatch.state == "in-hand" and not self._is_let_go(dispatch, unit):
            unit.put(DISPATCHES, replace(dispatch, due_at=dispatch.hand_over_until))
        else:
            unit.put(DISPATCHES, self._next(dispatch, subscription, unit))

    def _is_let_go(self, dispatch: Dispatch, unit: UnitOfWork) -> bool:
        sender, until = self.config.sender, dispatch.hand_over_until
        return has_let_go(sender, dispatch.handed_by, until, unit.now)

    def _next(self, dispatch: Dispatch, subscription: Subscription, unit: UnitOfWork) -> Dispatch:
        now = unit.now
        if dispatch.state == "in-hand":
            lost = Attempt(at=now, outcome=UNKNOWN)
            return after_failure(dispatch, lost)
        if dispatch.is_test:
            return self._claimed(dispatch, unit)
        if subscription.state != "active":
            return held(dispatch)
        receiver = unit.get(RECEIVERS, dispatch.subscription)
        if receiver is not None and receiver.rest_until and receiver.is_resting(now):
            later = SPREAD * share(dispatch.dispatch_id, dispatch.tries)
            return put_off(dispatch, receiver.rest_until + later)
        in_hand = unit.peek_any(DISPATCHES, "in-hand", (dispatch.subscription,))
        if len(in_hand) >= MOST_IN_HAND:
            return behind_others(dispatch, now)
        return self._claimed(dispatch, unit)

    def _claimed(self, dispatch: Dispatch, unit: UnitOfWork) -> Dispatch:
        return claimed(dispatch, self.config.sender, unit.now + HAND_OVER_TIME)

    def look_again(self, ids: Sequence[str], unit: UnitOfWork) -> None:
        """Have those looked at now whose process is gone, and not only when its time is up."""
        for each in ids:
            found = unit.get(DISPATCHES, each)
            if found is not None and found.state == "in-hand" and self._is_let_go(found, unit):
                unit.put(DISPATCHES, replace(found, due_at=unit.now))

    def is_in_hand(self, dispatch: Dispatch) -> bool:
        """Whether this very process is handing it over."""
        return dispatch.state == "in-hand" and dispatch.handed_by == self.config.sender

    def needs_of_recording(self, dispatch: Dispatch, _: ReadSoFar) -> Iterable[Need]:
        """It as it is by then, its subscription, how its receiver fares."""
        yield DISPATCHES.one(dispatch.dispatch_id)
        yield SUBSCRIPTIONS.one(dispatch.subscription)
        yield RECEIVERS.one(dispatch.subscription)
        yield from needs_of_switching_off(dispatch.subscription)

    def record(self, dispatch: Dispatch, outcome: Outcome, unit: UnitOfWork) -> None:
        """Keep what became of it, unless it has left these hands meanwhile."""
        current = unit.get(DISPATCHES, dispatch.dispatch_id)
        if current is None or not self.is_in_hand(current):
            return
        match outcome.result:
            case Result.NOT_TRIED:
                unit.put(DISPATCHES, behind_others(current, unit.now))
            case Result.NOT_MADE:
                gone = Attempt(at=unit.now, outcome=outcome.reason or outcome.result.value)
                unit.put(DISPATCHES, dropped(current, gone))
            case _:
                self._record_try(current, outcome, unit)

    def _record_try(self, current: Dispatch, outcome: Outcome, unit: UnitOfWork) -> None:
        attempt = _attempt_of(outcome, unit)
        rest = outcome.retry_after if isinstance(outcome, Tried) else None
        arrived = outcome.result is Result.HANDED_OVER
        ended = after_delivery(current, attempt)
        unit.put(DISPATCHES, ended if arrived else after_failure(current, attempt, rest))
        subscription = unit.get(SUBSCRIPTIONS, current.subscription)
        receiver = unit.get(RECEIVERS, current.subscription)
        if subscription is None or receiver is None or receiver.added_at != current.added_at:
            return  # removed meanwhile
        after = took(receiver, attempt.at) if arrived else failed(receiver, attempt, rest)
        unit.put(RECEIVERS, after)
        if arrived or subscription.state != "active":
            return
        is_gone = outcome.result is Result.REFUSED
        if is_gone or is_given_up(after, unit.now, self.config.given_up_after):
            switch_off(subscription, attempt.outcome, unit)


def _attempt_of(outcome: Outcome, unit: UnitOfWork) -> Attempt:
    if outcome.result is Result.HANDED_OVER:
        said = DELIVERED
    elif outcome.result is Result.UNKNOWN:
        said = outcome.reason or NO_ANSWER
    else:
        said = outcome.reason or outcome.result.value
    told = outcome if isinstance(outcome, Tried) else None
    return Attempt(
        at=unit.now,
        outcome=said,
        seconds=round(told.seconds, 3) if told else 0.0,
        status=told.status if told else None,
    )
