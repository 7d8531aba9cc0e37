"""A receiver takes nothing any more: nothing is sent there until a person has looked.

It said itself that it is gone (410), or it has only failed for days. What is for it waits.
"""

from collections.abc import Iterable

from services.gateway.domain.attempts import GONE
from services.gateway.domain.subscriptions import Subscription, in_state
from services.gateway.ports import SUBSCRIPTIONS
from shared.contracts.subscription_task_kinds import SUBSCRIPTION_OFF
from shared.contracts.tasks import About, Why
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import TASKS, cancel_task, open_task

KIND = SUBSCRIPTION_OFF.kind


def needs_of_switching_off(name: str) -> Iterable[Need]:
    """What was asked about it before."""
    yield TASKS.by("ref", name)


def switch_off(subscription: Subscription, why: str, unit: UnitOfWork) -> None:
    """Send nothing more, and ask ops."""
    off = in_state(subscription, "disabled", unit.now, why)
    unit.put(SUBSCRIPTIONS, off)
    because = "said that it is gone" if why == GONE else "has only failed for days"
    open_task(
        unit,
        kind=KIND,
        ref=off.name,
        about=About(),
        title=f"Look after the subscription {off.name}: its receiver {because}",
        why=Why(
            event_id=unit.cause.id,
            rule_id="subscriptions/disabled",
            text=f"Nothing is sent to {off.name} any more: its receiver {because} ({why}).",
        ),
        due_at=unit.now,
        occasion=unit.now.isoformat(),
    )


def settle(name: str, reason: str, unit: UnitOfWork) -> None:
    """Nobody has to decide about it any more."""
    for task in unit.find(TASKS, "ref", name):
        if task.kind == KIND and task.state == "open":
            cancel_task(unit, task, reason)
