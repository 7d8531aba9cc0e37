"""What do the pages work with, and who is asking?

``Desk`` is handed to the application once, by ``app.py``; each request finds it, and the person
behind its key, as a dependency.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Protocol, TypeVar, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from services.desk.api.problems import ProblemError
from services.desk.domain.locations import Names
from services.desk.domain.staff import StaffMember, hash_of
from services.desk.ports.accesses import AccessBook
from services.desk.ports.answers import Refused
from services.desk.ports.checks import Checks
from services.desk.ports.clients import (
    Cards,
    Concerns,
    CurrentClients,
    Finds,
    Outgoing,
    RecordFiles,
)
from services.desk.ports.diary import DiaryBook
from services.desk.ports.editions import Editions
from services.desk.ports.imports import Imports
from services.desk.ports.inquiries import InquiryBook
from services.desk.ports.owed import OwedBook
from services.desk.ports.restrictions import Restrictions
from services.desk.ports.sender_checks import SenderChecks
from services.desk.ports.staff import API_KEYS, STAFF, StaffBook
from services.desk.ports.systems import Services, SourceBook
from services.desk.ports.tasks import Owners, TaskList
from services.desk.ports.timeline import Timeline
from services.desk.workflow.incident_declaring import IncidentConfig
from shared.calendar import FirmCalendar
from shared.contracts.envelope import Cause
from shared.contracts.firm_decisions import NOBODY_SAID, WhoDecides
from shared.contracts.firm_roles import FirmRoles
from shared.contracts.reports import (
    CausesTold,
    LearningsTold,
    OverviewTold,
    ReportAsked,
    ReportTold,
    RisksTold,
    RowsTold,
)
from shared.contracts.reviews import ReviewsAsked, ReviewsListed
from shared.engine.runtime import Runtime
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

R = TypeVar("R")
SOURCE = "urn:clientele:desk"
_bearer = HTTPBearer(auto_error=False, description="An API key of one person of the firm.")


class Reports(Protocol):
    """What feedback counts, for partners; TemporaryError when it is away."""

    async def report(self, asked: ReportAsked, actor: StaffMember) -> ReportTold | Refused:
        """One report, with its months and scopes."""

    async def overview(self, asked: ReportAsked, actor: StaffMember) -> OverviewTold | Refused:
        """Every report of the firm as a whole."""

    async def rows(self, asked: ReportAsked, actor: StaffMember) -> RowsTold | Refused:
        """The things behind a figure."""

    async def risks(self, actor: StaffMember) -> RisksTold | Refused:
        """Which clients may leave, and why."""

    async def causes(self, actor: StaffMember) -> CausesTold | Refused:
        """What concerns came from, and what was learned."""

    async def learning(self, asked: ReportAsked, actor: StaffMember) -> LearningsTold | Refused:
        """What was given to learn, and learned, in words."""


class Reviews(Protocol):
    """All reviews, for whoever works with them; TemporaryError when reputation is away."""

    async def listed(self, asked: ReviewsAsked, actor: StaffMember) -> ReviewsListed | Refused:
        """Those that fit, and the figures of every site and location."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the pages work with."""

    runtime: Runtime
    tasks: TaskList
    timeline: Timeline
    staff: StaffBook
    owners: Owners
    services: Services
    sources: SourceBook
    checks: Checks
    cards: Cards
    concerns: Concerns
    outgoing: Outgoing
    editions: Editions
    senders: SenderChecks
    imports: Imports
    reports: Reports
    reviews: Reviews
    inquiries: InquiryBook
    owed: OwedBook
    diary: DiaryBook
    calendar: FirmCalendar
    incidents: IncidentConfig
    currents: CurrentClients
    restrictions: Restrictions
    records: RecordFiles
    accesses: AccessBook
    finds: Finds
    zone: ZoneInfo
    locations: Names = field(default_factory=dict)  # what the firm calls where its reviews stand
    sole_practice: bool = False  # one lawyer is the whole firm
    take_back: timedelta = timedelta(0)  # how long a decision on a page may be taken back
    count_held: Callable[[str], None] = lambda _outcome: None  # one more that could be
    firm_roles: FirmRoles = field(
        default_factory=dict
    )  # who decides which kind of task, where the firm says so
    who_decides: WhoDecides = NOBODY_SAID  # the same, with single decisions

    async def act(
        self,
        step: Callable[[UnitOfWork], R],
        needs: Callable[[ReadSoFar], Iterable[Need]],
        id: str,
    ) -> R:
        """Do what a person asked for, in one transaction, under the id of their request."""
        cause = Cause(SOURCE, id, "request", id, None, self.runtime.clock.now())
        return await self.runtime.act(step, needs, cause=cause)


def desk_of(request: Request) -> Desk:
    """The desk behind this application."""
    return cast("Desk", request.app.state.desk)


TheDesk = Annotated[Desk, Depends(desk_of)]


async def signed_in(
    request: Request,
    desk: TheDesk,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> StaffMember:
    """The person whose key this is; anybody else is refused."""
    if credentials is not None:
        person = await _holder(desk.runtime, hash_of(credentials.credentials))
        if person is not None:
            request.state.asked_by = person
            return person
    raise ProblemError(
        401,
        "Send a valid API key as: Authorization: Bearer <key>.",
        code="not-signed-in",
        headers={"WWW-Authenticate": "Bearer"},
    )


async def _holder(runtime: Runtime, key_hash: str) -> StaffMember | None:
    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield API_KEYS.one(key_hash)
        key = unit.peek(API_KEYS, key_hash)
        if key is not None and key.active:
            yield STAFF.one(key.staff_id)

    unit = await runtime.look(needs)
    key = unit.get(API_KEYS, key_hash)
    person = unit.peek(STAFF, key.staff_id) if key is not None else None
    return person if person is not None and person.active else None


Person = Annotated[StaffMember, Depends(signed_in)]


def request_id(
    person: Person,
    request: Request,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=255)] = None,
) -> str:
    """The id of what this request does: the same for a request made again under its key."""
    if idempotency_key is None:
        return f"r-{uuid4().hex}"
    return id_under(person, request.url.path, idempotency_key)


def id_under(person: StaffMember, path: str, key: str) -> str:
    """The id of what a person asks for there under this key."""
    said = f"{person.staff_id}\n{path}\n{key}"
    return f"r-{hashlib.sha256(said.encode()).hexdigest()[:32]}"


RequestId = Annotated[str, Depends(request_id)]
