"""Which events does feedback hear?"""

from typing import Any

from services.feedback.domain.telling import TELLS
from services.feedback.settings import FeedbackSettings
from services.feedback.workflow import asking, complaining, knowing, verifying
from services.feedback.workflow.counting import CountingSteps
from services.feedback.workflow.recurring import PatternSteps
from services.feedback.workflow.worrying import WorrySteps, needs_of_worrying
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.commitments import CommitmentMissed
from shared.contracts.concerns import (
    ComplaintReceived,
    ConcernClosed,
    ConcernOpened,
    DisputeOpened,
)
from shared.contracts.feedback import FeedbackSubmitted, ServiceRecoveryResolved
from shared.contracts.firm import (
    ClientContactLogged,
    ClientOnboarded,
    ClientUpdated,
    MatterClosed,
    MatterOpened,
    MatterReopened,
)
from shared.contracts.firm_editions import FirmEditionApproved
from shared.contracts.handovers import HandoverCompleted
from shared.contracts.intake import ClientPreferencesUpdated
from shared.contracts.reminders import ConcernCheckDue, ContactGapDetected, SurveyDue
from shared.editions import needs_of_edition, take_edition
from shared.engine.listening import Listener, listen
from shared.engine.records import hear_orders


def listeners(settings: FeedbackSettings) -> list[Listener[Any]]:
    """One line per event: what happened, the step that follows, what the step needs."""
    practice, worry = settings.practice(), worries(settings)
    counting = CountingSteps(settings.calendar())
    patterns = PatternSteps(settings.pattern_rule(), settings.calendar())
    ask = asking.ask_with(settings.between_surveys(), settings.stages())
    return [
        listen(SurveyDue, ask, asking.needs_of_asking),
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
        listen(FirmEditionApproved, take_edition, needs_of_edition),
        listen(MatterOpened, counting.place, counting.needs_of_matter),
        listen(MatterOpened, knowing.matter_opened, knowing.needs_of_matter_opened),
        listen(HandoverCompleted, counting.place, counting.needs_of_matter),
        listen(HandoverCompleted, knowing.handed_over, knowing.needs_of_matter_opened),
        listen(MatterClosed, knowing.matter_closed, knowing.needs_of_matter),
        listen(MatterReopened, knowing.matter_reopened, knowing.needs_of_matter),
        listen(ClientOnboarded, knowing.client_onboarded, knowing.needs_of_client_event),
        listen(ClientUpdated, knowing.client_updated, knowing.needs_of_client_event),
        listen(ClientPreferencesUpdated, knowing.preferences_updated, knowing.needs_of_preferences),
        listen(ContactGapDetected, worry.gap, needs_of_worrying),
        listen(ClientContactLogged, worry.contact, needs_of_worrying),
        listen(MatterClosed, worry.matter_closed, needs_of_worrying),
        listen(FeedbackSubmitted, worry.answer, needs_of_worrying),
        listen(ServiceRecoveryResolved, worry.recovered, needs_of_worrying),
        listen(CommitmentMissed, worry.missed, needs_of_worrying),
        listen(ConcernOpened, worry.concern_opened, needs_of_worrying),
        listen(ConcernClosed, worry.concern_closed, needs_of_worrying),
        listen(ConcernClosed, patterns.closed, patterns.needs_of_closing),
        *(listen(CATALOGUE[each], counting.count, counting.needs) for each in TELLS),
    ]


def worries(settings: FeedbackSettings) -> WorrySteps:
    """The steps by which the firm worries about clients."""
    return WorrySteps(settings.risk_rules(), settings.practice().unhappy)
