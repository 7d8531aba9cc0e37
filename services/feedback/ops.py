"""How satisfied are clients, and how many concerns are open? What ops may ask of feedback.

``{"ask": "satisfaction"}`` answers NPS and CSAT, each with the n of its own question; with
``since``/``until`` over that time, with ``"announce": true`` the figures are also announced as
satisfaction-measured. Those of each month are announced by themselves once it is over.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from typing import Any, Literal

from prometheus_client import CollectorRegistry, Gauge

from services.feedback.domain.measures import SATISFACTION
from services.feedback.domain.month_measured import month_to_measure, satisfaction_of_month
from services.feedback.domain.procedure import KINDS
from services.feedback.domain.retention_risk import active, reasons_of
from services.feedback.domain.score import Figures
from services.feedback.ports import ReportBook
from services.feedback.workflow.measuring_months import needs_of_month, say_of_month
from services.feedback.workflow.worrying import WorrySteps, needs_of_risk
from shared.calendar import FirmCalendar
from shared.contracts.envelope import Cause
from shared.contracts.feedback import SatisfactionMeasured
from shared.contracts.fields import parse_instant
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError
from shared.process.app import Loop
from shared.requests.ops import OpsQuestion
from shared.state.unit_of_work import UnitOfWork
from shared.telemetry.logs import log

SCOPE = "firm"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
MEASURE_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 900.0
MOST_AT_RISK = 5_000  # looked at in one go, the latest first

Count = Callable[[Any, datetime, datetime], Awaitable[Figures]]
"""The figures over a database's answers, first given from an instant until another."""


Tally = Callable[[Any], Awaitable[list[tuple[str, int]]]]
"""How many concerns of each kind are open in a database."""


