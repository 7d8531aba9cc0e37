"""It is time to ask a client how a matter is going or went: what follows?

One survey per matter and stage, whoever asks how often; a matter that was taken up again is asked
about anew. Never two within the firm's time between surveys, and none about a closing that no
longer stands. What is not asked is dropped and said so, never put off. The invitation itself is a
playbook's business.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from services.feedback.domain.matter import Client, Matter
from services.feedback.domain.stage import CLOSING, Question, Stages, asked_at
from services.feedback.domain.survey import Survey, is_too_soon, survey_id_for
from services.feedback.ports import CLIENTS, MATTERS, SURVEYS
from shared.contracts.envelope import Event
from shared.contracts.feedback import FeedbackNotRequested, FeedbackRequested
from shared.contracts.reminders import SurveyDue
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

ASKED_BEFORE, ASKED_RECENTLY, REOPENED = "asked-before", "asked-recently", "matter-reopened"


def needs_of_asking(event: Event[SurveyDue], unit: ReadSoFar) -> Iterable[Need]:
    """The matter, its survey at this stage if there is one, and when its client was last asked."""
    matter_id = event.data.matter_id
    yield MATTERS.one(matter_id)
    yield SURVEYS.one(_survey_id(event.data, unit.peek(MATTERS, matter_id)))
    yield CLIENTS.one(event.data.client_id)


def ask_with(apart: timedelta, stages: Stages) -> Callable[[Event[SurveyDue], UnitOfWork], None]:
    """The step that asks what the firm asks, so far apart from a client's survey before."""

    def ask(event: Event[SurveyDue], unit: UnitOfWork) -> None:
        """Make the survey and say that its client is to be asked, or why not."""
        due = event.data
        if event.history:
            return
        matter = unit.get(MATTERS, due.matter_id)
        survey_id = _survey_id(due, matter)
        client = unit.get(CLIENTS, due.client_id) or Client(client_id=due.client_id)
        before = unit.get(SURVEYS, survey_id)
        if before is not None:
            _say_not_asked(due, ASKED_BEFORE, before.asked_at, unit)
        elif due.stage == CLOSING and matter is not None and matter.taken_up_again:
            _say_not_asked(due, REOPENED, None, unit)
        elif is_too_soon(client.asked_at, apart, unit.now):
            _say_not_asked(due, ASKED_RECENTLY, client.asked_at, unit)
        else:
            _make(survey_id, due, client, asked_at(stages, due.stage), unit)

    return ask


def _survey_id(due: SurveyDue, matter: Matter | None) -> str:
    return survey_id_for(due.matter_id, due.stage, matter.reopened_stamp if matter else "")


def _say_not_asked(
    due: SurveyDue, reason: str, last_asked_at: datetime | None, unit: UnitOfWork
) -> None:
    unit.announce(
        FeedbackNotRequested(
            client_id=due.client_id,
            matter_id=due.matter_id,
            stage=due.stage,
            reason=reason,
            last_asked_at=last_asked_at,
        )
    )


def _make(
    survey_id: str,
    due: SurveyDue,
    client: Client,
    asks: tuple[Question, ...],
    unit: UnitOfWork,
) -> None:
    survey = Survey(
        survey_id=survey_id,
        client_id=due.client_id,
        matter_id=due.matter_id,
        stage=due.stage,
        asked_at=unit.now,
        asks=asks,
        correlation_id=unit.cause.correlation_id,
    )
    unit.put(SURVEYS, survey)
    unit.put(CLIENTS, replace(client, asked_at=unit.now))
    unit.announce(
        FeedbackRequested(
            survey_id=survey.survey_id,
            client_id=due.client_id,
            matter_id=due.matter_id,
            stage=due.stage,
        )
    )
