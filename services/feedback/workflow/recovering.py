"""A client is unhappy: who makes it right, and how does that follow what the client says?"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.feedback.domain.outcome import ANSWER_RAISED
from services.feedback.domain.practice import Practice
from services.feedback.domain.recovery import (
    Recovery,
    closed,
    opened,
    recovery_id_for,
    rescored,
)
from services.feedback.domain.score import is_unhappy
from services.feedback.domain.survey import BEST, SCALE, Survey
from services.feedback.ports import CLIENTS, MATTERS, RECOVERIES
from services.feedback.workflow.knowing import responsible
from shared.contracts.envelope import Event
from shared.contracts.feedback import ServiceRecoveryOpened, ServiceRecoveryResolved
from shared.contracts.task_kinds import SERVICE_RECOVERY
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import TASKS, About, Why, cancel_task, open_task, update_task

KIND = SERVICE_RECOVERY.kind
LOW_SCORE, LOW_SATISFACTION, COMMENT = "low-score", "low-satisfaction", "comment"


def needs_of_opening(survey: Survey) -> Iterable[Need]:
    """The survey's recovery, and whose matter it is."""
    yield RECOVERIES.one(recovery_id_for(survey.survey_id))
    yield MATTERS.one(survey.matter_id)
    yield CLIENTS.one(survey.client_id)


def open_or_follow(
    survey: Survey, because: Event[Any], practice: Practice, unit: UnitOfWork
) -> None:
    """An unhappy answer: open the survey's one recovery, or open it again, or tell its reader."""
    recovery = unit.get(RECOVERIES, recovery_id_for(survey.survey_id))
    if recovery is not None and recovery.state == "open":
        follow_answer(survey, because, unit, raised=False)
        return
    trigger = LOW_SCORE if is_unhappy(survey.score) else LOW_SATISFACTION
    why = Why(event_id=because.id, rule_id="recovery-when-unhappy", text=_answer_in_words(survey))
    open_recovery(survey, trigger, why, practice, unit)


def open_recovery(
    survey: Survey,
    trigger: str,
    why: Why,
    practice: Practice,
    unit: UnitOfWork,
    by: str | None = None,
) -> None:
    """Open it, for the first time or again, and ask a person for the next business day."""
    recovery = unit.get(RECOVERIES, recovery_id_for(survey.survey_id)) or _new(survey)
    due_at = practice.calendar.add_business_days(unit.now, 1)
    started = opened(recovery, survey, task_id="", now=unit.now, by=by, sole_practice=practice.sole)
    who = responsible(started, unit)
    task = open_task(
        unit,
        kind=KIND,
        ref=recovery.recovery_id,
        about=About(client_id=survey.client_id, matter_id=survey.matter_id),
        title=SERVICE_RECOVERY.label,
        why=why,
        due_at=due_at,
        priority="high",
        role=who.role,
        roles=who.roles,
        barred=who.barred,
        occasion=f"{survey.revision}{'-read' if by else ''}",
    )
    unit.put(RECOVERIES, replace(started, task_id=task.task_id))
    unit.announce(
        ServiceRecoveryOpened(
            recovery_id=recovery.recovery_id,
            client_id=survey.client_id,
            matter_id=survey.matter_id,
            survey_id=survey.survey_id,
            trigger=trigger,
            due_at=due_at,
        )
    )


def follow_answer(survey: Survey, because: Event[Any], unit: UnitOfWork, *, raised: bool) -> None:
    """The answer changed while a recovery is open: whoever works on it has to look again.

    Raised where nobody wrote or did anything, it leaves nothing to do, and the recovery closes.
    """
    recovery = unit.get(RECOVERIES, recovery_id_for(survey.survey_id))
    if recovery is None or recovery.state != "open":
        return
    after = rescored(recovery, survey, unit.now, raised=raised)
    task = unit.get(TASKS, recovery.task_id)
    if raised and after.closes_by_itself:
        after = closed(after, ANSWER_RAISED)
        unit.announce(
            ServiceRecoveryResolved(
                recovery_id=after.recovery_id,
                client_id=after.client_id,
                matter_id=after.matter_id,
                outcome=ANSWER_RAISED,
            )
        )
        if task is not None:
            cancel_task(unit, task, ANSWER_RAISED)
    elif task is not None:
        text = _answer_in_words(survey, before=recovery.score if raised else None)
        why = Why(event_id=because.id, rule_id="recovery-follows-the-answer", text=text)
        update_task(unit, task, why=why)
    unit.put(RECOVERIES, after)


def _new(survey: Survey) -> Recovery:
    return Recovery(
        recovery_id=recovery_id_for(survey.survey_id),
        survey_id=survey.survey_id,
        client_id=survey.client_id,
        matter_id=survey.matter_id,
        score=survey.score or 0,
    )


def _answer_in_words(survey: Survey, before: int | None = None) -> str:
    """The numbers of an answer; never what was written."""
    said = f"{survey.score} of {SCALE}"
    if survey.satisfaction is not None:
        said += f", and {survey.satisfaction} of {BEST} for satisfaction"
    if before is None:
        return f"The client answered {said}."
    return f"The client now answers {said}; before, {before} of {SCALE}."
