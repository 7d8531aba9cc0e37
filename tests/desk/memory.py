# reason: one desk over memory, with everything it is asked
"""The desk's API over plain memory, with owners that answer what a test tells them."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

import httpx

from services.desk.api.application import build_api
from services.desk.api.desk import Desk
from services.desk.domain.accesses import Access, AccessOutcome
from services.desk.domain.cards import beginnings
from services.desk.domain.due import DueWindow
from services.desk.domain.holding import may_decide
from services.desk.domain.inquiries import ENDS, OPEN, ListedInquiry, ids_of
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.lists import (
    EPOCH,
    WHOLE_TIMELINE,
    EntryFilter,
    Page,
    TaskFilter,
)
from services.desk.domain.sources import Source
from services.desk.domain.staff import ApiKey, Seed, StaffMember
from services.desk.domain.timeline import Entry
from services.desk.domain.walls import walled_off
from services.desk.domain.workload import Load, loads_of
from services.desk.listeners import listeners
from services.desk.ports.accesses import ACCESSES
from services.desk.ports.clients import CARDS
from services.desk.ports.inquiries import INQUIRIES, PhaseCount
from services.desk.ports.staff import API_KEYS, STAFF
from services.desk.ports.systems import SOURCES
from services.desk.ports.tasks import LISTED
from services.desk.ports.timeline import ENTRIES
from services.desk.staff import deciders, views
from services.desk.workflow.seeding import seed, seed_needs
from shared.calendar import FirmCalendar
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from tests.desk.cutting import cut, is_sought
from tests.desk.facts import EVERYBODY
from tests.desk.incident_plans import as_shipped
from tests.desk.lists_over_memory import MemoryImports
from tests.desk.memory_editions import MemoryEditions
from tests.desk.owed_over_memory import MemoryDiaryBook, MemoryOwedBook
from tests.desk.scripted import (
    ScriptedCards,
    ScriptedChecks,
    ScriptedCurrents,
    ScriptedOutgoing,
    ScriptedOwners,
    ScriptedRecords,
    ScriptedRestrictions,
    ScriptedServices,
)
from tests.desk.scripted_concerns import ScriptedConcerns
from tests.desk.scripted_finds import ScriptedFinds
from tests.desk.scripted_reports import ScriptedReports
from tests.desk.scripted_reviews import ScriptedReviews
from tests.desk.scripted_senders import ScriptedSenders
from tests.fakes.memory import MemoryService

R = TypeVar("R")
LONDON = ZoneInfo("Europe/London")


def key_of(person: StaffMember) -> str:
    """The API key of a person of the tests."""
    return f"key-of-{person.staff_id}".ljust(43, "x")


class MemoryTaskList:
    """The task list over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def page(self, wanted: TaskFilter, page: Page) -> Sequence[ListedTask]:
        """The tasks that fit, by due instant and id, after the given place."""
        fitting = self._all(wanted)
        if wanted.ended:
            return cut(fitting, page, lambda task: (task.ended_at or EPOCH, task.task_id))
        return cut(fitting, page, lambda task: (cast("datetime", task.due_at), task.task_id))

    async def count(self, wanted: TaskFilter) -> int:
        """How many fit."""
        return len(self._all(wanted))

    async def dues(self, wanted: TaskFilter) -> Sequence[datetime | None]:
        """The due instants of all that fit."""
        return [each.due_at for each in self._all(wanted)]

    async def loads(self, wanted: TaskFilter, windows: Mapping[str, DueWindow]) -> Sequence[Load]:
        """How many that fit each person has, and how many of them fall due when."""
        return loads_of(self._all(wanted), windows)

    async def titles(self) -> Sequence[str]:
        """What open tasks are called."""
        return sorted({each.title for each in self._office.all(LISTED) if each.state == "open"})

    async def clients_called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of clients whose name has words that begin like these."""
        cards = self._office.all(CARDS)
        return [c.client_id for c in cards if words and set(words) <= set(beginnings(c.name))]

    def _all(self, wanted: TaskFilter) -> list[ListedTask]:
        return [each for each in self._office.all(LISTED) if self._fits(each, wanted)]

    def _fits(self, task: ListedTask, wanted: TaskFilter) -> bool:
        return (
            task.state != "unseen"
            and wanted.state in (None, task.shown_state(self._office.now))
            and (wanted.state is None or task.held_back is None)
            and (not wanted.ended or task.state in ("done", "cancelled"))
            and wanted.waiting in (None, task.waiting)
            and wanted.priority in (None, task.priority)
            and (wanted.may is None or may_decide(task, wanted.may))
            and not walled_off(task.about, wanted.seen_by)
            and (wanted.sought is None or is_sought(task, wanted.sought))
            and wanted.kind in (None, task.kind)
            and (wanted.owner_id in (None, task.owner_id))
            and (wanted.lies_with is None or task.lies_with(wanted.lies_with, self._office.now))
            and (not wanted.unowned or task.owner_id is None)
            and task.due_at is not None
            and task.due_at in wanted.due
            and wanted.client_id in (None, task.about.get("client_id"))
            and wanted.matter_id in (None, task.about.get("matter_id"))
        )


class MemoryInquiryBook:
    """The pipeline over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def page(
        self, phase: str, limit: int, after: str = "", *, screened: Collection[str]
    ) -> Sequence[ListedInquiry]:
        """Those that stand there, or in any open phase."""
        fitting = [each for each in self._seen(screened) if _stands(each, phase)]
        if phase in ENDS:
            fitting.sort(key=lambda each: (each.moved_at or EPOCH, each.inquiry_id), reverse=True)
            return fitting[:limit]
        fitting.sort(key=lambda each: each.order)
        return [each for each in fitting if each.order > after][:limit]

    async def counts(
        self, received_since: datetime, *, screened: Collection[str]
    ) -> Sequence[PhaseCount]:
        """How many stand where, by how they came."""
        found: dict[tuple[str, str, str], list[int]] = {}
        for each in self._seen(screened):
            recent = each.received_at is not None and each.received_at >= received_since
            if recent or each.phase in OPEN:
                row = found.setdefault((each.channel, each.referral, each.phase), [0, 0])
                row[0] += 1
                row[1] += recent
        return [PhaseCount(*names, *numbers) for names, numbers in found.items()]

    async def tasks(self, inquiry_ids: Sequence[str]) -> Sequence[ListedTask]:
        """The open tasks about these inquiries."""
        every = self._office.all(LISTED)
        return [t for t in every if t.state == "open" and t.about.get("inquiry_id") in inquiry_ids]

    async def called(self, words: Sequence[str]) -> Sequence[str]:
        """Ids of inquiries whose name has words that begin like these."""
        rows = self._office.all(INQUIRIES)
        return [r.inquiry_id for r in rows if words and set(words) <= set(beginnings(r.name))]

    def _seen(self, screened: Collection[str]) -> list[ListedInquiry]:
        rows = self._office.all(INQUIRIES)
        return [each for each in rows if not walled_off(ids_of(each), screened)]


