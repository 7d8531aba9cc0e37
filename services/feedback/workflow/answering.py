"""A client answers a survey, or changes the answer: what follows?

The answer is kept and announced; an unhappy one opens a recovery, a raised one closes it again.
"""

from collections.abc import Iterable

from services.feedback.domain.recovery import has_to_close, has_to_open, recovery_id_for
from services.feedback.domain.survey import Answer, Survey, answered
from services.feedback.ports import CLIENTS, MATTERS, RECOVERIES, SURVEYS
from services.feedback.workflow.recovering import close_recovery, follow_answer, open_recovery
from shared.calendar import FirmCalendar
from shared.contracts.feedback import FeedbackSubmitted
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS


def needs_of_answering(survey_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The survey, its recovery with its task, and whose matter it is."""
    yield SURVEYS.one(survey_id)
    yield RECOVERIES.one(recovery_id_for(survey_id))
    survey = unit.peek(SURVEYS, survey_id)
    if survey is not None:
        yield CLIENTS.one(survey.client_id)
        yield MATTERS.one(survey.matter_id)
    recovery = unit.peek(RECOVERIES, recovery_id_for(survey_id))
    if recovery is not None:
        yield TASKS.one(recovery.task_id)


def take_answer(survey_id: str, answer: Answer, calendar: FirmCalendar, unit: UnitOfWork) -> Survey:
    """Keep the answer and do what it calls for; the same answer again changes nothing."""
    before = unit.get(SURVEYS, survey_id)
    if before is None:
        raise RuleError("there is no such survey", code="unknown-survey")
    survey = answered(before, answer, unit.now)
    if survey is before:
        return survey
    unit.put(SURVEYS, survey)
    submitted = unit.announce(_submitted(survey, answer.score))
    if has_to_open(before.score, answer.score):
        open_recovery(survey, answer.score, submitted, calendar, unit)
    elif has_to_close(before.score, answer.score):
        close_recovery(survey, answer.score, unit)
    else:
        follow_answer(survey, answer.score, submitted, unit)
    return survey


def _submitted(survey: Survey, score: int) -> FeedbackSubmitted:
    return FeedbackSubmitted(
        survey_id=survey.survey_id,
        client_id=survey.client_id,
        matter_id=survey.matter_id,
        score=score,
        satisfaction=survey.satisfaction,
        has_comment=survey.has_comment,
        revision=survey.revision,
    )
