"""Reports as feedback itself tells them, over memory: what it heard, counted and answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from services.feedback.api.reports import ReportRequest, answer_reports
from services.feedback.domain.fact import Fact
from services.feedback.domain.pattern import Learning
from services.feedback.domain.retention_risk import Risk
from services.feedback.domain.tally import Tally
from services.feedback.listeners import listeners
from services.feedback.ports import CAUSES, FACTS, LEARNINGS, RISKS, TALLIES
from services.feedback.settings import FeedbackSettings
from shared.contracts.reports import (
    CausesTold,
    LearningsTold,
    OverviewTold,
    ReportAsked,
    ReportTold,
    RisksTold,
    RowsTold,
)
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime

T = TypeVar("T")


@dataclass
class MemoryReportBook:
    """What feedback keeps for reports, over memory; as ``MongoReports``."""

    office: MemoryService

    async def tallies(
        self, measures: Sequence[str], months: Sequence[str], scope: str | None
    ) -> list[Tally]:
        """The tallies of these months, of one scope or of all."""
        return [
            each
            for each in self.office.all(TALLIES)
            if each.measure in measures and each.month in months and scope in (None, each.scope)
        ]

    async def rows(
        self,
        measure: str,
        months: Sequence[str],
        labels: Sequence[str],
        scope: str,
        *,
        after: str | None,
        most: int,
        screened: frozenset[str],
    ) -> list[Fact]:
        """Facts counted in these months and this scope, under any of the labels; latest first."""
        found = [
            each
            for each in self.office.all(FACTS)
            if each.measure == measure
            and each.counted is not None
            and each.counted.month in months
            and scope in each.counted.scopes
            and (not labels or set(labels) & set(each.counted.labels))
            and not _subjects(each) & screened
        ]
        ordered = sorted(found, key=_place, reverse=True)
        return [each for each in ordered if after is None or _place(each) < after][:most]

    async def risks(self, most: int, screened: frozenset[str]) -> list[Risk]:
        """Clients who may leave, the latest first."""
        found = [
            each
            for each in self.office.all(RISKS)
            if each.raised_at is not None and f"client:{each.client_id}" not in screened
        ]
        return sorted(found, key=lambda each: str(each.raised_at), reverse=True)[:most]

    async def risk_count(self, screened: frozenset[str]) -> int:
        """How many there are of them."""
        return len(await self.risks(len(self.office.all(RISKS)), screened))

    async def cause_codes(self) -> list[str]:
        """The codes of every cause a concern came from."""
        return sorted(each.cause_code for each in self.office.all(CAUSES))

    async def learnings(self, most: int) -> list[Learning]:
        """What is to be learned or was, the latest first."""
        found = sorted(self.office.all(LEARNINGS), key=lambda each: str(each.assigned_at))
        return found[::-1][:most]


@dataclass
class MemoryReports:
    """Feedback, asked as the desk asks it."""

    settings: FeedbackSettings = field(default_factory=FeedbackSettings)
    office: MemoryService = field(init=False)

    def __post_init__(self) -> None:
        self.office = MemoryService("feedback", listeners=listeners(self.settings))

    async def report(self, asked: ReportAsked, actor: StaffMember) -> ReportTold | Refused:
        """One report."""
        return await self._ask(asked, actor, ReportTold)

    async def overview(self, asked: ReportAsked, actor: StaffMember) -> OverviewTold | Refused:
        """Every report of the firm as a whole."""
        return await self._ask(asked, actor, OverviewTold)

    async def rows(self, asked: ReportAsked, actor: StaffMember) -> RowsTold | Refused:
        """The things behind a figure."""
        return await self._ask(asked, actor, RowsTold)

    async def risks(self, actor: StaffMember) -> RisksTold | Refused:
        """Which clients may leave, and why."""
        return await self._ask(ReportAsked(ask="risks"), actor, RisksTold)

    async def causes(self, actor: StaffMember) -> CausesTold | Refused:
        """What concerns came from, and what was learned."""
        return await self._ask(ReportAsked(ask="causes"), actor, CausesTold)

    async def learning(self, asked: ReportAsked, actor: StaffMember) -> LearningsTold | Refused:
        """What was given to learn, and learned, in words."""
        return await self._ask(asked, actor, LearningsTold)

    async def _ask(self, asked: ReportAsked, actor: StaffMember, told: type[T]) -> T | Refused:
        answer = answer_reports(self.settings, lambda _: MemoryReportBook(self.office))
        runtime = cast("Runtime", MemoryRuntime(self.office))
        who = Actor(id=actor.staff_id, roles=actor.roles, screened=tuple(actor.screened))
        said: dict[str, Any] = asked.model_dump()
        try:
            found = await answer(runtime, ReportRequest(**said, actor=who))
        except RuleError as no:
            return Refused(no.code, no.message, no.field)
        assert isinstance(found, told)
        return found


def _place(fact: Fact) -> str:
    return f"{fact.at.isoformat() if fact.at else ''} {fact.fact_id}"


def _subjects(fact: Fact) -> set[str]:
    ids = {"client": fact.said.get("client_id"), "matter": fact.matter_id,
           "inquiry": fact.said.get("inquiry_id")}  # fmt: skip
    return {f"{scope}:{id}" for scope, id in ids.items() if id}
