"""What may staff decide about a service recovery, and what are they shown?"""

from collections.abc import Iterable
from typing import Any

from services.feedback.domain.matter import Client, Matter, owner_of
from services.feedback.domain.survey import SCALE
from services.feedback.ports import CLIENTS, MATTERS, RECOVERIES, SURVEYS
from services.feedback.workflow import recovering
from shared.requests.decisions import Actor, Decider, Decision
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task


def deciders() -> list[Decider]:
    """One line per kind of task."""
    return [Decider(recovering.KIND, step=_resolve, needs=_needs_of_resolving)]


def views() -> list[View]:
    """One line per kind of task."""
    return [View(recovering.KIND, needs=_needs_of_showing, show=_show)]


def _resolve(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    recovering.resolve(task, decision.decision, decision.fields, decision.actor, unit)


def _needs_of_resolving(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    del unit
    return recovering.needs_of_resolving(task)


def _needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    yield RECOVERIES.one(task.ref)
    recovery = unit.peek(RECOVERIES, task.ref)
    if recovery is not None:
        yield SURVEYS.one(recovery.survey_id)
        yield MATTERS.one(recovery.matter_id)
        yield CLIENTS.one(recovery.client_id)


def _show(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    recovery = unit.get(RECOVERIES, task.ref)
    if recovery is None:
        return {}
    survey = unit.get(SURVEYS, recovery.survey_id)
    return {
        "score": f"{recovery.score} of {SCALE}",
        "comment": (survey.comment if survey else None) or "",
        "matter_owner": _owner(recovery.matter_id, recovery.client_id, unit) or "",
        "outcome": recovery.outcome,
        "note": recovery.note,
    }


def _owner(matter_id: str, client_id: str, unit: UnitOfWork) -> str | None:
    matter = unit.get(MATTERS, matter_id) or Matter(matter_id=matter_id)
    return owner_of(matter, unit.get(CLIENTS, client_id) or Client(client_id=client_id))
