"""What feedback tells of its counts, as a test wrote it down."""

from dataclasses import dataclass, field
from typing import TypeVar

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.reports import (
    CausesTold,
    LearningsTold,
    OverviewTold,
    ReportAsked,
    ReportTold,
    RisksTold,
    RowsTold,
)
from shared.errors import TemporaryError

T = TypeVar("T")


@dataclass
class ScriptedReports:
    """What feedback counts, as a test wrote it down: nothing, unless it says something else."""

    told: ReportTold = field(
        default_factory=lambda: ReportTold(
            report="commitments", scope="firm", since="2026-02", until="2026-03", figures=[],
            months=[], scopes=[], fewest=5,
        )
    )  # fmt: skip
    behind: RowsTold = field(default_factory=lambda: RowsTold(rows=[]))
    at_risk: RisksTold = field(default_factory=lambda: RisksTold(risks=[]))
    caused: CausesTold = field(default_factory=lambda: CausesTold(causes=[], learnings=[]))
    learned: LearningsTold = field(
        default_factory=lambda: LearningsTold(since="2026-02", until="2026-03", learnings=[])
    )
    refused: Refused | None = None
    away: bool = False
    asked: list[ReportAsked] = field(default_factory=list)
    by: list[str] = field(default_factory=list)

    async def report(self, asked: ReportAsked, actor: StaffMember) -> ReportTold | Refused:
        """One report."""
        return self._told(self.told, actor, asked)

    async def overview(self, asked: ReportAsked, actor: StaffMember) -> OverviewTold | Refused:
        """Every report: the one that is written down."""
        told = OverviewTold(
            since=self.told.since,
            until=self.told.until,
            reports=[self.told],
            at_risk=len(self.at_risk.risks),
        )
        return self._told(told, actor, asked)

    async def rows(self, asked: ReportAsked, actor: StaffMember) -> RowsTold | Refused:
        """What is behind a figure."""
        return self._told(self.behind, actor, asked)

    async def risks(self, actor: StaffMember) -> RisksTold | Refused:
        """Who may leave."""
        return self._told(self.at_risk, actor)

    async def causes(self, actor: StaffMember) -> CausesTold | Refused:
        """What concerns came from."""
        return self._told(self.caused, actor)

    async def learning(self, asked: ReportAsked, actor: StaffMember) -> LearningsTold | Refused:
        """What was given to learn."""
        return self._told(self.learned, actor, asked)

    def _told(self, told: T, actor: StaffMember, asked: ReportAsked | None = None) -> T | Refused:
        if self.away:
            raise TemporaryError("away")
        self.by.append(actor.staff_id)
        self.asked += [asked] if asked else []
        return self.refused or told
