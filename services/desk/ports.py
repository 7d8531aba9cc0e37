# reason: every document the desk keeps and every list it reads, in one place
"""What does the desk keep, what does it look up, and whom does it ask?

Kinds are the documents its steps read and change; the Protocols are lists and requests, which only
the pages use.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.desk.domain.accesses import Access
from services.desk.domain.accounts import Account
from services.desk.domain.attempts import Attempt
from services.desk.domain.calendar_feed import CalendarFeed
from services.desk.domain.cards import Card, beginnings
from services.desk.domain.diary import DiaryLine, ListedDeadline
from services.desk.domain.digest import DigestChoice
from services.desk.domain.incidents import Incident
from services.desk.domain.inquiries import ListedInquiry
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import WHOLE_TIMELINE, EntryFilter, Page, TaskFilter
from services.desk.domain.notes import ContactNote, FollowUp, Note
from services.desk.domain.outcomes import Outcome
from services.desk.domain.owed import Owed
from services.desk.domain.proposals import Proposal
from services.desk.domain.saved_views import Preferences, SavedView
from services.desk.domain.second_factor import SecondFactor
from services.desk.domain.sessions import Session
from services.desk.domain.sources import Source
from services.desk.domain.staff import ApiKey, StaffMember
from services.desk.domain.timeline import Entry
from services.desk.domain.walls import Restricted
from shared.contracts.answers import DeadLetterShown, DigestPlanned, Figures
from shared.contracts.cards import CardTold
from shared.contracts.checks import ChecksAsked, ChecksListed, CheckTold, ClearanceTold
from shared.contracts.current_clients import CurrentClientsTold
from shared.contracts.outgoing import OutgoingAsked, OutgoingDecided, OutgoingListed, SentTold
from shared.contracts.restrictions import subjects_in
from shared.contracts.restrictions_asked import (
    RestrictionsAsked,
    RestrictionSettled,
    RestrictionsListed,
)
from shared.state.document_types import DocumentType

LISTED: DocumentType[ListedTask] = DocumentType(
    "listed_tasks",
    ListedTask,
    key=lambda task: task.task_id,
    lookups={"about": lambda task: subjects_in(task.about) if task.state == "open" else ()},
)
RESTRICTED: DocumentType[Restricted] = DocumentType(
    "restrictions",
    Restricted,
    key=lambda each: each.restriction_id,
    lookups={
        "subject": lambda each: each.standing,
        "staff": lambda each: each.staff_ids if each.wall.subjects else (),
    },
)
ACCESSES: DocumentType[Access] = DocumentType(
    "access_log",
    Access,
    key=lambda each: each.access_id,
    lookups={"subject": lambda each: [each.subject]},
)
ENTRIES: DocumentType[Entry] = DocumentType("timeline", Entry, key=lambda entry: entry.entry_id)
CARDS: DocumentType[Card] = DocumentType(
    "cards", Card, key=lambda card: card.client_id, lookups={"word": lambda c: beginnings(c.name)}
)
STAFF: DocumentType[StaffMember] = DocumentType(
    "staff",
    StaffMember,
    key=lambda person: person.staff_id,
    lookups={"role": lambda person: person.roles if person.active else ()},
)
API_KEYS: DocumentType[ApiKey] = DocumentType("api_keys", ApiKey, key=lambda key: key.key_hash)
INQUIRIES: DocumentType[ListedInquiry] = DocumentType(
    "inquiries", ListedInquiry, key=lambda each: each.inquiry_id,
    lookups={"word": lambda each: beginnings(each.name)},
)  # fmt: skip
OWED: DocumentType[Owed] = DocumentType("owed", Owed, key=lambda each: each.commitment_id)
DEADLINES: DocumentType[ListedDeadline] = DocumentType(
    "deadlines", ListedDeadline, key=lambda each: each.deadline_id
)
DIARY_LINES: DocumentType[DiaryLine] = DocumentType(
    "diary_lines", DiaryLine, key=lambda each: each.line_id
)
INCIDENTS: DocumentType[Incident] = DocumentType(
    "incidents", Incident, key=lambda each: each.incident_id,
    lookups={"state": lambda each: [each.state]},
)  # fmt: skip
PROPOSALS: DocumentType[Proposal] = DocumentType(
    "incident_proposals", Proposal, key=lambda each: each.proposal_id
)
NOTES: DocumentType[Note] = DocumentType(
    "notes", Note, key=lambda note: note.note_id, lookups={"task": lambda note: [note.task_id]}
)
CONTACT_NOTES: DocumentType[ContactNote] = DocumentType(
    "contact_notes", ContactNote, key=lambda note: note.entry_id
)
FOLLOW_UPS: DocumentType[FollowUp] = DocumentType(
    "follow_ups", FollowUp, key=lambda each: each.follow_up_id
)
ACCOUNTS: DocumentType[Account] = DocumentType(
    "accounts",
    Account,
    key=lambda account: account.staff_id,
    lookups={
        "user": lambda account: [account.user] if account.user else [],
        "subject": lambda account: [account.subject] if account.subject else [],
        "link": lambda account: [account.link_hash] if account.link_hash else [],
    },
)
SECOND_FACTORS: DocumentType[SecondFactor] = DocumentType(
    "second_factors", SecondFactor, key=lambda factor: factor.staff_id
)
SESSIONS: DocumentType[Session] = DocumentType(
    "sessions",
    Session,
    key=lambda session: session.session_hash,
    lookups={"staff": lambda session: [session.staff_id]},
)
SAVED_VIEWS: DocumentType[SavedView] = DocumentType(
    "saved_views",
    SavedView,
    key=lambda view: view.view_id,
    lookups={"staff": lambda view: [view.staff_id]},
)
PREFERENCES: DocumentType[Preferences] = DocumentType(
    "preferences", Preferences, key=lambda each: each.staff_id
)
DIGESTS: DocumentType[DigestChoice] = DocumentType(
    "digests", DigestChoice, key=lambda each: each.staff_id
)
CALENDARS: DocumentType[CalendarFeed] = DocumentType(
    "calendars", CalendarFeed, key=lambda feed: feed.staff_id
)
SOURCES: DocumentType[Source] = DocumentType("sources", Source, key=lambda each: each.source_id)
OUTCOMES: DocumentType[Outcome] = DocumentType(
    "outcomes", Outcome, key=lambda outcome: outcome.outcome_id
)
ATTEMPTS: DocumentType[Attempt] = DocumentType(
    "attempts", Attempt, key=lambda each: each.decision_id
)


@dataclass(frozen=True, slots=True)
class Refused:
    """An owner's no: a code for machines, a sentence for people, the field it is about."""

    code: str
    message: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an owner says to a decision: accepted, or refused and why; its state and version now."""

    state: str | None
    version: int | None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """How many inquiries that came this way stand there."""

    channel: str
    referral: str
    phase: str
    count: int
    recent: int  # of them, received since the instant that was asked for


class TaskList(Protocol):
    """The task list, read a page at a time."""

    async def page(self, wanted: TaskFilter, page: Page) -> Sequence[ListedTask]:
        """The tasks that fit, by due instant and id, after the given place.

        Tasks that ended come by the instant at which they did.
        """

    async def count(self, wanted: TaskFilter) -> int:
        """How many fit; beyond a thousand nobody needs to know."""

    async def dues(self, wanted: TaskFilter) -> Sequence[datetime | None]:
        """The due instants of all that fit, two thousand at most."""

    async def clients_called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of clients whose name has words that begin like these, a hundred at most."""


