"""Ops make, change and end subscriptions; what follows for what is on its way?

What a paused or disabled one would have got waits, for as long as it is kept, and goes once the
subscription is active again. What a removed one would have got is forgotten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.gateway.domain.dispatches import (
    Dispatch,
    OutwardEvent,
    begun_anew,
    dispatch_id_of,
)
from services.gateway.domain.receivers import Receiver, asked_anew
from services.gateway.domain.subscriptions import (
    MOST_SUBSCRIPTIONS,
    Subscription,
    check_secret,
    checked,
    in_state,
    renewed,
)
from services.gateway.ports import (
    ALL,
    DISPATCHES,
    OUTWARD_EVENTS,
    RECEIVERS,
    SUBSCRIPTIONS,
    OutwardConfig,
)
from services.gateway.workflow.switching_off import needs_of_switching_off, settle
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_subscription(name: str, _: ReadSoFar) -> Iterable[Need]:
    """It, its receiver, what was asked about it, and the others."""
    yield SUBSCRIPTIONS.one(name)
    yield SUBSCRIPTIONS.by("all", ALL)
    yield RECEIVERS.one(name)
    yield from needs_of_switching_off(name)


def subscribe(config: OutwardConfig, wanted: Subscription, unit: UnitOfWork) -> Subscription:
    """A new subscription, or another URL and other types of one that exists; its secret stays."""
    checked(wanted.name, wanted.url, wanted.types, wanted.not_from, by_http=config.by_http)
    before = unit.get(SUBSCRIPTIONS, wanted.name)
    if before is not None:
        after = replace(before, url=wanted.url, types=wanted.types, not_from=wanted.not_from)
    else:
        check_secret(wanted.secrets[0])
        if len(unit.find(SUBSCRIPTIONS, "all", ALL)) >= MOST_SUBSCRIPTIONS:
            message = f"There are {MOST_SUBSCRIPTIONS} subscriptions already: remove one first."
            raise RuleError(message, code="too-many", field="name")
        after = replace(wanted, added_at=unit.now, changed_at=unit.now)
        unit.put(RECEIVERS, Receiver(name=after.name, added_at=after.added_at))
    unit.put(SUBSCRIPTIONS, after)
    return after


def pause(name: str, unit: UnitOfWork) -> Subscription:
    """Send nothing for now."""
    found = _the_one(name, unit)
    if found.state == "active":
        found = in_state(found, "paused", unit.now)
        unit.put(SUBSCRIPTIONS, found)
    return found


def resume(name: str, unit: UnitOfWork) -> Subscription:
    """Send again, what waited first; whoever was asked about it need not decide any more."""
    found = _the_one(name, unit)
    settle(name, "resumed", unit)
    return activate(found, unit)


def activate(found: Subscription, unit: UnitOfWork) -> Subscription:
    """Active, and its receiver judged anew."""
    if found.state != "active":
        found = in_state(found, "active", unit.now)
        unit.put(SUBSCRIPTIONS, found)
    receiver = unit.get(RECEIVERS, found.name)
    if receiver is not None:
        unit.put(RECEIVERS, asked_anew(receiver))
    return found


def renew(name: str, secret: str, unit: UnitOfWork) -> Subscription:
    """A new secret; the one before signs too for a day."""
    check_secret(secret)
    after = renewed(_the_one(name, unit), secret, unit.now)
    unit.put(SUBSCRIPTIONS, after)
    return after


def unsubscribe(name: str, unit: UnitOfWork) -> Subscription:
    """It gets nothing more, and what waited for it is forgotten when it falls due."""
    found = _the_one(name, unit)
    settle(name, "removed", unit)
    unit.remove(SUBSCRIPTIONS, name)
    if unit.get(RECEIVERS, name) is not None:
        unit.remove(RECEIVERS, name)
    return found


def try_out(name: str, test: OutwardEvent, event_id: str, unit: UnitOfWork) -> Dispatch:
    """Send an event that says nothing, once, whatever the state of the subscription."""
    found = _the_one(name, unit)
    unit.add(OUTWARD_EVENTS, replace(test, taken_at=unit.now))
    dispatch = Dispatch(
        dispatch_id=dispatch_id_of(name, found.added_at, test.msg_id),
        subscription=name,
        added_at=found.added_at,
        msg_id=test.msg_id,
        event_id=event_id,
        type=test.type,
        taken_at=unit.now,
        due_at=unit.now,
        is_test=True,
    )
    unit.add(DISPATCHES, dispatch)
    return dispatch


def needs_of_again(ids: Sequence[str], _: ReadSoFar) -> Iterable[Need]:
    """These dispatches, with their events."""
    yield from (DISPATCHES.one(each) for each in ids)


def send_again(ids: Sequence[str], unit: UnitOfWork) -> int:
    """Begin these anew, unless they are on their way; how many were."""
    begun = 0
    for each in ids:
        found = unit.get(DISPATCHES, each)
        if found is not None and found.state not in ("waiting", "in-hand"):
            unit.put(DISPATCHES, begun_anew(found, unit.now))
            begun += 1
    return begun


def _the_one(name: str, unit: UnitOfWork) -> Subscription:
    found = unit.get(SUBSCRIPTIONS, name)
    if found is None:
        known = ", ".join(each.name for each in unit.find(SUBSCRIPTIONS, "all", ALL)) or "none"
        message = f"There is no subscription of that name. There are: {known}."
        raise RuleError(message, code="unknown", field="name")
    return found
