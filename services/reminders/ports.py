# reason: every document reminders keeps and every outside system it asks, in one place
"""Which documents do the steps of reminders use, and what do they need from outside?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from services.reminders.domain.card import Card
from services.reminders.domain.commitments import Commitment
from services.reminders.domain.contact import MAY_HAVE_COME, WAITING, Contact, State
from services.reminders.domain.deadlines import Deadline
from services.reminders.domain.digest import Digest
from services.reminders.domain.edition import Edition, Head
from services.reminders.domain.firm_restrictions import FirmRestrictions
from services.reminders.domain.gate import ASKS
from services.reminders.domain.inquirer_letter import InquirerLetter
from services.reminders.domain.kept_mail import KeptMail, Place
from services.reminders.domain.lawyer import Colleague
from services.reminders.domain.letter_for_approval import LetterForApproval
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.outbound import Outbound, Suppression
from services.reminders.domain.outgoing import OutgoingDecision
from services.reminders.domain.playbook import LetterRule, PublishedRule
from services.reminders.domain.sender_check import SenderCheck
from services.reminders.domain.simulation import Simulation
from services.reminders.domain.subject import Subject
from services.reminders.domain.text_answer import TextAnswer
from services.reminders.domain.unanswered import Correspondence
from services.reminders.domain.wording import Occasion, Worded, Wording
from shared.channels import Channel
from shared.contracts.fields import Email, Url
from shared.state.document_types import DocumentType

EVERY = "all"

CARDS: DocumentType[Card] = DocumentType(
    "cards",
    Card,
    key=lambda card: card.client_id,
    lookups={
        "phone": lambda card: card.numbers,
        "email": lambda card: [normal_address(card.email)] if card.email else [],
    },
)
INCOMING_MAILS: DocumentType[KeptMail] = DocumentType(
    "incoming_mails",
    KeptMail,
    key=lambda mail: mail.mail_id,
    lookups={"task": lambda mail: [mail.task_id] if mail.task_id else []},
)
MAILBOX_PLACES: DocumentType[Place] = DocumentType(
    "mailbox_places", Place, key=lambda place: place.name
)
TEXT_ANSWERS: DocumentType[TextAnswer] = DocumentType(
    "text_answers",
    TextAnswer,
    key=lambda a: a.answer_id,
    lookups={"client": lambda a: [a.client_id]},
)
SUBJECTS: DocumentType[Subject] = DocumentType(
    "subjects",
    Subject,
    key=lambda subject: subject.thread,
    lookups={"larger": lambda subject: subject.belongs_to},
)
TIMERS: DocumentType[Occurrence] = DocumentType(
    "timers",
    Occurrence,
    key=lambda timer: timer.occurrence_id,
    lookups={
        "thread": lambda timer: [timer.thread],
        "client": lambda timer: [timer.client_id] if timer.client_id and _follows(timer) else [],
    },
)
CONTACTS: DocumentType[Contact] = DocumentType(
    "contacts",
    Contact,
    key=lambda contact: contact.contact_id,
    lookups={
        "series": lambda contact: [contact.series_key] if contact.series_key else [],
        "waiting": lambda contact: [contact.waiting_for] if contact.waiting_for else [],
        "asked": lambda contact: [contact.client_id] if _asked(contact) else [],
        "telling": lambda contact: [contact.thread] if _tells(contact) else [],
        "letter": lambda contact: _places_of_letters(contact),
        "outgoing": lambda contact: [contact.client_id] if contact.is_outgoing else [],
    },
)
COMMITMENTS: DocumentType[Commitment] = DocumentType(
    "commitments",
    Commitment,
    key=lambda each: each.commitment_id,
    lookups={
        "thread": lambda each: [each.thread],
        "client": lambda each: [each.client_id] if each.client_id and each.followed else [],
    },
)
DEADLINES: DocumentType[Deadline] = DocumentType(
    "deadlines",
    Deadline,
    key=lambda each: each.deadline_id,
    lookups={"unseen": lambda each: list(each.unseen_by)},
)
SUPPRESSIONS: DocumentType[Suppression] = DocumentType(
    "suppressions",
    Suppression,
    key=lambda each: each.suppression_id,
    lookups={"address": lambda each: [each.address] if each.address else []},
)
RULES: DocumentType[PublishedRule] = DocumentType(
    "rules", PublishedRule, key=lambda each: each.rule.key, lookups={"all": lambda _: [EVERY]}
)
CORRESPONDENCE: DocumentType[Correspondence] = DocumentType(
    "correspondence", Correspondence, key=lambda each: each.client_id
)
COLLEAGUES: DocumentType[Colleague] = DocumentType(
    "colleagues", Colleague, key=lambda each: each.staff_id
)
OUTGOING_DECISIONS: DocumentType[OutgoingDecision] = DocumentType(
    "outgoing_decisions",
    OutgoingDecision,
    key=lambda each: each.decision_id,
    lookups={"client": lambda each: [each.client_id]},
)
DIGESTS: DocumentType[Digest] = DocumentType("digests", Digest, key=lambda each: each.staff_id)
SENDER_CHECKS: DocumentType[SenderCheck] = DocumentType(
    "sender_checks", SenderCheck, key=lambda each: each.name
)
INQUIRER_LETTERS: DocumentType[InquirerLetter] = DocumentType(
    "inquirer_letters", InquirerLetter, key=lambda each: each.letter_id
)
APPROVAL_LETTERS: DocumentType[LetterForApproval] = DocumentType(
    "approval_letters",
    LetterForApproval,
    key=lambda letter: letter.letter_id,
    lookups={"open": lambda letter: letter.open_about},
)
FIRM_RESTRICTIONS: DocumentType[FirmRestrictions] = DocumentType(
    "firm_restrictions", FirmRestrictions, key=lambda each: each.name
)
EDITIONS: DocumentType[Edition] = DocumentType(
    "editions",
    Edition,
    key=lambda each: each.edition_id,
    lookups={
        "all": lambda _: [EVERY],
        "request": lambda each: [each.request_id] if each.request_id else [],
    },
)
EDITION_HEAD: DocumentType[Head] = DocumentType("edition_head", Head, key=lambda head: head.name)
SIMULATIONS: DocumentType[Simulation] = DocumentType(
    "simulations", Simulation, key=lambda each: each.simulation_id
)
OUTBOUND: DocumentType[Outbound] = DocumentType("outbound", Outbound, key=lambda each: each.name)


def _follows(timer: Occurrence) -> bool:
    """Whether news of the client may change when it falls due, or end what it asked for."""
    return timer.may_move or timer.asked


def _tells(contact: Contact) -> bool:
    """Whether it is on its way to say what stands."""
    return contact.telling and (contact.state in WAITING or contact.state is State.HANDING_OVER)


def letters_on(client_id: str, day: date) -> str:
    """Where the letters are found that went to a client on a day (in UTC)."""
    return f"{client_id}|{day}"


def _places_of_letters(contact: Contact) -> list[str]:
    """What may go in one letter to its client; and what has gone, by its day."""
    if contact.letter is LetterRule.OWN:
        return []
    if contact.state in WAITING:
        return [contact.client_id]
    gone = contact.written_at
    return [letters_on(contact.client_id, gone.date())] if gone is not None else []


def _asked(contact: Contact) -> bool:
    return contact.message_class in ASKS and contact.state in MAY_HAVE_COME


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A message as it is handed over: to whom, and exactly these words."""

    contact_id: str
    number: int  # of the deliberate repeat
    address: str
    subject_line: str
    text: str
    html: str
    locale: str
    unsubscribe: str | None = None  # where one click ends messages of this kind
    return_path: str | None = None  # the address to which it comes back; None: the sender's


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a message to a client is worded from."""

    wording: Wording
    template: str
    words: Mapping[str, Any]
    occasion: Occasion
    others: tuple["Draft", ...] = ()  # what else the same letter says


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLetter:
    """A letter as it is printed: exactly these words, to this address, of this day."""

    sender: str
    sender_lines: tuple[str, ...]  # address, telephone: what stands at its head and foot
    recipient: str  # name and address, by lines
    day: str
    subject_line: str
    text: str
    locale: str
    made_at: datetime  # what the file says; the same letter is the same bytes


class LetterPrinter(Protocol):
    """Makes letters for post."""

    def pdf(self, letter: PaperLetter) -> bytes:
        """The letter as a PDF file: the same bytes for the same letter."""
        ...

    def unprintable(self, text: str) -> str:
        """Which characters of this text it has no signs for; empty where it has all."""
        ...


MessageChannel = Channel[Card, Draft, Worded, OutgoingMessage]
"""A way in which clients are written to."""


class Links(Protocol):
    """Asks the service that owns a page for a client's link to it."""

    async def link(self, name: str, link_id: str) -> str:
        """The address; TemporaryError when the owner is away, RuleError when there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some tasks of one sort: how many of which kind, and how many of them nobody has taken on."""

    kinds: dict[str, int]  # by the neutral name of the kind
    unowned: int

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigure:
    """One figure of the firm; ``before``: of the month before, where there is one."""

    name: str
    unit: str  # percent, score, hours or count
    value: float
    before: float | None
    place: Url | None = None  # what is behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a month (2026-10) came to, how many clients may leave now, and where it leads."""

    month: str
    figures: list[MonthFigure]
    at_risk: int
    reports: Url
    risks: Url | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What the desk says for a person's digest: where it goes, and how much there is to do."""

    address: Email
    language: str | None  # None: as the firm writes
    overdue: Group
    today: Group
    new: Group  # came lately, not due yet, and nobody has taken it on
    inbox: Url
    settings: Url
    escalated: Group | None = None  # overdue with others, and this person's to see to
    month: Month | None = None  # told to partners, with the first digest of the next


