"""A client is unhappy: what does the firm do, until they were told what happened?"""

from collections.abc import Iterable, Mapping
from typing import Any

from services.feedback.domain.matter import Responsible
from services.feedback.domain.recovery import (
    Recovery,
    closed_by_answer,
    opened,
    recovery_id_for,
    rescored,
    resolved,
)
from services.feedback.domain.survey import SCALE, Survey
from services.feedback.ports import RECOVERIES
from services.feedback.workflow.knowing import responsible
from shared.calendar import FirmCalendar
from shared.contracts.envelope import Event
from shared.contracts.feedback import ServiceRecoveryOpened, ServiceRecoveryResolved
from shared.contracts.task_kinds import SERVICE_RECOVERY
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import (
    TASKS,
    About,
    Actor,
    Task,
    Why,
    cancel_task,
    complete_task,
    open_task,
    update_task,
)

KIND = SERVICE_RECOVERY.kind
OUTCOMES = next(field.choices for field in SERVICE_RECOVERY.fields if field.name == "outcome")


def open_recovery(
    survey: Survey, score: int, because: Event[Any], calendar: FirmCalendar, unit: UnitOfWork
) -> None:
    """Open the survey's one recovery, or open it again, and ask a person for the next day."""
    recovery = unit.get(RECOVERIES, recovery_id_for(survey.survey_id)) or _new(survey, score)
    due_at = calendar.add_business_days(unit.now, 1)
    who = responsible(recovery, unit)
    task = open_task(
        unit,
        kind=KIND,
        ref=recovery.recovery_id,
        about=About(client_id=survey.client_id, matter_id=survey.matter_id),
        title=SERVICE_RECOVERY.label,
        why=_why(score, because),
        due_at=due_at,
        priority="high",
        role=_role(who),
        roles=who.roles,
        barred=who.barred,
        occasion=str(survey.revision),
    )
    unit.put(RECOVERIES, opened(recovery, score, task.task_id, unit.now))
    unit.announce(
        ServiceRecoveryOpened(
            recovery_id=recovery.recovery_id,
            client_id=survey.client_id,
            matter_id=survey.matter_id,
            survey_id=survey.survey_id,
            trigger="low-score",
            due_at=due_at,
        )
    )


def follow_answer(survey: Survey, score: int, because: Event[Any], unit: UnitOfWork) -> None:
    """The answer changed and is as unhappy as before: whoever works on it has to look again."""
    recovery = unit.get(RECOVERIES, recovery_id_for(survey.survey_id))
    if recovery is None or recovery.state != "open":
        return
    unit.put(RECOVERIES, rescored(recovery, score, unit.now))
    task = unit.get(TASKS, recovery.task_id)
    if task is not None:
        update_task(unit, task, why=_why(score, because))


def close_recovery(survey: Survey, score: int, unit: UnitOfWork) -> None:
    """The client raised the score in time: nothing is left to do."""
    recovery = unit.get(RECOVERIES, recovery_id_for(survey.survey_id))
    if recovery is None:
        return
    unit.put(RECOVERIES, closed_by_answer(recovery, score, unit.now))
    task = unit.get(TASKS, recovery.task_id)
    if recovery.state == "open" and task is not None:
        cancel_task(unit, task, "answer-raised")
        unit.announce(_resolved(recovery, "answer-raised", told=None))


def needs_of_resolving(task: Task) -> Iterable[Need]:
    """The recovery the task is about."""
    yield RECOVERIES.one(task.ref)


def resolve(
    task: Task, decision: str, fields: Mapping[str, Any], actor: Actor, unit: UnitOfWork
) -> None:
    """A person says how it ended; only once the client was told."""
    recovery = unit.get(RECOVERIES, task.ref)
    if recovery is None:
        raise RuleError("There is no such recovery.", code="unknown-recovery")
    outcome = str(fields.get("outcome"))
    if outcome not in OUTCOMES:
        raise RuleError(f"Choose one of: {', '.join(OUTCOMES)}.", field="outcome")
    after = resolved(
        recovery,
        outcome=outcome,
        client_told=fields.get("client_told"),
        note=str(fields.get("note") or ""),
        by=actor.id,
        now=unit.now,
    )
    unit.put(RECOVERIES, after)
    unit.announce(_resolved(recovery, outcome, told=True))
    complete_task(unit, task, decision, actor.id)


def _new(survey: Survey, score: int) -> Recovery:
    return Recovery(
        recovery_id=recovery_id_for(survey.survey_id),
        survey_id=survey.survey_id,
        client_id=survey.client_id,
        matter_id=survey.matter_id,
        score=score,
    )


def _role(who: Responsible) -> str:
    return who.roles[0] if who.roles else SERVICE_RECOVERY.roles[0]


def _why(score: int, because: Event[Any]) -> Why:
    return Why(
        event_id=because.id,
        rule_id="recovery-at-6-or-below",
        text=f"The client answered {score} of {SCALE}.",
    )


def _resolved(recovery: Recovery, outcome: str, *, told: bool | None) -> ServiceRecoveryResolved:
    return ServiceRecoveryResolved(
        recovery_id=recovery.recovery_id,
        client_id=recovery.client_id,
        matter_id=recovery.matter_id,
        outcome=outcome,
        client_told=told,
    )