def _stands(inquiry: ListedInquiry, phase: str) -> bool:
    return inquiry.phase == phase if phase else inquiry.phase in OPEN


class MemoryTimeline:
    """The timelines over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def page(
        self, client_id: str, page: Page, wanted: EntryFilter = WHOLE_TIMELINE
    ) -> Sequence[Entry]:
        """The entries of one client that fit, by instant and id, after the given place."""
        fitting = [
            each
            for each in self._own(client_id, wanted.screened)
            if (
                wanted.kinds is None or each.kind in wanted.kinds or (wanted.or_talks and each.talk)
            )
            and each.at in wanted.within
        ]
        return cut(fitting, page, lambda entry: (entry.at, entry.entry_id))

    async def told_by(
        self, client_id: str, event_ids: Sequence[str], *, screened: Collection[str]
    ) -> Sequence[Entry]:
        """What these events wrote on this client's timeline, the earliest first."""
        found = [each for each in self._own(client_id, screened) if each.event_id in event_ids]
        return sorted(found, key=lambda entry: (entry.at, entry.entry_id))

    def _own(self, client_id: str, screened: Collection[str]) -> list[Entry]:
        return [
            each
            for each in self._office.all(ENTRIES)
            if each.client_id == client_id
            and not walled_off({"matter_id": each.matter_id}, screened)
        ]


class MemoryStaffBook:
    """Staff over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def everybody(self) -> Sequence[StaffMember]:
        """All staff, by id."""
        return self._office.all(STAFF)

    async def keys(self) -> Sequence[ApiKey]:
        """All API keys, as hashes."""
        return self._office.all(API_KEYS)


class MemorySourceBook:
    """Sources of events over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def everything(self) -> Sequence[Source]:
        """All sources, by name."""
        return sorted(self._office.all(SOURCES), key=lambda each: each.source)