DESK_AWAY = "desk-away"  # so nothing was handed over


class Agendas(Protocol):
    """Asks the desk what a person has to do."""

    async def agenda(self, staff_id: str, new_since: datetime) -> Agenda | str:
        """What there is to do, or the code of why no message goes: such as nothing-to-do.

        TemporaryError when the desk is away.
        """
        ...


@dataclass(frozen=True, slots=True)
class Settled:
    """A commitment that has ended, and when that was recorded."""

    commitment_id: str
    standard: str
    outcome: str
    settled_at: datetime


class Tally(Protocol):
    """Counts timers and messages, for ops."""

    async def in_hand(self) -> int:
        """How many messages, to clients and staff, some process is handing over."""
        ...

    async def waiting_for(self, what: str, limit: int) -> list[str]:
        """The ids of some of the messages that wait for this."""
        ...

    async def suppressed(self, client_id: str | None, limit: int) -> list[str]:
        """The ids of some suppressed addresses, oldest first: this client's, or everybody's."""
        ...

    async def by_state(self) -> dict[str, dict[str, int]]:
        """How many timers and how many messages stand where."""
        ...

    async def owed(self) -> list[tuple[str, str, int]]:
        """Per standard and state (open, or missed and still to be done): how many commitments."""
        ...

    async def due_by(self, instant: datetime) -> list[tuple[str, int]]:
        """Per standard: how many commitments are open still and due by then."""
        ...

    async def settled(self, since: datetime, limit: int) -> list[Settled]:
        """Commitments that ended since then, the earliest first."""
        ...

    async def unseen_deadlines(self, watch: str, until: datetime | None = None) -> int:
        """How many deadlines run that this watch has not acknowledged; of those due by then."""
        ...

    async def letters_waiting(self) -> tuple[int, int]:
        """How many letters wait to be approved, and how many to be posted."""
        ...

    async def unknown(self, now: datetime) -> tuple[int, float]:
        """Of how many messages nobody can tell the fate, and for how many seconds at most."""
        ...
