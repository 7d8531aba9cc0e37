"""Which events reach the desk, and which step follows each?"""

from typing import Any
from zoneinfo import ZoneInfo

from services.desk.workflow.diary import Diarist, diary_needs
from services.desk.workflow.handing_over import handover_needs, hear_handover
from services.desk.workflow.incident_declaring import IncidentConfig
from services.desk.workflow.incident_noticing import NoticingSteps
from services.desk.workflow.inquiring import (
    inquiry_needs,
    list_inquiry,
    move_inquiry,
    note_letter,
)
from services.desk.workflow.owing import list_owed, owed_needs
from services.desk.workflow.projecting import (
    Teller,
    card_needs,
    list_task,
    name_client,
    task_needs,
    tell_needs,
)
from services.desk.workflow.walling import (
    follow_merge,
    hear_restriction,
    know_matter,
    matter_needs,
    merge_needs,
    restriction_needs,
)
from shared.contracts.commitments import (
    CommitmentMade,
    CommitmentMet,
    CommitmentMissed,
    CommitmentVoided,
)
from shared.contracts.deadlines import (
    DeadlineAcknowledged,
    DeadlineCancelled,
    DeadlineDone,
    DeadlineMoved,
    DeadlineSet,
    DeadlineVerified,
)
from shared.contracts.firm import ClientOnboarded, ClientUpdated, InquiryReceived, MatterOpened
from shared.contracts.firm_editions import FirmEditionApproved
from shared.contracts.handovers import HandoverCompleted
from shared.contracts.incidents import DataBreachDetected, ReviewSpikeDetected
from shared.contracts.intake import InquiryMoved
from shared.contracts.records import ClientMerged
from shared.contracts.reminders import (
    InquirerLetterFailed,
    InquirerLetterSent,
    InquirerLetterUnknown,
)
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.contracts.tasks import (
    TaskCancelled,
    TaskCompleted,
    TaskCreated,
    TaskEscalated,
    TaskUpdated,
)
from shared.editions import needs_of_edition, take_edition
from shared.engine.listening import Listener, hear_all, listen
from shared.engine.records import hear_orders


def listeners(zone: ZoneInfo, incidents: IncidentConfig) -> list[Listener[Any]]:
    """Every event goes onto a timeline; tasks and names have a place of their own besides."""
    diarist = Diarist(zone)
    noticing = NoticingSteps(incidents)
    return [
        *hear_all(Teller(zone).tell, tell_needs),
        *hear_orders(),
        listen(FirmEditionApproved, take_edition, needs_of_edition),
        listen(TaskCreated, list_task, task_needs),
        listen(TaskUpdated, list_task, task_needs),
        listen(TaskCompleted, list_task, task_needs),
        listen(TaskCancelled, list_task, task_needs),
        listen(TaskEscalated, list_task, task_needs),
        listen(ClientOnboarded, name_client, card_needs),
        listen(ClientUpdated, name_client, card_needs),
        listen(InquiryReceived, list_inquiry, inquiry_needs),
        listen(InquiryMoved, move_inquiry, inquiry_needs),
        listen(CommitmentMade, list_owed, owed_needs),
        listen(CommitmentMet, list_owed, owed_needs),
        listen(CommitmentMissed, list_owed, owed_needs),
        listen(CommitmentVoided, list_owed, owed_needs),
        listen(HandoverCompleted, hear_handover, handover_needs),
        listen(RestrictionPlaced, hear_restriction, restriction_needs),
        listen(RestrictionLifted, hear_restriction, restriction_needs),
        listen(MatterOpened, know_matter, matter_needs),
        listen(ClientMerged, follow_merge, merge_needs),
        listen(DeadlineSet, diarist.write, diary_needs),
        listen(DeadlineMoved, diarist.write, diary_needs),
        listen(DeadlineDone, diarist.write, diary_needs),
        listen(DeadlineCancelled, diarist.write, diary_needs),
        listen(DeadlineVerified, diarist.write, diary_needs),
        listen(DeadlineAcknowledged, diarist.write, diary_needs),
        listen(InquirerLetterSent, note_letter, inquiry_needs),
        listen(InquirerLetterFailed, note_letter, inquiry_needs),
        listen(InquirerLetterUnknown, note_letter, inquiry_needs),
        listen(ReviewSpikeDetected, noticing.notice, noticing.needs),
        listen(DataBreachDetected, noticing.notice, noticing.needs),
    ]
