# reason: whoever builds a publisher finds all events of the firm's systems on one page
"""What do the firm's other systems tell Clientele?

Practice management, calendar, billing, the website and the review sites publish these. Fields are
fixed: other systems are built against them.
"""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from shared.contracts.base import EventData, Part, refuse_fields
from shared.contracts.days import with_instant
from shared.contracts.fields import (
    Amount,
    BirthDate,
    Channel,
    Currency,
    Day,
    Email,
    ForeignId,
    Id,
    Instant,
    Label,
    Line,
    Locale,
    Name,
    Phone,
    Purpose,
    Text,
    Url,
    Whole,
    Zone,
)

PRACTICE_MANAGEMENT = "practice management"
CALENDAR = "calendar"
BILLING = "billing"


class Consent(Part):
    """A consent the client gave: what for, by which channel (none: any), on what basis."""

    purpose: Purpose
    channel: Channel | None = None
    basis: Label
    given_at: Instant | None = None
    """When it was given; without it, a grant said again cannot undo a later withdrawal."""


FormOfAddress = Literal["mr", "ms", "neutral", "organisation"]
NameOrder = Literal["given-first", "family-first"]
Consents = Annotated[tuple[Consent, ...], Field(max_length=50)]


class ClientOnboarded(EventData):
    """A person or company became a client of the firm."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["email"]}, {"required": ["phone"]}]}
    )
    TYPE: ClassVar[str] = "client-onboarded"
    DELIVERS_PRIVATE: ClassVar[bool] = True
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    client_id: Id
    name: Name
    email: Email | None = None
    phone: Phone | None = None
    birth_date: BirthDate | None = None
    company_number: Label | None = None
    address: Line | None = None
    timezone: Zone
    locale: Locale
    preferred_channel: Channel | None = None
    matter_id: Id | None = None
    practice_area: Label | None = None
    owner_id: Id | None = None
    salutation: Line | None = None
    """How they are addressed before their name: Dr., Frau, Herr Prof. Dr.; or a whole greeting."""
    form_of_address: FormOfAddress | None = None
    """What the greeting goes by where it is not all said: mr, ms, neutral, or an organisation."""
    family_name: Name | None = None
    """What follows Herr, Frau, Mr or Ms; without it the whole name does."""
    name_order: NameOrder | None = None
    """Which of their names begins ``name``: of family-first, its first word follows Mr or Ms."""
    preferred_name: Name | None = None
    contact_person: Name | None = None
    """Whom of a company the firm writes to."""
    pronunciation: Line | None = None
    """How their name is said, for whoever calls."""
    interpreter: Line | None = None
    """Into which language somebody has to interpret when the firm speaks with them."""
    owner_name: Line | None = None
    """The lawyer in charge, as clients read of them below messages about their matter."""
    owner_phone: Phone | None = None
    consents: Consents | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.email is None and self.phone is None:
            raise refuse_fields(("email", "phone"), "is missing: give an e-mail or a phone number")
        return self


class ClientUpdated(EventData):
    """Something about a client changed: an absent field is unchanged, a null one removed."""

    TYPE: ClassVar[str] = "client-updated"
    DELIVERS_PRIVATE: ClassVar[bool] = True
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    client_id: Id
    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None
    birth_date: BirthDate | None = None
    company_number: Label | None = None
    address: Line | None = None
    timezone: Zone | None = None
    locale: Locale | None = None
    preferred_channel: Channel | None = None
    matter_id: Id | None = None
    practice_area: Label | None = None
    owner_id: Id | None = None
    salutation: Line | None = None
    """How they are addressed before their name: Dr., Frau, Herr Prof. Dr.; or a whole greeting."""
    form_of_address: FormOfAddress | None = None
    """What the greeting goes by where it is not all said: mr, ms, neutral, or an organisation."""
    family_name: Name | None = None
    """What follows Herr, Frau, Mr or Ms; without it the whole name does."""
    name_order: NameOrder | None = None
    """Which of their names begins ``name``: of family-first, its first word follows Mr or Ms."""
    preferred_name: Name | None = None
    contact_person: Name | None = None
    """Whom of a company the firm writes to."""
    pronunciation: Line | None = None
    """How their name is said, for whoever calls."""
    interpreter: Line | None = None
    """Into which language somebody has to interpret when the firm speaks with them."""
    owner_name: Line | None = None
    """The lawyer in charge, as clients read of them below messages about their matter."""
    owner_phone: Phone | None = None
    consents: Consents | None = None

    @model_validator(mode="after")
    def _keeps_what_every_client_has(self) -> Self:
        removed = tuple(
            name
            for name in ("name", "timezone", "locale")
            if name in self.model_fields_set and getattr(self, name) is None
        )
        if removed:
            raise refuse_fields(removed, "cannot be removed: leave it out to keep it as it is")
        return self

    def changed(self) -> dict[str, Any]:
        """The fields this event changes, each with its new value; None means removed."""
        names = self.model_fields_set - {"client_id"}
        return {name: getattr(self, name) for name in sorted(names)}

    def to_wire(self) -> dict[str, Any]:
        """The data as it travels: here a null says something."""
        return self.model_dump(mode="json", exclude_unset=True)


class MatterOpened(EventData):
    """The firm took on a matter for a client; said again, it tells what changed, as its owner."""

    TYPE: ClassVar[str] = "matter-opened"
    HAPPENS_ONCE: ClassVar[bool] = True
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    matter_id: Id
    client_id: Id
    practice_area: Label
    owner_id: Id


class MatterClosed(EventData):
    """The firm finished a matter."""

    TYPE: ClassVar[str] = "matter-closed"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT
    DAYS: ClassVar[tuple[str, ...]] = ("closed_at",)

    matter_id: Id
    client_id: Id
    closed_at: Instant


class MatterReopened(EventData):
    """The firm took up a closed matter again; what follows a closing no longer follows."""

    TYPE: ClassVar[str] = "matter-reopened"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    matter_id: Id
    client_id: Id


class MatterStageChanged(EventData):
    """A matter has come to another stage, in the firm's own words for it."""

    TYPE: ClassVar[str] = "matter-stage-changed"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    matter_id: Id
    client_id: Id
    stage: Label
    """Clients are asked after ``consultation``, ``onboarding`` and ``milestone``."""
    at: Instant | None = None
    """When it came to that, where that was not when it is said."""


