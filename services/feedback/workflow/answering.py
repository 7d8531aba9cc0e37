"""A client answers a survey, or changes the answer: what follows?

The answer is kept and announced. An unhappy one opens a concern; a comment that no concern shows
is read by a person. What was written is never ended by a number.
"""

from collections.abc import Iterable

from services.feedback.domain.concern import recovery_id_for
from services.feedback.domain.practice import Practice
from services.feedback.domain.score import unhappy_about
from services.feedback.domain.survey import Answer, Survey, answered
from services.feedback.ports import CLIENTS, CONCERNS, MATTERS, SURVEYS
from services.feedback.workflow.opening import follow_answer, open_or_follow
from services.feedback.workflow.reading import ask_to_read, stop_reading
from shared.contracts.feedback import FeedbackSubmitted
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS


def needs_of_answering(survey_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The survey, its concern and its tasks, and whose matter it is."""
    yield SURVEYS.one(survey_id)
    yield CONCERNS.one(recovery_id_for(survey_id))
    yield TASKS.by("ref", survey_id)
    survey = unit.peek(SURVEYS, survey_id)
    if survey is not None:
        yield CLIENTS.one(survey.client_id)
        yield MATTERS.one(survey.matter_id)
    concern = unit.peek(CONCERNS, recovery_id_for(survey_id))
    if concern is not None:
        yield TASKS.one(concern.task_id)


def take_answer(survey_id: str, answer: Answer, practice: Practice, unit: UnitOfWork) -> Survey:
    """Keep the answer and do what it calls for; the same answer again changes nothing."""
    before = unit.get(SURVEYS, survey_id)
    if before is None:
        raise RuleError("there is no such survey", code="unknown-survey")
    survey = answered(before, answer, unit.now, practice.changeable)
    if survey is before:
        return survey
    unit.put(SURVEYS, survey)
    submitted = unit.announce(_submitted(survey, answer.score))
    about = unhappy_about(survey.score, survey.satisfaction, survey.ease, limits=practice.unhappy)
    if about is not None:
        open_or_follow(survey, submitted, f"low-{about}", practice, unit)
    else:
        follow_answer(survey, submitted, unit, raised=True)
    _have_it_read(survey, practice, unit)
    return survey


def _have_it_read(survey: Survey, practice: Practice, unit: UnitOfWork) -> None:
    """A comment is read with the concern that is open, or else by itself."""
    concern = unit.get(CONCERNS, recovery_id_for(survey.survey_id))
    if not survey.has_comment:
        stop_reading(survey, "comment-taken-back", unit)
    elif concern is not None and concern.state == "open":
        stop_reading(survey, "read-in-recovery", unit)
    else:
        ask_to_read(survey, practice, unit)


def _submitted(survey: Survey, score: int) -> FeedbackSubmitted:
    return FeedbackSubmitted(
        survey_id=survey.survey_id,
        client_id=survey.client_id,
        matter_id=survey.matter_id,
        score=score,
        satisfaction=survey.satisfaction,
        ease=survey.ease,
        has_comment=survey.has_comment,
        revision=survey.revision,
    )
