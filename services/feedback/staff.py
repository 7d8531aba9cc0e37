"""What may staff decide about recoveries and comments, and what are they shown?"""

from collections.abc import Iterable
from typing import Any

from services.feedback.domain.matter import owner_of
from services.feedback.domain.practice import Practice
from services.feedback.domain.recovery import Recovery, days_tried
from services.feedback.domain.stage import words_at
from services.feedback.domain.survey import BEST, SCALE, Survey
from services.feedback.ports import RECOVERIES, SURVEYS
from services.feedback.settings import FeedbackSettings
from services.feedback.workflow import reading, recovering, resolving
from services.feedback.workflow.knowing import told_of
from shared.requests.decisions import Actor, Decider, Decision
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task


def deciders(settings: FeedbackSettings) -> list[Decider]:
    """One line per kind of task."""
    practice = settings.practice()

    def resolve(decision: Decision, task: Task, unit: UnitOfWork) -> None:
        resolving.decide(decision, task, practice, unit)

    def read(decision: Decision, task: Task, unit: UnitOfWork) -> None:
        reading.read(decision, task, practice, unit)

    return [
        Decider(recovering.KIND, step=resolve, needs=_needs_of_resolving),
        Decider(reading.KIND, step=read, needs=_needs_of_reading),
    ]


def views(settings: FeedbackSettings) -> list[View]:
    """One line per kind of task."""
    practice, stages = settings.practice(), settings.stages()

    def recovery(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
        found = unit.get(RECOVERIES, task.ref)
        if found is None:
            return {}
        survey = unit.get(SURVEYS, found.survey_id)
        about = words_at(stages, survey.stage, "en") if survey else ""
        return _answer(survey, about, unit) | _work(found, survey, practice, unit)

    def comment(task: Task, unit: UnitOfWork, actor: Actor) -> dict[str, Any]:
        survey = unit.get(SURVEYS, task.ref)
        if survey is None:
            return {}
        reading.check_reader(survey, actor.id, practice, unit)
        return _answer(survey, words_at(stages, survey.stage, "en"), unit)

    return [
        View(recovering.KIND, needs=_needs_of_showing, show=recovery),
        View(reading.KIND, needs=reading.needs_of_reading, show=comment),
    ]


def _needs_of_resolving(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return resolving.needs_of_recovery_task(task, unit)


def _needs_of_reading(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return reading.needs_of_reading(task, unit)


def _needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    yield from resolving.needs_of_recovery_task(task, unit)
    recovery = unit.peek(RECOVERIES, task.ref)
    if recovery is not None:
        yield SURVEYS.one(recovery.survey_id)


def _answer(survey: Survey | None, about: str, unit: UnitOfWork) -> dict[str, Any]:
    """What the client said, and whose matter it was."""
    if survey is None:
        return {}
    told = survey.satisfaction
    return {
        "score": f"{survey.score} of {SCALE}",
        "satisfaction": "" if told is None else f"{told} of {BEST}",
        "stage": about,
        "comment": survey.comment or "",
        "matter_owner": owner_of(*told_of(survey.matter_id, survey.client_id, unit)) or "",
    }


def _work(
    recovery: Recovery, survey: Survey | None, practice: Practice, unit: UnitOfWork
) -> dict[str, Any]:
    """What was done about it so far; what the client wrote and took back is still told."""
    days = days_tried(recovery, practice.calendar.day_of)
    values: dict[str, Any] = {
        "score": f"{recovery.score} of {SCALE}",
        "comment": (survey.comment if survey else None) or recovery.comment or "",
        "matter_owner": owner_of(*told_of(recovery.matter_id, recovery.client_id, unit)) or "",
        "tries": f"{days} of {practice.tries}" if days else "",
        "alone": _alone(recovery, practice),
        "outcome": recovery.outcome,
        "passed_to": recovery.passed_to,
        "note": recovery.note,
    }
    return values


def _alone(recovery: Recovery, practice: Practice) -> str:
    """From when the owner may decide, where the firm has nobody else."""
    if not practice.sole or recovery.opened_at is None:
        return ""
    first = (recovery.opened_at + practice.cooling_off).astimezone(practice.calendar.zone)
    return f"They may decide it from {first:%d %B %Y, %H:%M}, with a note that says why"