class PartyAdded(EventData):
    """A person or company has a part in a matter; conflicts are checked against them."""

    TYPE: ClassVar[str] = "party-added"
    DELIVERS_PRIVATE: ClassVar[bool] = True
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT
    KEYS: ClassVar[tuple[str, ...]] = ("matter_id",)

    matter_id: Id
    party_id: ForeignId
    name: Name
    role: Literal["client", "adverse", "related", "prospect"]
    birth_date: BirthDate | None = None
    company_number: Label | None = None
    email: Email | None = None
    phone: Phone | None = None
    address: Line | None = None


class AppointmentScheduled(EventData):
    """A client has an appointment.

    ``starts_on`` makes it one of a whole day, in place of an hour; ``starts_at`` may then be left
    out. So does midnight in its own time zone.
    """

    TYPE: ClassVar[str] = "appointment-scheduled"
    PUBLISHER: ClassVar[str] = CALENDAR

    appointment_id: ForeignId
    client_id: Id
    matter_id: Id | None = None
    starts_at: Instant
    starts_on: Day | None = None
    timezone: Zone
    kind: Label
    location: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_day_is_enough(cls, data: Any) -> Any:
        return with_instant(data, "starts_at", "starts_on", "timezone")


class AppointmentRescheduled(EventData):
    """An appointment was moved; it may be heard before the appointment itself.

    ``starts_on`` makes it one of a whole day, in place of an hour; ``starts_at`` may then be left
    out. So does midnight in its own time zone.
    """

    TYPE: ClassVar[str] = "appointment-rescheduled"
    PUBLISHER: ClassVar[str] = CALENDAR

    appointment_id: ForeignId
    client_id: Id
    matter_id: Id | None = None
    starts_at: Instant
    starts_on: Day | None = None
    timezone: Zone
    kind: Label
    location: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_day_is_enough(cls, data: Any) -> Any:
        return with_instant(data, "starts_at", "starts_on", "timezone")


class AppointmentCancelled(EventData):
    """An appointment will not take place; it may be heard before the appointment itself."""

    TYPE: ClassVar[str] = "appointment-cancelled"
    PUBLISHER: ClassVar[str] = CALENDAR

    appointment_id: ForeignId
    client_id: Id


class DocumentRequested(EventData):
    """The client was asked for a document, due by a day of the firm's calendar.

    ``due_on`` names the day, and is enough; without it, it is the day on which ``due_at`` falls
    where the firm is (midnight in UTC is read as a bare date). ``title`` tells the client
    which document.
    """

    TYPE: ClassVar[str] = "document-requested"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT
    DAYS: ClassVar[tuple[str, ...]] = ("due_at",)

    request_id: ForeignId
    client_id: Id
    matter_id: Id
    due_at: Instant
    due_on: Day | None = None
    title: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_day_is_enough(cls, data: Any) -> Any:
        return with_instant(data, "due_at", "due_on")


