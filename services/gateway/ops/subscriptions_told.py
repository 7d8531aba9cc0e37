"""What may be asked about subscriptions, and how are they and what was sent told?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from services.gateway.domain.attempts import Attempt
from services.gateway.domain.dispatches import Dispatch
from services.gateway.domain.subscriptions import Subscription
from services.gateway.ports import ALL, RECEIVERS, SUBSCRIPTIONS, DispatchLog, Waiting
from shared.contracts.answers import Moment, SubscriptionTold
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


class SubscriptionsAsked(Asked):
    """Which systems get events (``list``); make or change one (``add``), ``pause``, ``resume``,
    ``renew`` its secret, ``remove`` it, send it a ``test``; what became of what was sent (``log``);
    send one event again, or all that failed for good since an instant (``resend``).
    """

    ask: Literal["subscriptions"]
    do: str = "list"
    name: str = ""
    url: str = ""
    types: tuple[str, ...] = ()
    not_from: tuple[str, ...] = ()
    secret: str | None = None  # one brought along, in place of one made here
    id: str | None = None  # of a dispatch
    since: str | None = None  # ISO 8601
    failed: bool = False  # of the log, only what failed for good
    most: int = 50


class SubscriptionsListed(Answer):
    """By name."""

    items: list[SubscriptionTold]


class SubscriptionChanged(Answer):
    """How it stands now; the secret only where a new one was made."""

    subscription: SubscriptionTold
    secret: str | None = None


class SubscriptionRemoved(Answer):
    """Which is gone."""

    removed: str


class AttemptTold(Answer):
    """One try."""

    at: str
    outcome: str
    status: int | None = None
    seconds: float


class DispatchTold(Answer):
    """One event on its way to one subscription, or there; the newest try last."""

    id: str
    subscription: str
    webhook_id: str
    event_id: str
    event_type: str
    taken_at: str
    state: str
    next_at: Moment = None
    is_test: bool = False
    attempts: list[AttemptTold]


class DispatchesListed(Answer):
    """The newest first."""

    items: list[DispatchTold]


class SentAgain(Answer):
    """How many go again; ``more``: ask again for the others."""

    again: int
    more: bool


async def listed(kept: DispatchLog, runtime: Runtime) -> list[SubscriptionTold]:
    """Every subscription, by name; TemporaryError when the database is away."""
    unit = await runtime.look(_needs_of_all)
    waiting = await kept.waiting()
    return [
        _told_of(each, unit, waiting.get(each.name, Waiting()))
        for each in unit.find(SUBSCRIPTIONS, "all", ALL)
    ]


def _needs_of_all(unit: ReadSoFar) -> Iterable[Need]:
    yield SUBSCRIPTIONS.by("all", ALL)
    yield from (RECEIVERS.one(each.name) for each in unit.peek_all(SUBSCRIPTIONS, "all", ALL))


def _told_of(each: Subscription, unit: UnitOfWork, waits: Waiting) -> SubscriptionTold:
    receiver = unit.peek(RECEIVERS, each.name)
    both = each.old_until if each.old_until and each.old_until > unit.now else None
    oldest = (unit.now - waits.oldest).total_seconds() if waits.oldest else 0.0
    return SubscriptionTold(
        name=each.name,
        url=each.url,
        types=each.types,
        not_from=each.not_from,
        state=each.state,
        since=_said(each.changed_at),
        why=each.why,
        delivered_at=_said(receiver.delivered_at) if receiver else None,
        failed_at=_said(receiver.failed_at) if receiver else None,
        failure=receiver.failure if receiver else "",
        failing_since=_said(receiver.failing_since) if receiver else None,
        pending=waits.count,
        oldest_pending_seconds=max(oldest, 0.0),
        both_sign_until=_said(both),
    )


def dispatch_told(each: Dispatch) -> DispatchTold:
    return DispatchTold(
        id=each.dispatch_id,
        subscription=each.subscription,
        webhook_id=each.msg_id,
        event_id=each.event_id,
        event_type=each.type,
        taken_at=each.taken_at.isoformat(),
        state=each.state,
        next_at=_said(each.due_at) if each.state == "waiting" else None,
        is_test=each.is_test,
        attempts=[_attempt(one) for one in each.attempts],
    )


def _attempt(one: Attempt) -> AttemptTold:
    return AttemptTold(
        at=one.at.isoformat(), outcome=one.outcome, status=one.status, seconds=one.seconds
    )


def _said(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None
