"""It is time to ask a client how a matter went: what follows?

One survey per matter, whoever asks how often. The invitation itself is a playbook's business.
"""

from collections.abc import Iterable

from services.feedback.domain.survey import Survey, survey_id_for
from services.feedback.ports import SURVEYS
from shared.contracts.envelope import Event
from shared.contracts.feedback import FeedbackRequested
from shared.contracts.reminders import SurveyDue
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_asking(event: Event[SurveyDue], _: ReadSoFar) -> Iterable[Need]:
    """The matter's survey, if there is one."""
    yield SURVEYS.one(survey_id_for(event.data.matter_id))


def ask(event: Event[SurveyDue], unit: UnitOfWork) -> None:
    """Make the matter's survey and say that its client is to be asked."""
    due = event.data
    survey_id = survey_id_for(due.matter_id)
    if event.history or unit.get(SURVEYS, survey_id) is not None:
        return
    survey = Survey(
        survey_id=survey_id,
        client_id=due.client_id,
        matter_id=due.matter_id,
        asked_at=unit.now,
        correlation_id=unit.cause.correlation_id,
    )
    unit.put(SURVEYS, survey)
    unit.announce(
        FeedbackRequested(
            survey_id=survey_id,
            client_id=due.client_id,
            matter_id=due.matter_id,
            stage=due.stage,
        )
    )