class DocumentReceived(EventData):
    """The client sent a document that was asked for."""

    TYPE: ClassVar[str] = "document-received"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    request_id: ForeignId
    client_id: Id


class InvoiceIssued(EventData):
    """The client was sent an invoice, due on a day of the firm's calendar.

    ``due_on`` names the day, and is enough; without it, it is the day on which ``due_at`` falls
    where the firm is (midnight in UTC is read as a bare date). ``number`` and ``amount`` tell the
    client which.
    """

    TYPE: ClassVar[str] = "invoice-issued"
    PUBLISHER: ClassVar[str] = BILLING
    DAYS: ClassVar[tuple[str, ...]] = ("due_at",)

    invoice_id: ForeignId
    client_id: Id
    due_at: Instant
    due_on: Day | None = None
    number: Line | None = None
    amount: Amount | None = None
    currency: Currency | None = None
    matter_id: Id | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_day_is_enough(cls, data: Any) -> Any:
        return with_instant(data, "due_at", "due_on")


class InvoicePaid(EventData):
    """The client paid an invoice."""

    TYPE: ClassVar[str] = "invoice-paid"
    PUBLISHER: ClassVar[str] = BILLING

    invoice_id: ForeignId
    client_id: Id


class InvoiceSettled(EventData):
    """An invoice needs no payment any more, or not now: nobody is reminded of it."""

    TYPE: ClassVar[str] = "invoice-settled"
    PUBLISHER: ClassVar[str] = BILLING

    invoice_id: ForeignId
    client_id: Id
    how: Literal["cancelled", "credited", "disputed", "plan-agreed"]


class ClientContactLogged(EventData):
    """Somebody of the firm and the client were in touch."""

    TYPE: ClassVar[str] = "client-contact-logged"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    client_id: Id
    matter_id: Id | None = None
    direction: Literal["in", "out"]
    channel: Label
    at: Instant
    two_way: bool | None = None
    """Whether both sides spoke or wrote; a message left by the client alone answers nothing."""
    mail_id: Id | None = None
    """The client's e-mail that it tells of, where a task of its own asks somebody to answer it."""


class InquiryReceived(EventData):
    """Somebody asked the firm for help and is not a client yet."""

    TYPE: ClassVar[str] = "inquiry-received"
    DELIVERS_PRIVATE: ClassVar[bool] = True
    PUBLISHER: ClassVar[str] = "website or telephone"
    KEYS: ClassVar[tuple[str, ...]] = ("inquiry_id",)

    inquiry_id: Id
    name: Name
    email: Email | None = None
    phone: Phone | None = None
    channel: Label
    practice_area: Label | None = None
    adverse_parties: Annotated[tuple[Name, ...], Field(max_length=50)] | None = None
    deadline: Day | None = None
    """The day by which something has to be done, as whoever asks says."""
    referral: Label | None = None
    """How they came to the firm, as it asks them: recommendation, search, directory."""
    owner_id: Id | None = None
    """Who of the firm looks after it."""
    entered_by: Id | None = None
    """Who of the firm wrote it down, where it came by telephone or in person."""
    timezone: Zone
    locale: Locale


class ReviewReceived(EventData):
    """A review stands on a public site. Never says whose client its author may be."""

    TYPE: ClassVar[str] = "review-received"
    DELIVERS_PRIVATE: ClassVar[bool] = True
    PUBLISHER: ClassVar[str] = "review site"
    KEYS: ClassVar[tuple[str, ...]] = ("review_id",)

    review_id: ForeignId
    """The site's own id, however long, as it came."""
    site: Label
    location_id: Label | None = None
    stars: Annotated[Whole, Field(ge=1, le=5)]
    text: Text | None = None
    author_name: Line | None = None
    posted_at: Instant
    url: Url | None = None


class ReviewRemoved(EventData):
    """A review no longer stands on its public site: its author or the site took it away."""

    TYPE: ClassVar[str] = "review-removed"
    PUBLISHER: ClassVar[str] = "review site"
    KEYS: ClassVar[tuple[str, ...]] = ("review_id",)

    review_id: ForeignId
    site: Label
    by: Literal["author", "site"] | None = None
    """Who took it away, where the site says."""
