"""What does reminders announce? Each contact made or not made with its reasons, and what is due.

Letters to inquirers, who are no clients, end with a word of their own: sent, failed, or not known.

Playbooks may announce only the ``-due``, ``-overdue`` and ``-gap-detected`` types of this page, and
``task-escalated``.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.base import EventData, Part
from shared.contracts.fields import (
    Channel,
    EventId,
    ForeignId,
    Id,
    Instant,
    Label,
    Sentence,
    TextHash,
    Whole,
)

Version = Annotated[Whole, Field(ge=1)]


class Gate(Part):
    """One question asked before a contact, and its answer."""

    gate: Label
    verdict: Label
    reason: Sentence | None = None


class Why(Part):
    """What something goes back to: an event, the rule that was applied, and both in words."""

    event_id: EventId
    rule_id: Label | None = None
    rule_version: Version | None = None
    text: Sentence


class Occurrence(Part):
    """One thing planned: which rule, what for, when."""

    occurrence_id: Id
    rule_id: Label
    rule_version: Version
    purpose: Label
    due_at: Instant


class ContactPlanned(EventData):
    """One cause armed these occurrences."""

    TYPE: ClassVar[str] = "contact-planned"
    PUBLISHER: ClassVar[str] = "reminders"

    client_id: Id
    matter_id: Id | None = None
    occurrences: Annotated[tuple[Occurrence, ...], Field(min_length=1, max_length=200)]


class _Contact(EventData):
    PUBLISHER: ClassVar[str] = "reminders"

    contact_id: Id
    occurrence_id: Id
    client_id: Id
    matter_id: Id | None = None
    appointment_id: ForeignId | None = None
    invoice_id: ForeignId | None = None
    request_id: ForeignId | None = None
    survey_id: Id | None = None
    note_id: Id | None = None
    testimonial_id: Id | None = None
    rule_id: Label
    rule_version: Version
    purpose: Label
    channel: Channel | None = None
    template: Label | None = None
    reason: Sentence | None = None
    due_at: Instant
    at: Instant
    until: Instant | None = None
    text_hash: TextHash | None = None
    """Of a letter that a person approved: SHA-256 of exactly the text that was approved."""
    letter_id: Id | None = None
    """The letter in which it went with others: the contact_id of the one that carried it."""
    gates: Annotated[tuple[Gate, ...], Field(max_length=50)] = ()
    why: Why


class ContactSent(_Contact):
    """A message was handed over and accepted, or a person was reached."""

    TYPE: ClassVar[str] = "contact-sent"


class ContactDeferred(_Contact):
    """A message waits until a later instant, for the reason given."""

    TYPE: ClassVar[str] = "contact-deferred"


class ContactSuppressed(_Contact):
    """A message will not be sent, for the reason given."""

    TYPE: ClassVar[str] = "contact-suppressed"


class ContactFailed(_Contact):
    """A message was refused by the channel for good."""

    TYPE: ClassVar[str] = "contact-failed"


class ContactUnknown(_Contact):
    """The hand-over began and its outcome is not known; a rule or a person settles it."""

    TYPE: ClassVar[str] = "contact-unknown"


class _InquirerLetter(EventData):
    PUBLISHER: ClassVar[str] = "reminders"
    KEYS: ClassVar[tuple[str, ...]] = ("inquiry_id",)

    letter_id: Id
    inquiry_id: Id
    letter: Literal["confirmation", "received", "invitation", "declined"]
    at: Instant
    text_hash: TextHash | None = None
    """Of a letter that a person approved: SHA-256 of exactly the text that was approved."""


class InquirerLetterSent(_InquirerLetter):
    """A letter to somebody who asked for help was handed over and accepted."""

    TYPE: ClassVar[str] = "inquirer-letter-sent"


class _NotSent(_InquirerLetter):
    reason: Label
    """A short constant, such as ``too-late`` or the answer of a mail server."""
    text: Sentence
    address_unusable: bool | None = None
    """Nothing can arrive at this address: writing to it again is of no use."""


class InquirerLetterFailed(_NotSent):
    """A letter to somebody who asked for help did not go and will not, for the reason given."""

    TYPE: ClassVar[str] = "inquirer-letter-failed"


class InquirerLetterUnknown(_NotSent):
    """A letter to an inquirer was handed over, and nobody can say whether it arrived."""

    TYPE: ClassVar[str] = "inquirer-letter-unknown"


class InvitationDropped(EventData):
    """A survey or a review ask that was planned will not be asked for; why not."""

    TYPE: ClassVar[str] = "invitation-dropped"
    PUBLISHER: ClassVar[str] = "reminders"

    client_id: Id
    matter_id: Id | None = None
    invitation: Label
    """What would have been announced: ``survey-due``, ``review-ask-due``; what was asked for when
    it was too late: ``feedback-requested``, ``review-requested``."""
    rule_id: Label
    rule_version: Version
    reason: Label
    due_at: Instant
    why: Why


class ContactPlanChanged(EventData):
    """Somebody of the firm decided about messages on their way: why stays with reminders.

    ``hold``: nothing of it goes until a ``release``; ``skip``: it never goes; ``send-now``: it is
    tried at once; ``move``: not before ``move_to``. ``count``: how many messages it concerned.
    """

    TYPE: ClassVar[str] = "contact-plan-changed"
    PUBLISHER: ClassVar[str] = "reminders"

    decision_id: Id
    client_id: Id
    matter_id: Id | None = None
    do: Literal["hold", "release", "skip", "send-now", "move"]
    scope: Literal["message", "matter", "client"]
    occurrence_id: Id | None = None
    purpose: Label | None = None
    count: Whole
    move_to: Instant | None = None
    by: Id
    at: Instant


class _Due(EventData):
    PUBLISHER: ClassVar[str] = "reminders"

    client_id: Id
    rule_id: Label | None = None
    rule_version: Version | None = None


class SurveyDue(_Due):
    """It is time to ask the client how a matter went."""

    TYPE: ClassVar[str] = "survey-due"

    matter_id: Id
    stage: Label = "closing"


class ReviewAskDue(_Due):
    """It is time to ask the client for a public review, whatever they thought."""

    TYPE: ClassVar[str] = "review-ask-due"

    matter_id: Id


class ConcernCheckDue(EventData):
    """It is time to ask whether what a client complained of is right now."""

    TYPE: ClassVar[str] = "concern-check-due"
    PUBLISHER: ClassVar[str] = "reminders"
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "matter_id", "concern_id")

    concern_id: Id
    client_id: Id | None = None
    matter_id: Id | None = None
    rule_id: Label | None = None
    rule_version: Version | None = None


class AppointmentOutcomeDue(_Due):
    """An appointment is over: it is time to say what came of it."""

    TYPE: ClassVar[str] = "appointment-outcome-due"

    appointment_id: ForeignId
    matter_id: Id | None = None
    starts_at: Instant | None = None
    """When it was to begin: an appointment that is moved has an outcome for each time."""


class ContactGapDetected(_Due):
    """Nobody was in touch with the client for this many days."""

    TYPE: ClassVar[str] = "contact-gap-detected"

    matter_id: Id | None = None
    days: Annotated[Whole, Field(ge=1)]


class RestrictionReviewDue(EventData):
    """It is time to look whether a restriction still has to stand."""

    TYPE: ClassVar[str] = "restriction-review-due"
    PUBLISHER: ClassVar[str] = "reminders"
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "inquiry_id", "matter_id", "restriction_id")

    restriction_id: Id
    kind: Label
    client_id: Id | None = None
    matter_id: Id | None = None
    inquiry_id: Id | None = None
    rule_id: Label | None = None
    rule_version: Version | None = None


class DocumentOverdue(_Due):
    """A document that was asked for has not come."""

    TYPE: ClassVar[str] = "document-overdue"

    request_id: ForeignId
    matter_id: Id | None = None


class InvoiceOverdue(_Due):
    """An invoice has not been paid."""

    TYPE: ClassVar[str] = "invoice-overdue"

    invoice_id: ForeignId
