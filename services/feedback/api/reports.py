"""What is the desk told of what the firm's work adds up to?

``reports.feedback`` is asked by the desk alone, in the name of a partner it vouches for. Figures
come from tallies; the things behind them are read page by page.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime

from services.feedback.api.reports_told import (
    cause_told,
    learning_told,
    report_told,
    risk_told,
    row_told,
)
from services.feedback.domain.fact import FIRM
from services.feedback.domain.figures import FIGURES
from services.feedback.domain.report import (
    SAMPLES,
    Report,
    is_month,
    months_until,
    report_of,
)
from services.feedback.domain.retention_risk import Risk, RiskRules, active, reasons_of
from services.feedback.domain.tally import Tally
from services.feedback.ports import CAUSES, ReportBook
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
from shared.contracts.requests import Answer, RequestType
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar

ROLE = "partner"
MOST_ROWS, MOST_RISKS, MOST_LEARNINGS = 50, 500, 50
MOST_IN_WORDS, MOST_KEPT = 100, 2000  # of what was given to learn: told at once, looked through


class ReportRequest(ReportAsked):
    """The question, and who asks it."""

    actor: Actor


REPORTS_REQUEST = RequestType(
    "reports",
    "What the firm's work adds up to: figures, the things behind them, risks, causes.",
    ReportRequest,
    (ReportTold, OverviewTold, RowsTold, RisksTold, CausesTold, LearningsTold),
)
Books = Callable[[Runtime], ReportBook]


def answer_reports(
    settings: FeedbackSettings, books: Books
) -> Callable[[Runtime, ReportRequest], Awaitable[Answer]]:
    """Answers all questions; RuleError for whoever may not ask, or asks what there is not."""
    rules = settings.risk_rules()

    async def answer(runtime: Runtime, asked: ReportRequest) -> Answer:
        if ROLE not in asked.actor.roles:
            raise RuleError(f"Reports are for: {ROLE}.", code="wrong-role")
        book = books(runtime)
        asking = _Asking(runtime, book, settings, rules)
        match asked.ask:
            case "risks":
                return await asking.risks(frozenset(asked.actor.screened))
            case "causes":
                return await asking.causes()
            case "learning":
                return await asking.learning(asked)
            case "rows":
                return await asking.rows(asked)
            case "overview":
                return await asking.overview(asked)
        return await asking.report(asked)

    return answer


class _Asking:
    """One question, over what is kept."""

    def __init__(
        self, runtime: Runtime, book: ReportBook, settings: FeedbackSettings, rules: RiskRules
    ) -> None:
        self._runtime, self._book, self._rules = runtime, book, rules
        self._fewest, self._calendar = settings.fewest_answers, settings.calendar()

    async def report(self, asked: ReportRequest) -> ReportTold:
        """One measure, with its months and scopes."""
        measure, (months, before) = _measure(asked), self._months(asked)
        tallies = await self._book.tallies((measure,), months, None)
        tallies += await self._book.tallies(
            (measure,), before, asked.scope
        )  # all it is compared with
        found = report_of(measure, asked.scope, tallies, months, before, self._fewest)
        return report_told(found, self._fewest)

    async def overview(self, asked: ReportRequest) -> OverviewTold:
        """Every measure of the firm as a whole."""
        months, before = self._months(asked)
        every = (*before, *months)
        tallies = await self._book.tallies(tuple(FIGURES), every, FIRM)
        reports = [self._of(measure, tallies, months, before) for measure in FIGURES]
        return OverviewTold(
            since=months[0],
            until=months[-1],
            reports=[report_told(each, self._fewest) for each in reports],
            at_risk=await self._at_risk(frozenset(asked.actor.screened)),
        )

    async def rows(self, asked: ReportRequest) -> RowsTold:
        """The things behind a figure; not those of a few who said what they think of somebody."""
        measure, (months, _) = _measure(asked), self._months(asked)
        if asked.scope != FIRM and measure in SAMPLES:
            tallies = await self._book.tallies((measure,), months, asked.scope)
            report = report_of(measure, asked.scope, tallies, months, (), self._fewest)
            if any(each.too_few for each in report.figures):
                message = f"Fewer than {self._fewest} answered: they are not shown one by one."
                raise RuleError(message, code="too-few", field="scope")
        labels = tuple(asked.labels)
        rows = await self._book.rows(
            measure,
            months,
            labels,
            asked.scope,
            after=asked.after,
            most=MOST_ROWS + 1,
            screened=frozenset(asked.actor.screened),
        )
        shown = rows[:MOST_ROWS]
        last = f"{shown[-1].at.isoformat()} {shown[-1].fact_id}" if shown and shown[-1].at else None
        return RowsTold(
            rows=[row_told(each) for each in shown], next=last if len(rows) > MOST_ROWS else None
        )

    async def risks(self, screened: frozenset[str]) -> RisksTold:
        """Every client who may leave, with every reason; none behind a wall."""
        found = await self._book.risks(MOST_RISKS + 1, screened)
        now = self._runtime.clock.now()
        told = [
            risk_told(each, self._rules, now)
            for each in found[:MOST_RISKS]
            if self._is_at_risk(each, now)
        ]
        return RisksTold(risks=told, cut=len(found) > MOST_RISKS)

    async def _at_risk(self, screened: frozenset[str]) -> int:
        """How many clients may leave now: as many as are listed, or more than are."""
        found, now = await self._book.risks(MOST_RISKS + 1, screened), self._runtime.clock.now()
        if len(found) > MOST_RISKS:
            return await self._book.risk_count(screened)
        return sum(self._is_at_risk(each, now) for each in found)

    def _is_at_risk(self, risk: Risk, now: datetime) -> bool:
        """Whether what worries is enough at this moment; some of it counts for a time only."""
        return bool(reasons_of(active(risk, self._rules, now), self._rules))

    async def causes(self) -> CausesTold:
        """What concerns came from, and what was learned."""
        codes = await self._book.cause_codes()

        def needs(_: ReadSoFar) -> Iterable[Need]:
            return [CAUSES.one(code) for code in codes]

        unit = await self._runtime.look(needs)
        found = [each for code in codes if (each := unit.get(CAUSES, code)) is not None]
        learnings = await self._book.learnings(MOST_LEARNINGS)
        return CausesTold(
            causes=[cause_told(each) for each in found],
            learnings=[learning_told(each) for each in learnings],
        )

    async def learning(self, asked: ReportRequest) -> LearningsTold:
        """Everything given to learn, or learned, in these months, in words."""
        months, _ = self._months(asked)

        def month_of(at: datetime | None) -> str:
            return f"{self._calendar.day_of(at):%Y-%m}" if at is not None else ""

        found = [
            each
            for each in await self._book.learnings(MOST_KEPT)
            if {month_of(each.assigned_at), month_of(each.completed_at)} & set(months)
        ]
        return LearningsTold(
            since=months[0],
            until=months[-1],
            learnings=[learning_told(each, in_words=True) for each in found[:MOST_IN_WORDS]],
            cut=len(found) > MOST_IN_WORDS,
        )

    def _of(
        self, measure: str, tallies: Sequence[Tally], months: tuple[str, ...],
        before: tuple[str, ...],
    ) -> Report:  # fmt: skip
        own = [each for each in tallies if each.measure == measure]
        return report_of(measure, FIRM, own, months, before, self._fewest)

    def _months(self, asked: ReportRequest) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The months asked for, and as many before."""
        until = asked.until or f"{self._calendar.day_of(self._runtime.clock.now()):%Y-%m}"
        if not is_month(until):
            raise RuleError("Write a month, such as 2026-11.", code="not-a-month", field="until")
        months = months_until(until, 2 * asked.months)
        return months[asked.months :], months[: asked.months]


def _measure(asked: ReportRequest) -> str:
    if asked.report not in FIGURES:
        known = ", ".join(FIGURES)
        raise RuleError(f"Ask for one of: {known}.", code="unknown-report", field="report")
    return asked.report
