"""How does the desk ask feedback what the firm's work adds up to?

One NATS request in the name of a person. What comes back is shown and not kept.
"""

from services.desk.domain.staff import StaffMember
from services.desk.gateways.asking_for_people import A, AskingForPeople
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
from shared.engine.runtime import Runtime
from shared.requests.actors import ActorSigner

SUBJECT = "reports.feedback"
SECONDS = 10.0


class NatsReports:
    """What feedback counts, asked over NATS."""

    def __init__(self, runtime: Runtime, signer: ActorSigner | None = None) -> None:
        self._asking = AskingForPeople(runtime, signer, SUBJECT)

    async def report(self, asked: ReportAsked, actor: StaffMember) -> ReportTold | Refused:
        """One report; TemporaryError when feedback is away, as with all of these."""
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

    async def _ask(self, asked: ReportAsked, actor: StaffMember, told: type[A]) -> A | Refused:
        return await self._asking.ask(asked.model_dump(mode="json"), actor, told, SECONDS)
