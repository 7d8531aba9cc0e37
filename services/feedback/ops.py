"""How satisfied are clients? What ops may ask of feedback.

``{"ask": "satisfaction"}`` answers NPS and CSAT with n; with ``since``/``until`` over that time,
with ``"announce": true`` the figures are also announced as satisfaction-measured.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, Literal

from services.feedback.domain.score import Counts, Satisfaction, satisfaction_of
from shared.contracts.envelope import Cause
from shared.contracts.feedback import SatisfactionMeasured
from shared.contracts.fields import parse_instant
from shared.contracts.requests import Answer, Asked
from shared.engine.runtime import Runtime
from shared.errors import RuleError, TemporaryError
from shared.process.app import Loop
from shared.requests.ops import OpsQuestion
from shared.state.unit_of_work import UnitOfWork

SCOPE = "firm"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
MEASURE_SECONDS = 60.0

Count = Callable[[Any, datetime, datetime], Awaitable[Counts]]
"""Counts the answers in a database, first given from an instant until another."""


class SatisfactionAsked(Asked):
    """How satisfied were clients, between two instants (RFC 3339); announced where asked for."""

    ask: Literal["satisfaction"]
    since: str | None = None
    until: str | None = None
    announce: bool = False


class SatisfactionTold(Answer):
    """NPS (-100 to 100) and CSAT (percent) over ``n`` answers; None where there is none."""

    scope: str
    n: int
    nps: float | None
    csat: float | None
    promoters: int
    passives: int
    detractors: int
    satisfied: int
    since: str
    until: str


def satisfaction(count: Count) -> OpsQuestion:
    """Answers with the figures over a span of time, everything by default."""

    async def answer(runtime: Runtime, asked: SatisfactionAsked) -> SatisfactionTold:
        since = _instant(asked.since, "since", BEGINNING)
        until = _instant(asked.until, "until", runtime.clock.now())
        figures = satisfaction_of(await count(runtime.db, since, until))
        if asked.announce and figures.n:
            await _announce(runtime, figures, since, until)
        return SatisfactionTold(
            scope=SCOPE,
            n=figures.n,
            nps=_shown(figures.nps),
            csat=_shown(figures.csat),
            promoters=figures.promoters,
            passives=figures.passives,
            detractors=figures.detractors,
            satisfied=figures.satisfied,
            since=since.isoformat(),
            until=until.isoformat(),
        )

    return OpsQuestion("satisfaction", SatisfactionAsked, (SatisfactionTold,), answer)


def keep_measuring(count: Count) -> Loop:
    """Shows the figures over everything on ``/metrics``, renewed every minute."""

    async def loop(runtime: Runtime) -> None:
        while True:
            try:
                counts = await count(runtime.db, BEGINNING, runtime.clock.now())
            except TemporaryError:
                await asyncio.sleep(MEASURE_SECONDS)
                continue
            _show(runtime, satisfaction_of(counts))
            await asyncio.sleep(MEASURE_SECONDS)

    return loop


def _show(runtime: Runtime, figures: Satisfaction) -> None:
    gauge = runtime.metrics.gauge
    gauge("nps_n", "Surveys answered").set(figures.n)
    gauge("nps", "Net promoter score over all answers").set(_number(figures.nps))
    gauge("csat_percent", "Satisfied clients over all answers").set(_number(figures.csat))


async def _announce(
    runtime: Runtime, figures: Satisfaction, since: datetime, until: datetime
) -> None:
    def say(unit: UnitOfWork) -> None:
        metrics: tuple[tuple[Literal["nps", "csat"], Fraction | None], ...] = (
            ("nps", figures.nps),
            ("csat", figures.csat),
        )
        for metric, value in metrics:
            measured = SatisfactionMeasured(
                scope=SCOPE,
                metric=metric,
                value=_number(value),
                n=figures.n,
                since=since,
                until=until,
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
