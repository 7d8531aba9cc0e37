"""Which events does feedback hear?"""

from typing import Any

from services.feedback.settings import FeedbackSettings
from services.feedback.workflow import asking, complaining, knowing, verifying
from shared.contracts.concerns import ComplaintReceived, DisputeOpened
from shared.contracts.firm import (
    ClientOnboarded,
    ClientUpdated,
    MatterClosed,
    MatterOpened,
    MatterReopened,
)
from shared.contracts.intake import ClientPreferencesUpdated
from shared.contracts.reminders import ConcernCheckDue, SurveyDue
from shared.engine.listening import Listener, listen
from shared.engine.records import hear_orders


def listeners(settings: FeedbackSettings) -> list[Listener[Any]]:
    """One line per event: what happened, the step that follows, what the step needs."""
    practice = settings.practice()
    return [
        listen(SurveyDue, asking.ask_with(settings.between_surveys()), asking.needs_of_asking),
        listen(
            ComplaintReceived,
            complaining.complaint_received_with(practice),
            complaining.needs_of_complaint,
        ),
        listen(
            DisputeOpened, complaining.dispute_opened_with(practice), complaining.needs_of_dispute
        ),
        listen(ConcernCheckDue, verifying.ask_with(practice), verifying.needs_of_check),
        *hear_orders(),
        listen(MatterOpened, knowing.matter_opened, knowing.needs_of_matter_opened),
        listen(MatterClosed, knowing.matter_closed, knowing.needs_of_matter),
        listen(MatterReopened, knowing.matter_reopened, knowing.needs_of_matter),
        listen(ClientOnboarded, knowing.client_onboarded, knowing.needs_of_client_event),
        listen(ClientUpdated, knowing.client_updated, knowing.needs_of_client_event),
        listen(ClientPreferencesUpdated, knowing.preferences_updated, knowing.needs_of_preferences),
    ]
