"""What may staff decide about concerns and comments, and what are they shown?"""

from collections.abc import Iterable
from typing import Any

from services.feedback.domain.concern import Concern
from services.feedback.domain.matter import owner_of
from services.feedback.domain.practice import Practice
from services.feedback.domain.stage import Stages, words_at
from services.feedback.domain.survey import BEST, SCALE, Survey
from services.feedback.ports import CONCERNS, SURVEYS
from services.feedback.settings import FeedbackSettings
from services.feedback.workflow import (
    confirming,
    handling,
    opening,
    reading,
    remedying,
    showing,
    verifying,
)
from services.feedback.workflow.knowing import told_of
from shared.requests.decisions import Actor, Decider, Decision
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task

RELEASE_QUESTIONS = ["represented", "advised", "time_given"]


def deciders(settings: FeedbackSettings) -> list[Decider]:
    """One line per kind of task."""
    practice = settings.practice()

    def lead(decision: Decision, task: Task, unit: UnitOfWork) -> None:
        handling.decide(decision, task, practice, unit)

    def agree(decision: Decision, task: Task, unit: UnitOfWork) -> None:
        remedying.decide(decision, task, practice, unit)

    def verify(decision: Decision, task: Task, unit: UnitOfWork) -> None:
        verifying.decide(decision, task, practice, unit)

    def read(decision: Decision, task: Task, unit: UnitOfWork) -> None:
        reading.read(decision, task, practice, unit)

    return [
        Decider(opening.KIND, step=lead, needs=_needs_of_concern),
        Decider(remedying.KIND, step=agree, needs=_needs_of_concern),
        Decider(
            confirming.KIND,
            step=lambda decision, task, unit: confirming.decide(decision, task, unit),
            needs=_needs_of_concern,
        ),
        Decider(verifying.KIND, step=verify, needs=_needs_of_concern),
        Decider(reading.KIND, step=read, needs=_needs_of_reading),
    ]


def views(settings: FeedbackSettings) -> list[View]:
    """One line per kind of task."""
    practice, stages = settings.practice(), settings.stages()

    def comment(task: Task, unit: UnitOfWork, actor: Actor) -> dict[str, Any]:
        survey = unit.get(SURVEYS, task.ref)
        if survey is None:
            return {}
        reading.check_reader(survey, actor.id, practice, unit)
        return _answer(survey, words_at(stages, survey.stage, "en"), unit)

    def concern(task: Task, unit: UnitOfWork, actor: Actor) -> dict[str, Any]:
        found = unit.get(CONCERNS, task.ref)
        if found is None:
            return {}
        if task.kind != confirming.KIND:
            handling.check_neutral(found, actor.id, practice, unit)
        return _shown(task, found, practice, stages, unit)

    kinds = (opening.KIND, remedying.KIND, confirming.KIND, verifying.KIND)
    return [
        *(View(kind, needs=handling.needs_of_concern_task, show=concern) for kind in kinds),
        View(reading.KIND, needs=reading.needs_of_reading, show=comment),
    ]


def _needs_of_concern(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return handling.needs_of_concern_task(task, unit)


def _needs_of_reading(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return reading.needs_of_reading(task, unit)


def _shown(
    task: Task, concern: Concern, practice: Practice, stages: Stages, unit: UnitOfWork
) -> dict[str, Any]:
    """Its progress, and what the one who is asked needs beside it."""
    values = showing.progress(concern, practice)
    survey = unit.get(SURVEYS, concern.survey_id) if concern.survey_id else None
    match task.kind:
        case confirming.KIND:
            side = confirming.side_of(task)
            return values | {"events": [], "side": showing.side_in_words(side), "note": ""}
        case remedying.KIND:
            return values | showing.said(concern, survey, unit) | _remedy(concern, practice)
        case verifying.KIND:
            days = verifying.days_tried(task, practice)
            tries = f"{days} of {practice.tries}" if days else ""
            return values | {"ended": concern.outcome or "", "tries": tries, "note": ""}
    about = words_at(stages, survey.stage, "en") if survey else ""
    said = {"score": "", "satisfaction": "", "stage": about}
    return values | said | showing.said(concern, survey, unit) | showing.leading(concern, practice)


def _remedy(concern: Concern, practice: Practice) -> dict[str, Any]:
    remedy = concern.remedy
    return {
        "proposed": showing.remedy_in_words(remedy),
        "proposed_by": remedy.proposed_by if remedy else "",
        "limit": str(practice.procedure.remedy_without_partner),
        "gives_up": "Yes" if remedy and remedy.release else "No",
        "not_asked": () if remedy and remedy.release else RELEASE_QUESTIONS,
    }


def _answer(survey: Survey, about: str, unit: UnitOfWork) -> dict[str, Any]:
    """What the client said, and whose matter it was."""
    told = survey.satisfaction
    return {
        "score": f"{survey.score} of {SCALE}",
        "satisfaction": "" if told is None else f"{told} of {BEST}",
        "stage": about,
        "comment": survey.comment or "",
        "matter_owner": owner_of(*told_of(survey.matter_id, survey.client_id, unit)) or "",
    }
