"""A client wrote something and is not unhappy by the numbers: who reads it?

A person does, always. Whatever score stands above it, a comment may be a complaint; who reads it
says so, and it is led as one. One that sounds like a complaint is read sooner.
"""

from collections.abc import Iterable

from services.feedback.domain.complaint_words import sounds_like_a_complaint
from services.feedback.domain.concern import complaint_type
from services.feedback.domain.matter import owner_of, responsible_for
from services.feedback.domain.practice import Practice
from services.feedback.domain.survey import SCALE, Survey
from services.feedback.ports import SURVEYS
from services.feedback.workflow.knowing import told_of
from services.feedback.workflow.opening import needs_of_opening, open_complaint
from shared.contracts.feedback_task_kinds import SURVEY_COMMENT
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import (
    TASKS,
    About,
    Decision,
    Task,
    Why,
    cancel_task,
    complete_task,
    open_task,
    update_task,
)

KIND = SURVEY_COMMENT.kind
COMPLAINT = "complaint"


def ask_to_read(survey: Survey, practice: Practice, unit: UnitOfWork) -> None:
    """One open task per survey; a changed comment is to be looked at again."""
    alarming = sounds_like_a_complaint(survey.comment or "", practice.complaint_words)
    due_at = practice.calendar.add_business_days(unit.now, 1 if alarming else practice.days_to_read)
    priority = "high" if alarming else "low"
    why = Why(event_id=unit.cause.id, rule_id="every-comment-is-read", text=_why(survey, alarming))
    waiting = _waiting(survey, unit)
    if waiting is not None:
        due_at = min(due_at, waiting.due_at)
        update_task(unit, waiting, why=why, priority=priority, due_at=due_at)
        return
    matter, client = told_of(survey.matter_id, survey.client_id, unit)
    who = responsible_for(matter, client, sole_practice=practice.sole)
    open_task(
        unit,
        kind=KIND,
        ref=survey.survey_id,
        about=About(client_id=survey.client_id, matter_id=survey.matter_id),
        title=SURVEY_COMMENT.label,
        why=why,
        due_at=due_at,
        priority=priority,
        roles=who.roles,
        barred=who.barred,
        occasion=str(survey.revision),
    )


def stop_reading(survey: Survey, reason: str, unit: UnitOfWork) -> None:
    """There is nothing to read any more, or it is read elsewhere."""
    waiting = _waiting(survey, unit)
    if waiting is not None:
        cancel_task(unit, waiting, reason)


def needs_of_reading(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The survey, and what opening its concern needs."""
    yield SURVEYS.one(task.ref)
    survey = unit.peek(SURVEYS, task.ref)
    if survey is not None:
        yield from needs_of_opening(survey)


def read(decision: Decision, task: Task, practice: Practice, unit: UnitOfWork) -> None:
    """Somebody has read it: thanks, a remark, or a complaint that has to be made right."""
    survey = unit.get(SURVEYS, task.ref)
    if survey is None:
        raise RuleError("There is no such survey.", code="unknown-survey")
    check_reader(survey, decision.actor.id, practice, unit)
    if decision.decision == COMPLAINT:
        text = (
            f"A person read the comment to an answer of {survey.score} of {SCALE} as a complaint."
        )
        why = Why(event_id=unit.cause.id, rule_id="a-comment-is-a-complaint", text=text)
        type = complaint_type(decision.fields.get("complaint_type") or "service")
        open_complaint(survey, type, decision.actor.id, why, practice, unit)
    complete_task(unit, task, decision.decision, decision.actor.id)


def check_reader(survey: Survey, actor_id: str, practice: Practice, unit: UnitOfWork) -> None:
    """Refuse the matter's owner, also one who was told of after the task was opened."""
    owner = owner_of(*told_of(survey.matter_id, survey.client_id, unit))
    if owner == actor_id and not practice.sole:
        raise RuleError("You are not to deal with this yourself.", code="barred")


def _waiting(survey: Survey, unit: UnitOfWork) -> Task | None:
    found = unit.find(TASKS, "ref", survey.survey_id)
    return next((task for task in found if task.kind == KIND and task.state == "open"), None)


def _why(survey: Survey, alarming: bool) -> str:
    said = f"The client wrote something and answered {survey.score} of {SCALE}."
    return f"{said} It sounds like a complaint." if alarming else said