class InquiryBook(Protocol):
    """The pipeline of inquiries; ``screened``: what a wall keeps whoever asks from."""

    async def page(
        self, phase: str, limit: int, after: str = "", *, screened: Collection[str]
    ) -> Sequence[ListedInquiry]:
        """Those that stand there, or in any open phase; the most pressing first.

        Those that ended come by when they did, the last one first. ``after``: the ``order`` of the
        last one seen.
        """

    async def counts(
        self, received_since: datetime, *, screened: Collection[str]
    ) -> Sequence[PhaseCount]:
        """How many stand where, by how they came: the open ones, and those received since then."""

    async def tasks(self, inquiry_ids: Sequence[str]) -> Sequence[ListedTask]:
        """The open tasks about these inquiries, by due instant, a thousand at most."""

    async def called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of inquiries whose name has words that begin like these, a hundred at most."""


class OwedBook(Protocol):
    """What the firm owes, by due instant; ``screened``: what a wall keeps whoever asks from."""

    async def open(self, limit: int, *, screened: Collection[str]) -> Sequence[Owed]:
        """What has not ended, the first to fall due first."""

    async def missed_since(
        self, instant: datetime, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What was missed since then, the last one first."""

    async def of_client(
        self, client_id: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[Owed]:
        """What this client is owed still, the first to fall due first."""


class DiaryBook(Protocol):
    """The diary of deadlines, and its log; ``screened``: what a wall keeps whoever asks from."""

    async def running(
        self, until: str, limit: int, *, screened: Collection[str]
    ) -> Sequence[ListedDeadline]:
        """What runs out by this day (2026-12-06) and is not done, the earliest first."""

    async def log(self, day: str, limit: int, *, screened: Collection[str]) -> Sequence[DiaryLine]:
        """What was said on this day, the earliest first."""


class Timeline(Protocol):
    """The clients' timelines, read a page at a time."""

    async def page(
        self, client_id: str, page: Page, wanted: EntryFilter = WHOLE_TIMELINE
    ) -> Sequence[Entry]:
        """The entries of one client that fit, by instant and id, after the given place."""

    async def told_by(
        self, client_id: str, event_ids: Sequence[str], *, screened: Collection[str]
    ) -> Sequence[Entry]:
        """What these events wrote on this client's timeline, the earliest first."""


class StaffBook(Protocol):
    """Everybody who works here."""

    async def everybody(self) -> Sequence[StaffMember]:
        """All staff, by id."""

    async def keys(self) -> Sequence[ApiKey]:
        """All API keys, as hashes."""


@dataclass(frozen=True, slots=True)
class SignedOn:
    """Who the firm's single sign-on says somebody is."""

    subject: str  # issuer and subject: this stays the same for a person
    user: str | None  # their e-mail address, if the provider has verified it


class SingleSignOn(Protocol):
    """The firm's own identity provider."""

    async def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser; raises TemporaryError when the provider is away."""

    async def redeem(self, code: str, *, nonce: str, verifier: str) -> SignedOn:
        """Who came back with this code; RuleError when the provider does not vouch for them."""


class Services(Protocol):
    """The five services, as whoever keeps them running sees them."""

    async def figures(self, service: str) -> Figures | None:
        """How it fares; None when it does not answer."""

    async def digest(self, staff_id: str) -> DigestPlanned | None:
        """When reminders sends this person's digest next, and what became of the last.

        None when reminders is away.
        """

    async def letters(self, service: str, fingerprint: str) -> Sequence[DeadLetterShown]:
        """Its dead letters of one cause, a hundred at most; TemporaryError when it is away."""

    async def settle(
        self, service: str, do: str, choice: Mapping[str, str], actor: StaffMember
    ) -> Mapping[str, int] | Refused:
        """Try letters again or put them aside; how many had which outcome.

        ``do``: replay or discard. TemporaryError when the service is away.
        """


class SourceBook(Protocol):
    """Every system events were heard from."""

    async def everything(self) -> Sequence[Source]:
        """All sources, by name, two hundred at most."""


class Checks(Protocol):
    """Intake's conflict checks, for whoever decides them; TemporaryError when it is away."""

    async def listed(self, asked: ChecksAsked, actor: StaffMember) -> ChecksListed | Refused:
        """A page of the register."""

    async def told(self, asked: ChecksAsked, actor: StaffMember) -> CheckTold | Refused:
        """A record: looked at, made by a search, or reopened."""

    async def clearance(self, client_id: str, actor: StaffMember) -> ClearanceTold | Refused:
        """Whether the firm may act for a client, as far as their own checks go."""


class Cards(Protocol):
    """What intake knows of clients; TemporaryError when it is away."""

    async def card(self, client_id: str, actor: StaffMember) -> CardTold | Refused:
        """One client: their wishes, consents, matters, and who matters to them."""


class CurrentClients(Protocol):
    """Whom the firm acts for at this moment; TemporaryError when intake is away."""

    async def some(self, actor: StaffMember, after: str = "") -> CurrentClientsTold | Refused:
        """Those after this id, in order."""


class RecordFiles(Protocol):
    """What every service holds of a client who asked to see it."""

    async def gathered(
        self, request_id: str, actor: StaffMember
    ) -> Mapping[str, list[dict[str, Any]]] | Refused:
        """What each service holds, by its name; TemporaryError when one of them is away."""


class Outgoing(Protocol):
    """What goes out next to clients, asked of reminders; TemporaryError when it is away."""

    async def listed(self, client_id: str, actor: StaffMember) -> OutgoingListed | Refused:
        """Everything on its way to a client, with what speaks against it."""

    async def decide(self, asked: OutgoingAsked, actor: StaffMember) -> OutgoingDecided | Refused:
        """Hold, release, skip, send or move some of it, as far as its rules allow."""

    async def sent(self, client_id: str, contact_id: str, actor: StaffMember) -> SentTold | Refused:
        """One message as it went to this client."""


class Restrictions(Protocol):
    """Intake's register of restrictions; TemporaryError when it is away."""

    async def listed(
        self, asked: RestrictionsAsked, actor: StaffMember
    ) -> RestrictionsListed | Refused:
        """What stands, with the reasons for whoever may read them."""

    async def settle(
        self, asked: RestrictionsAsked, actor: StaffMember
    ) -> RestrictionSettled | Refused:
        """Place one or lift one."""


class Owners(Protocol):
    """The services that own tasks, asked directly."""

    async def decide(self, service: str, decision: Mapping[str, Any]) -> Answer:
        """Put a person's decision to the owner; raises TemporaryError when it is away."""

    async def values(
        self, service: str, task_id: str, actor: StaffMember
    ) -> Mapping[str, Any] | Refused:
        """The values of a task's fields for this person; TemporaryError when it is away."""
