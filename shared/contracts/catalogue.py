"""Which types of event are there, and who may publish each?"""

from shared.contracts import (
    attendance,
    commitments,
    concerns,
    deadlines,
    desk,
    feedback,
    firm,
    firm_editions,
    handovers,
    incidents,
    intake,
    letters,
    mail,
    promises,
    records,
    reminders,
    reputation,
    restrictions,
    scorecards,
    tasks,
    testimonials,
)
from shared.contracts.base import EventData

_FIRM: tuple[type[EventData], ...] = (
    firm.InquiryReceived,
    firm.ClientOnboarded,
    firm.ClientUpdated,
    firm.MatterOpened,
    firm.MatterClosed,
    firm.MatterReopened,
    firm.MatterStageChanged,
    firm.PartyAdded,
    firm.AppointmentScheduled,
    firm.AppointmentRescheduled,
    firm.AppointmentCancelled,
    firm.DocumentRequested,
    firm.DocumentReceived,
    firm.InvoiceIssued,
    firm.InvoicePaid,
    firm.InvoiceSettled,
    firm.ClientContactLogged,
    firm.ReviewReceived,
    firm.ReviewRemoved,
    mail.ContactBounced,
    mail.ContactDelivered,
)
_PROMISES: tuple[type[EventData], ...] = (
    promises.PromiseMade,
    promises.PromiseMoved,
    promises.PromiseKept,
    promises.CallRequested,
    promises.CallReturned,
    promises.OfferReceived,
    promises.OfferConveyed,
    promises.InquiryAnswered,
    promises.DocumentAcknowledged,
    promises.OptOutHonoured,
)
_HANDOVERS: tuple[type[EventData], ...] = (handovers.HandoverCompleted,)
_COMPLAINTS: tuple[type[EventData], ...] = (concerns.ComplaintReceived, concerns.DisputeOpened)
_LETTER_REQUESTS: tuple[type[EventData], ...] = (letters.LetterRequested,)
_LETTERS: tuple[type[EventData], ...] = (
    letters.LetterDrafted,
    letters.LetterApproved,
    letters.LetterDropped,
)
_DEADLINES: tuple[type[EventData], ...] = (
    deadlines.DeadlineSet,
    deadlines.DeadlineMoved,
    deadlines.DeadlineDone,
    deadlines.DeadlineCancelled,
)
_DIARY: tuple[type[EventData], ...] = (
    deadlines.DeadlineVerified,
    deadlines.DeadlineAcknowledged,
)
_NOTICED: tuple[type[EventData], ...] = (incidents.DataBreachDetected,)
_CONSENTS: tuple[type[EventData], ...] = (intake.ConsentGranted, intake.ConsentWithdrawn)
_RESTRICTIONS: tuple[type[EventData], ...] = (
    restrictions.RestrictionPlaced,
    restrictions.RestrictionLifted,
)
_RECORDS_ASKED: tuple[type[EventData], ...] = (
    records.AccessRequested,
    records.ErasureRequested,
    records.ClientMerged,
)
_RECORDS: tuple[type[EventData], ...] = (
    records.RecordsOrdered,
    records.RecordsEnded,
    records.RecordsAnswered,
    records.ClientErased,
)
_RECEIPTS: tuple[type[EventData], ...] = (records.RecordsConfirmed,)
_INTAKE: tuple[type[EventData], ...] = (
    intake.ConflictDetected,
    intake.ConflictCleared,
    intake.ConflictCheckReopened,
    intake.InquiryMoved,
    intake.InquirerLetterDue,
    intake.ClientPreferencesUpdated,
)
_ATTENDANCE: tuple[type[EventData], ...] = (
    attendance.AppointmentHeld,
    attendance.UnderstandingRequested,
    attendance.UnderstandingConfirmed,
    attendance.UnderstandingDisputed,
)
_PLAYBOOKS: tuple[type[EventData], ...] = (
    reminders.SurveyDue,
    reminders.ReviewAskDue,
    reminders.ConcernCheckDue,
    reminders.AppointmentOutcomeDue,
    reminders.ContactGapDetected,
    reminders.DocumentOverdue,
    reminders.InvoiceOverdue,
    reminders.RestrictionReviewDue,
    tasks.TaskEscalated,
)
_EDITIONS: tuple[type[EventData], ...] = (firm_editions.FirmEditionApproved,)
_CONTACTS: tuple[type[EventData], ...] = (
    reminders.ContactPlanned,
    reminders.ContactPlanChanged,
    reminders.ContactSent,
    reminders.ContactDeferred,
    reminders.ContactSuppressed,
    reminders.ContactFailed,
    reminders.ContactUnknown,
    reminders.InvitationDropped,
)
_COMMITMENTS: tuple[type[EventData], ...] = (
    commitments.CommitmentMade,
    commitments.CommitmentMet,
    commitments.CommitmentMissed,
    commitments.CommitmentVoided,
)
_INQUIRER_LETTERS: tuple[type[EventData], ...] = (
    reminders.InquirerLetterSent,
    reminders.InquirerLetterFailed,
    reminders.InquirerLetterUnknown,
)
_FEEDBACK: tuple[type[EventData], ...] = (
    feedback.FeedbackRequested,
    feedback.FeedbackNotRequested,
    feedback.FeedbackSubmitted,
    feedback.ServiceRecoveryOpened,
    feedback.ServiceRecoveryResolved,
    feedback.SatisfactionMeasured,
)
_CONCERNS: tuple[type[EventData], ...] = (
    concerns.ConcernOpened,
    concerns.ConcernAdvanced,
    concerns.ConcernClosed,
)
_SCORECARDS: tuple[type[EventData], ...] = (
    scorecards.RetentionRiskRaised,
    scorecards.RetentionRiskCleared,
    scorecards.PatternDetected,
    scorecards.LearningAssigned,
    scorecards.LearningCompleted,
)
_REPUTATION: tuple[type[EventData], ...] = (
    reputation.ReviewRequested,
    reputation.ReviewResponseDrafted,
    reputation.ReviewResponseChecked,
    reputation.ReviewResponseApproved,
    reputation.ReviewResponsePublished,
    reputation.ReviewResponseRejected,
    incidents.ReviewSpikeDetected,
)
_PUBLICATIONS: tuple[type[EventData], ...] = (
    testimonials.TestimonialSought,
    testimonials.PublicationWithdrawn,
)
_TESTIMONIALS: tuple[type[EventData], ...] = (
    testimonials.TestimonialRequested,
    testimonials.TestimonialConsented,
    testimonials.TestimonialDeclined,
    testimonials.TestimonialPublished,
    testimonials.TestimonialWithdrawn,
)
_DESK: tuple[type[EventData], ...] = (desk.StaffDigestSet, desk.StaffNamed)
_INCIDENTS: tuple[type[EventData], ...] = (
    incidents.IncidentDeclared,
    incidents.IncidentUpdated,
    incidents.IncidentResolved,
    incidents.IncidentDismissed,
    incidents.StaffAccountedFor,
)
_TASKS: tuple[type[EventData], ...] = (
    tasks.TaskCreated,
    tasks.TaskUpdated,
    tasks.TaskCancelled,
    tasks.TaskCompleted,
)


