"""It is time to ask a client how a matter is going or went: what follows?

One survey per matter and stage, whoever asks how often, and never two within the firm's time
between surveys: what would come too soon is dropped and said so, never put off. The invitation
itself is a playbook's business.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from services.feedback.domain.matter import Client
from services.feedback.domain.survey import Survey, is_too_soon, survey_id_for
from services.feedback.ports import CLIENTS, SURVEYS
from shared.contracts.envelope import Event
from shared.contracts.feedback import FeedbackNotRequested, FeedbackRequested
from shared.contracts.reminders import SurveyDue
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_asking(event: Event[SurveyDue], _: ReadSoFar) -> Iterable[Need]:
    """The survey of the matter's stage, if there is one, and when the client was last asked."""
    yield SURVEYS.one(survey_id_for(event.data.matter_id, event.data.stage))
    yield CLIENTS.one(event.data.client_id)


def ask_with(apart: timedelta) -> Callable[[Event[SurveyDue], UnitOfWork], None]:
    """The step that asks, with so much time between two surveys of one client."""

    def ask(event: Event[SurveyDue], unit: UnitOfWork) -> None:
        """Make the survey and say that its client is to be asked, or why not."""
        due = event.data
        if event.history or unit.get(SURVEYS, survey_id_for(due.matter_id, due.stage)) is not None:
            return
        client = unit.get(CLIENTS, due.client_id) or Client(client_id=due.client_id)
        if is_too_soon(client.asked_at, apart, unit.now):
            unit.announce(
                FeedbackNotRequested(
                    client_id=due.client_id,
                    matter_id=due.matter_id,
                    stage=due.stage,
                    reason="asked-recently",
                    last_asked_at=client.asked_at,
                )
            )
            return
        _make(due, client, unit)

    return ask


def _make(due: SurveyDue, client: Client, unit: UnitOfWork) -> None:
    survey = Survey(
        survey_id=survey_id_for(due.matter_id, due.stage),
        client_id=due.client_id,
        matter_id=due.matter_id,
        stage=due.stage,
        asked_at=unit.now,
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
