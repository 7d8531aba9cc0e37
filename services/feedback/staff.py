"""What may staff decide about concerns and comments, and what are they shown?"""

from collections.abc import Callable, Iterable
from typing import Any

from services.feedback.domain.concern import Concern
from services.feedback.domain.matter import owner_of
from services.feedback.domain.practice import Practice
from services.feedback.domain.stage import Stages, words_at
from services.feedback.domain.survey import BEST, EASIEST, SCALE, Survey
from services.feedback.ports import CAUSES, CONCERNS, LEARNINGS, SURVEYS
from services.feedback.settings import FeedbackSettings
from services.feedback.workflow import (
    confirming,
    handling,
    opening,
    reading,
    recurring,
    remedying,
    showing,
    verifying,
)
from services.feedback.workflow.knowing import told_of
from services.feedback.workflow.recurring import PatternSteps
from shared.requests.decisions import Actor, Decider, Decision
from shared.requests.views import View
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Task

RELEASE_QUESTIONS = ["represented", "advised", "time_given"]
Show = Callable[[Task, UnitOfWork, Actor], dict[str, Any]]


def deciders(settings: FeedbackSettings) -> list[Decider]:
    """One line per kind of task."""
    practice = settings.practice()
    patterns = PatternSteps(settings.pattern_rule(), practice.calendar)

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
        Decider(recurring.KIND, step=patterns.decide, needs=recurring.needs_of_deciding),
        Decider(recurring.LEARN, step=recurring.learned, needs=_needs_of_learning),
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
        View(recurring.KIND, needs=recurring.needs_of_showing, show=_cause(practice)),
        View(recurring.LEARN, needs=recurring.needs_of_learning, show=_learning),
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
            asked = {"ended": concern.outcome or "", "tries": tries, "note": ""}
            return values | asked | {"open_decisions": verifying.open_decisions(concern)}
    about = words_at(stages, survey.stage, "en") if survey else ""
    said = {"score": "", "satisfaction": "", "ease": "", "stage": about}
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


def _needs_of_learning(_: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    return recurring.needs_of_learning(task, unit)


def _cause(practice: Practice) -> Show:
    """The cause, since when it comes again, and what was decided about it before."""

    def show(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
        cause = unit.get(CAUSES, task.ref)
        part = cause.part_of(cause.open_pattern) if cause and cause.open_pattern else []
        if cause is None or not part:
            return {}
        since = part[0].at.astimezone(practice.calendar.zone)
        before = [f"{each.decision}: {cause.reasons.get(each.pattern_id, '')}"
                  for each in cause.decided]  # fmt: skip
        return {
            "cause": cause.cause_code,
            "concerns": f"{len(part)} since {since:%d %B %Y}",
            "before": "\n".join(before),
        }

    return show


def _learning(task: Task, unit: UnitOfWork, _: Actor) -> dict[str, Any]:
    learning = unit.get(LEARNINGS, task.ref)
    if learning is None:
        return {}
    return {
        "cause": learning.cause_code,
        "what": learning.what or "",
        "assigned_by": learning.assigned_by,
        "note": learning.note,
    }


def _answer(survey: Survey, about: str, unit: UnitOfWork) -> dict[str, Any]:
    """What the client said, and whose matter it was."""
    satisfied, easy = survey.satisfaction, survey.ease
    return {
        "score": f"{survey.score} of {SCALE}",
        "satisfaction": "" if satisfied is None else f"{satisfied} of {BEST}",
        "ease": "" if easy is None else f"{easy} of {EASIEST}",
        "stage": about,
        "comment": survey.comment or "",
        "matter_owner": owner_of(*told_of(survey.matter_id, survey.client_id, unit)) or "",
    }