def _types(*groups: tuple[type[EventData], ...]) -> frozenset[str]:
    return frozenset(each.TYPE for group in groups for each in group)


CATALOGUE: dict[str, type[EventData]] = {
    each.TYPE: each
    for group in (
        _FIRM, _HANDOVERS, _PROMISES, _DEADLINES, _COMPLAINTS, _CONSENTS, _RESTRICTIONS,
        _RECORDS_ASKED, _RECORDS, _RECEIPTS, _INTAKE, _ATTENDANCE, _CONTACTS, _COMMITMENTS, _DIARY,
        _LETTER_REQUESTS, _LETTERS, _INQUIRER_LETTERS, _PLAYBOOKS, _FEEDBACK, _CONCERNS,
        _NOTICED, _SCORECARDS, _REPUTATION, _PUBLICATIONS, _TESTIMONIALS, _DESK, _INCIDENTS, _TASKS,
        _EDITIONS,
    )
    for each in group
}  # fmt: skip
"""Every type of event, and the class of its data."""

FOREIGN_TYPES = _types(
    _FIRM,
    _HANDOVERS,
    _PROMISES,
    _DEADLINES,
    _COMPLAINTS,
    _LETTER_REQUESTS,
    _NOTICED,
    _CONSENTS,
    _RESTRICTIONS,
    _RECORDS_ASKED,
    _PUBLICATIONS,
)
"""What the firm's other systems may publish."""

PLAYBOOK_TYPES = _types(_PLAYBOOKS)
"""What a playbook may announce."""

PUBLISHED_BY: dict[str, frozenset[str]] = {
    "desk": _types(
        _DESK,
        _TASKS,
        _RECORDS_ASKED,
        _RECEIPTS,
        (firm.ClientContactLogged, firm.InquiryReceived, concerns.ComplaintReceived),
        (promises.PromiseMade, promises.CallRequested, promises.OfferReceived),
        (deadlines.DeadlineSet,),
        _INCIDENTS,
        _NOTICED,
        _HANDOVERS,
        _RESTRICTIONS,
        _PUBLICATIONS,
    ),
    "intake": _types(
        _INTAKE,
        _CONSENTS,
        _RESTRICTIONS,
        _RECORDS_ASKED,
        _RECORDS,
        _RECEIPTS,
        _TASKS,
        (firm.InquiryReceived, firm.ClientOnboarded, firm.MatterOpened, firm.PartyAdded),
        _ATTENDANCE,
        (promises.InquiryAnswered, promises.PromiseMade),
    ),
    "reminders": _types(
        _EDITIONS,
        _CONTACTS,
        _COMMITMENTS,
        _DIARY,
        _LETTERS,
        _INQUIRER_LETTERS,
        _PLAYBOOKS,
        _TASKS,
        _RECEIPTS,
        (deadlines.DeadlineMoved, deadlines.DeadlineDone, deadlines.DeadlineCancelled),
        (mail.ContactBounced, mail.ContactDelivered, *_CONSENTS, firm.ClientContactLogged),
    ),
    "feedback": _types(
        _FEEDBACK,
        _CONCERNS,
        _SCORECARDS,
        _LETTER_REQUESTS,
        _TASKS,
        _RECEIPTS,
        (concerns.ComplaintReceived,),
    ),
    "reputation": _types(_REPUTATION, _TESTIMONIALS, _TASKS, _RECEIPTS),
    "gateway": _types(_TASKS, _RECEIPTS),
}
"""What each service may publish: the broker grants it nothing else."""
