"""Which documents do the steps of intake use, and how do they find them?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from services.intake.domain.asked_addresses import AskedAddress
from services.intake.domain.attendance import AttendanceNote, Changed
from services.intake.domain.checks import Check
from services.intake.domain.clients import Client
from services.intake.domain.consents import Consent, consent_key
from services.intake.domain.dispositions import Settled
from services.intake.domain.due_times import DueTimes
from services.intake.domain.duplicates import Duplicate
from services.intake.domain.identifiers import reached_by
from services.intake.domain.inquiries import Inquiry
from services.intake.domain.known import Corpus, Known
from services.intake.domain.letter_texts import LetterTexts
from services.intake.domain.matters import Matter
from services.intake.domain.parties import Party, party_key
from services.intake.domain.records_requests import RecordsRequest
from services.intake.domain.restrictions import Restriction
from services.intake.domain.screening import Screening
from services.intake.domain.search_keys import WHOLE_NAME
from services.intake.domain.sole_practice import SolePractice
from shared.contracts.checks import Show
from shared.contracts.firm_roles import FirmRoles
from shared.profiles.profile import Retention
from shared.state.document_types import DocumentType, First

MOST_NAMESAKES = 60  # known parties of the very same name; where more are, no others are read
MOST_READ = 120  # known parties that one new name is compared with; more are said to be left
MOST_LED = 500  # open matters of one lawyer
MOST_REACHED = 50  # people of one address or number

CLIENTS: DocumentType[Client] = DocumentType(
    "clients",
    Client,
    key=lambda client: client.client_id,
    lookups={"reach": reached_by},
    most={"reach": MOST_REACHED},
)
MATTERS: DocumentType[Matter] = DocumentType(
    "matters",
    Matter,
    key=lambda matter: matter.matter_id,
    lookups={
        "client": lambda matter: [matter.client_id] if matter.client_id else [],
        "led": lambda matter: matter.led_by,
    },
    most={"led": MOST_LED},
)
PARTIES: DocumentType[Party] = DocumentType(
    "parties",
    Party,
    key=lambda party: party_key(party.matter_id, party.party_id),
    lookups={"matter": lambda party: [party.matter_id], "reach": reached_by},
    most={"reach": MOST_REACHED},
)
INQUIRIES: DocumentType[Inquiry] = DocumentType(
    "inquiries",
    Inquiry,
    key=lambda inquiry: inquiry.inquiry_id,
    lookups={
        "client": lambda inquiry: [inquiry.client_id] if inquiry.client_id else [],
        "reach": reached_by,
    },
    most={"reach": MOST_REACHED},
)
ASKED_ADDRESSES: DocumentType[AskedAddress] = DocumentType(
    "asked_addresses", AskedAddress, key=lambda address: address.address_key
)
CONSENTS: DocumentType[Consent] = DocumentType(
    "consents",
    Consent,
    key=lambda each: consent_key(each.client_id, each.purpose, each.channel, own=each.own),
    lookups={"client": lambda consent: [consent.client_id]},
)
ATTENDANCE_NOTES: DocumentType[AttendanceNote] = DocumentType(
    "attendance_notes",
    AttendanceNote,
    key=lambda note: note.note_id,
    lookups={
        "appointment": lambda note: [note.appointment_id],
        "client": lambda note: [note.client_id],
    },
)
APPOINTMENT_CHANGES: DocumentType[Changed] = DocumentType(
    "appointment_changes", Changed, key=lambda changed: changed.appointment_id
)
CHECKS: DocumentType[Check] = DocumentType(
    "conflict_checks",
    Check,
    key=lambda check: check.check_id,
    lookups={
        "subject": lambda check: [check.subject],
        "inquiry": lambda check: check.inquiry_ids,
        "matter": lambda check: [check.matter_id] if check.matter_id else [],
    },
)
SETTLED: DocumentType[Settled] = DocumentType(
    "conflict_dispositions", Settled, key=lambda settled: settled.pair
)
CONFLICT_INDEX: DocumentType[Known] = DocumentType(
    "conflict_index",
    Known,
    key=lambda known: known.ref,
    lookups={"filed": lambda known: known.filed, "claimed": lambda known: known.claimed},
    most={"filed": MOST_READ, "claimed": MOST_READ},
    first={"filed": First(WHOLE_NAME, MOST_NAMESAKES)},
)
RESTRICTIONS: DocumentType[Restriction] = DocumentType(
    "restrictions",
    Restriction,
    key=lambda each: each.restriction_id,
    lookups={"subject": lambda each: each.standing},
)
DUPLICATES: DocumentType[Duplicate] = DocumentType(
    "duplicates",
    Duplicate,
    key=lambda each: each.pair_id,
    lookups={"client": lambda each: each.client_ids},
)
RECORDS_REQUESTS: DocumentType[RecordsRequest] = DocumentType(
    "records_requests",
    RecordsRequest,
    key=lambda each: each.request_id,
    lookups={"state": lambda each: [each.state]},
)
SCREENINGS: DocumentType[Screening] = DocumentType(
    "conflict_screenings", Screening, key=lambda screening: screening.name
)
CORPUS: DocumentType[Corpus] = DocumentType(
    "conflict_corpus", Corpus, key=lambda corpus: corpus.name
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmConfig:
    """What the firm has settled once for all inquiries and checks."""

    name: str
    times: DueTimes
    claims_kept_for: timedelta  # names that only an inquirer told, until a person takes it
    history_after: timedelta  # how long ago what calls itself history must have happened
    letters: Mapping[str, LetterTexts]
    story_link: Callable[[Inquiry], str | None]  # where they tell what it is about; not all can
    sole_practice: SolePractice | None = None
    caution: Mapping[str, str] = field(default_factory=dict)  # the profile's, by language
    retention: Mapping[str, Retention] = field(default_factory=dict)  # the profile's, by class
    firm_roles: FirmRoles = field(default_factory=dict)


class CheckRegister(Protocol):
    """All conflict checks and searches, a page at a time."""

    async def page(
        self, show: Show, after: tuple[datetime, str] | None, limit: int
    ) -> Sequence[Check]:
        """Those that fit, the newest first, after the given place."""

    async def standing_after(self, check_id: str, limit: int) -> Sequence[str]:
        """Ids of checks that are clear, in order, after this one."""

    async def has_unapplied(self) -> bool:
        """Whether an event that makes a name known waits, as a dead letter or parked."""


class OpenMatters(Protocol):
    """All matters that are open."""

    async def clients_after(self, client_id: str, limit: int) -> Sequence[str]:
        """Ids of the clients they are of, in order, after this one, each once."""


class Filed(Protocol):
    """The whole conflict index, some entries at a time."""

    async def after(self, ref: str, limit: int) -> Sequence[str]:
        """The refs that follow this one, in order; from the first one after an empty text."""
