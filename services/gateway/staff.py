"""What may staff decide about systems that are silent or take no more events; what do they see?"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from services.gateway.ports import RECEIVERS, SUBSCRIPTIONS, FirmConfig
from services.gateway.workflow import silence
from services.gateway.workflow.subscribing import activate
from shared.contracts.gateway_task_kinds import SOURCE_SILENT
from shared.contracts.subscription_task_kinds import SUBSCRIPTION_OFF
from shared.requests.decisions import Actor, Decider, Decision
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task, complete_task

RESUME = "resume"


def deciders() -> list[Decider]:
    """One line per kind of task."""
    return [
        Decider(SUBSCRIPTION_OFF.kind, step=_decide, needs=_needs_of_deciding),
        Decider(SOURCE_SILENT.kind, step=silence.see_to, needs=silence.needs_of_deciding),
    ]


def views(config: FirmConfig) -> list[View]:
    """One line per kind of task."""
    show_source = partial(silence.show, config)
    return [
        View(SUBSCRIPTION_OFF.kind, needs=_needs, show=_show),
        View(SOURCE_SILENT.kind, needs=silence.needs_of_showing, show=show_source),
    ]


def _needs_of_deciding(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return _needs(task, unit)


def _needs(task: Task, _: ReadSoFar) -> Iterable[Need]:
    yield SUBSCRIPTIONS.one(task.ref)
    yield RECEIVERS.one(task.ref)


def _decide(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    subscription = unit.get(SUBSCRIPTIONS, task.ref)
    if decision.decision == RESUME and subscription is not None:
        activate(subscription, unit)
    complete_task(unit, task, decision.decision, decision.actor.id)


def _show(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    subscription, receiver = unit.get(SUBSCRIPTIONS, task.ref), unit.get(RECEIVERS, task.ref)
    if subscription is None:
        return {"name": task.ref}
    failure = receiver.failure if receiver is not None else subscription.why
    since = receiver.delivered_at if receiver is not None else None
    return {
        "name": subscription.name,
        "url": subscription.url,
        "failure": failure,
        "delivered": since.isoformat() if since is not None else None,
    }