class ConcernFigures:
    """How many concerns are open; every kind is there from the start."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._open = Gauge(
            "concerns_open", "Complaints, recoveries and disputes that are open", ["kind"],
            registry=registry,
        )  # fmt: skip

    def show(self, counts: Iterable[tuple[str, int]]) -> None:
        """What is so at this look."""
        shown: dict[str, int] = dict.fromkeys(KINDS, 0)
        shown.update(counts)
        for kind, n in shown.items():
            self._open.labels(kind).set(n)


def keep_counting_concerns(tally: Tally) -> Loop:
    """Shows the figures of concerns on ``/metrics``, renewed every minute."""

    async def loop(runtime: Runtime) -> None:
        figures = ConcernFigures(runtime.metrics.registry)
        while True:
            try:
                figures.show(await tally(runtime.db))
            except TemporaryError as away:
                log.warning("concerns_not_counted", reason=str(away))
            await asyncio.sleep(MEASURE_SECONDS)

    return loop


class SatisfactionAsked(Asked):
    """How satisfied were clients, between two instants (RFC 3339); announced where asked for."""

    ask: Literal["satisfaction"]
    since: str | None = None
    until: str | None = None
    announce: bool = False


class SatisfactionTold(Answer):
    """NPS (-100 to 100) over ``n`` answers to whether clients would recommend the firm.

    CSAT (percent) over ``csat_n`` answers to how satisfied they are; CES (1 to 7) over ``ces_n`` to
    how easy it was. None where there is no answer.
    """

    scope: str
    n: int
    nps: float | None
    promoters: int
    passives: int
    detractors: int
    csat_n: int
    csat: float | None
    satisfied: int
    ces_n: int = 0
    ces: float | None = None
    since: str
    until: str


def satisfaction(count: Count) -> OpsQuestion:
    """Answers with the figures over a span of time, everything by default."""

    async def answer(runtime: Runtime, asked: SatisfactionAsked) -> SatisfactionTold:
        since = _instant(asked.since, "since", BEGINNING)
        until = _instant(asked.until, "until", runtime.clock.now())
        figures = await count(runtime.db, since, until)
        if asked.announce:
            await _announce(runtime, figures, since, until)
        recommendation, satisfied = figures.recommendation, figures.satisfaction
        return SatisfactionTold(
            scope=SCOPE,
            n=recommendation.n,
            nps=_shown(recommendation.nps),
            promoters=recommendation.promoters,
            passives=recommendation.passives,
            detractors=recommendation.detractors,
            csat_n=satisfied.n,
            csat=_shown(satisfied.csat),
            satisfied=satisfied.satisfied,
            ces_n=figures.ease.n,
            ces=_shown(figures.ease.ces),
            since=since.isoformat(),
            until=until.isoformat(),
        )

    return OpsQuestion("satisfaction", SatisfactionAsked, (SatisfactionTold,), answer)


def keep_measuring(count: Count) -> Loop:
    """Shows the figures over everything on ``/metrics``, renewed every minute."""

    async def loop(runtime: Runtime) -> None:
        while True:
            try:
                figures = await count(runtime.db, BEGINNING, runtime.clock.now())
            except TemporaryError:
                await asyncio.sleep(MEASURE_SECONDS)
                continue
            _show(runtime, figures)
            await asyncio.sleep(MEASURE_SECONDS)

    return loop


def keep_measuring_months(
    books: Callable[[Runtime], ReportBook], calendar: FirmCalendar, fewest: int
) -> Loop:
    """Announces how satisfied the clients of each month were, once it is over."""

    async def loop(runtime: Runtime) -> None:
        said: str | None = None
        while True:
            month = month_to_measure(runtime.clock.now(), calendar)
            if month is not None and month != said:
                said = await _measured(runtime, books(runtime), calendar, fewest, month)
            await asyncio.sleep(MEASURE_SECONDS)

    return loop


async def _measured(
    runtime: Runtime, book: ReportBook, calendar: FirmCalendar, fewest: int, month: str
) -> str | None:
    """The month, now that it was announced, by this or another replica; None: not yet."""
    try:
        tallies = await book.tallies((SATISFACTION,), (month,), None)
        measured = list(satisfaction_of_month(tallies, fewest))
        own_id = f"satisfaction-{month}"
        now = runtime.clock.now()
        cause = Cause("urn:clientele:feedback", own_id, "month-over", own_id, None, now)
        step = say_of_month(month, measured, calendar.zone)
        news = await runtime.act(step, needs_of_month(month), cause=cause)
    except TemporaryError as away:
        log.warning("month_not_measured", month=month, reason=str(away))
        return None
    if news:
        log.info("month_measured", month=month, figures=len(measured))
    return month


def keep_ending_risks(books: Callable[[Runtime], ReportBook], worry: WorrySteps) -> Loop:
    """Says of clients that they are not at risk any more, once what worried counts no longer.

    What ends a reason is mostly told by an event; that it has become old, by nothing but the clock.
    """

    async def loop(runtime: Runtime) -> None:
        while True:
            try:
                await end_risks(runtime, books(runtime), worry)
            except TemporaryError as away:
                log.warning("risks_not_looked_at", reason=str(away))
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    return loop


async def end_risks(runtime: Runtime, book: ReportBook, worry: WorrySteps) -> int:
    """Look at every client who may leave; of how many there was something to say."""
    news, now = 0, runtime.clock.now()
    for risk in await book.risks(MOST_AT_RISK, frozenset()):
        if reasons_of(active(risk, worry.rules, now), worry.rules) == risk.raised:
            continue
        own_id = f"risk-{risk.client_id}-{now:%Y%m%dT%H%M%S}"
        cause = Cause("urn:clientele:feedback", own_id, "risk-aged", own_id, None, now)
        news += await runtime.act(
            partial(worry.look_again, risk.client_id), partial(needs_of_risk, risk.client_id),
            cause=cause,
        )  # fmt: skip
    return news


def _show(runtime: Runtime, figures: Figures) -> None:
    gauge = runtime.metrics.gauge
    recommendation, satisfied = figures.recommendation, figures.satisfaction
    gauge("nps_n", "Answers to the question of recommending").set(recommendation.n)
    gauge("nps", "Net promoter score over these answers").set(_number(recommendation.nps))
    gauge("csat_n", "Answers to the question of satisfaction").set(satisfied.n)
    gauge("csat_percent", "Share of satisfied clients in these").set(_number(satisfied.csat))
    gauge("ces_n", "Answers to the question of ease").set(figures.ease.n)
    gauge("ces", "Mean ease from 1 to 7 over these answers").set(_number(figures.ease.ces))


async def _announce(runtime: Runtime, figures: Figures, since: datetime, until: datetime) -> None:
    """Each figure that has answers; one without is not announced as if it were nought."""
    recommendation, satisfied = figures.recommendation, figures.satisfaction
    metrics: tuple[tuple[Literal["nps", "csat"], Fraction | None, int], ...] = (
        ("nps", recommendation.nps, recommendation.n),
        ("csat", satisfied.csat, satisfied.n),
    )

    def say(unit: UnitOfWork) -> None:
        for metric, value, n in metrics:
            if value is not None:
                measured = SatisfactionMeasured(
                    scope=SCOPE, metric=metric, value=float(value), n=n, since=since, until=until
                )
                unit.announce(measured)

    own_id = f"satisfaction-{secrets.token_hex(8)}"
    cause = Cause("urn:clientele:feedback", own_id, "satisfaction-asked", own_id, None, until)
    await runtime.act(say, lambda _: (), cause=cause)


def _instant(text: str | None, name: str, otherwise: datetime) -> datetime:
    if text is None:
        return otherwise
    try:
        return parse_instant(text)
    except ValueError as wrong:
        raise RuleError(f"{name} {wrong}", field=name) from None


def _shown(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 2)


def _number(value: Fraction | None) -> float:
    return float("nan") if value is None else float(value)