class MemoryAccessBook:
    """The access log over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office

    async def about(
        self, subject: str, outcomes: Sequence[AccessOutcome], limit: int
    ) -> Sequence[Access]:
        """The rows about one client, matter or inquiry, the last first."""
        return self._last(lambda e: e.subject == subject and e.outcome in outcomes)[:limit]

    async def opened_by(self, staff_id: str, limit: int) -> Sequence[Access]:
        """What this person has opened, the last first."""
        return self._last(lambda e: e.staff_id == staff_id and e.outcome == "opened")[:limit]

    def _last(self, fits: Callable[[Access], bool]) -> list[Access]:
        found = [each for each in self._office.all(ACCESSES) if fits(each)]
        return sorted(found, key=lambda each: (each.at, each.access_id), reverse=True)


class _Clock:
    def __init__(self, office: MemoryService) -> None:
        self._office = office

    def now(self) -> datetime:
        return self._office.now


class _Keys:
    def mark(self, content: bytes) -> bytes:
        return hashlib.sha256(content).digest()


class MemoryRuntime:
    """As much of a runtime as pages use, over memory."""

    def __init__(self, office: MemoryService) -> None:
        self._office = office
        self.clock = _Clock(office)
        self.keys = _Keys()

    async def act(
        self,
        step: Callable[[UnitOfWork], R],
        needs: Callable[[ReadSoFar], Iterable[Need]],
        *,
        cause: Cause,
    ) -> R:
        """One step, kept when it does not raise."""
        return self._office.act(step, needs, cause)

    async def look(self, needs: Callable[[ReadSoFar], Iterable[Need]]) -> UnitOfWork:
        """Read what is needed."""
        unit = UnitOfWork(self._office.service, self._office.now)
        self._office.fill(unit, [needs])
        return unit


@dataclass
class MemoryDesk:
    """A desk to call: its office to hear events, its owners to script, a client per person."""

    office: MemoryService
    owners: ScriptedOwners
    desk: Desk
    services: "ScriptedServices"
    checks: "ScriptedChecks"
    outgoing: "ScriptedOutgoing"
    cards: "ScriptedCards"
    concerns: "ScriptedConcerns"
    currents: "ScriptedCurrents"
    restrictions: "ScriptedRestrictions"
    reports: "ScriptedReports"
    finds: "ScriptedFinds"
    reviews: "ScriptedReviews"
    senders: "ScriptedSenders"
    imports: "MemoryImports"

    def as_person(self, person: StaffMember | None) -> httpx.AsyncClient:
        """An HTTP client with the key of this person, or without a key."""
        api = build_api("desk", "1", self.desk)
        headers = {"Authorization": f"Bearer {key_of(person)}"} if person else {}
        transport = httpx.ASGITransport(api, raise_app_exceptions=False)
        return httpx.AsyncClient(
            transport=transport, base_url="http://desk/api/v1", headers=headers
        )


def memory_desk(now: datetime) -> MemoryDesk:
    """A desk at which everybody of the tests works."""
    config = as_shipped()
    office = MemoryService("desk", listeners=listeners(LONDON, config), now=now)
    office.deciders, office.views = deciders(config), views(config)
    seeds = [Seed(each.staff_id, each.roles, key_of(each)) for each in EVERYBODY]
    cause = Cause("urn:clientele:desk", "start", "start", "start", None, now)
    office.act(seed(seeds, [], []), seed_needs(seeds, [], []), cause)
    owners, services, checks = ScriptedOwners(), ScriptedServices(), ScriptedChecks()
    outgoing, cards, concerns = ScriptedOutgoing(), ScriptedCards(), ScriptedConcerns()
    currents, restrictions = ScriptedCurrents(), ScriptedRestrictions()
    reports, finds, reviews = ScriptedReports(), ScriptedFinds(), ScriptedReviews()
    senders, imports = ScriptedSenders(), MemoryImports()
    desk = Desk(
        runtime=cast("Runtime", MemoryRuntime(office)),
        tasks=MemoryTaskList(office),
        timeline=MemoryTimeline(office),
        staff=MemoryStaffBook(office),
        owners=owners,
        services=services,
        sources=MemorySourceBook(office),
        checks=checks,
        outgoing=outgoing,
        editions=MemoryEditions(),
        senders=senders,
        imports=imports,
        records=ScriptedRecords(),
        reports=reports,
        reviews=reviews,
        cards=cards,
        concerns=concerns,
        inquiries=MemoryInquiryBook(office),
        owed=MemoryOwedBook(office),
        diary=MemoryDiaryBook(office),
        calendar=FirmCalendar(LONDON),
        incidents=config,
        currents=currents,
        restrictions=restrictions,
        accesses=MemoryAccessBook(office),
        finds=finds,
        zone=LONDON,
    )
    return MemoryDesk(
        office,
        owners,
        desk,
        services,
        checks,
        outgoing,
        cards,
        concerns,
        currents,
        restrictions,
        reports,
        finds,
        reviews,
        senders,
        imports,
    )
