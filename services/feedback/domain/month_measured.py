"""How satisfied were clients in a month that is over: the firm's, an area's, a lawyer's, a stage's?

Reckoned from the tallies reports are made from, so an event says what the report of that month
shows. What a few say of one lawyer, area or stage is announced as little as it is shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Literal, cast, get_args
from zoneinfo import ZoneInfo

from services.feedback.domain import measures
from services.feedback.domain.fact import FIRM
from services.feedback.domain.figures import figures_of
from services.feedback.domain.report import is_shown
from services.feedback.domain.tally import Tally
from shared.calendar import FirmCalendar

Metric = Literal["nps", "csat"]
METRICS = frozenset(get_args(Metric))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthMeasured:
    """That the satisfaction of a month was announced, and when: it is so once."""

    month: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeMeasured:
    """One figure of one scope; ``of`` names the area, lawyer or stage."""

    scope: str
    of: str | None
    metric: Metric
    value: Fraction
    n: int


def month_to_measure(now: datetime, calendar: FirmCalendar) -> str | None:
    """The month before this one, from the first hour the firm works in this; None until then."""
    first = calendar.day_of(now).replace(day=1)
    opening = calendar.next_business_instant(_midnight(first, calendar.zone))
    return f"{first - timedelta(days=1):%Y-%m}" if now >= opening else None


def span_of(month: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first instant of a month until that of the next, on the firm's clocks."""
    first = date.fromisoformat(f"{month}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    return _midnight(first, zone), _midnight(after, zone)


def satisfaction_of_month(tallies: Iterable[Tally], fewest: int) -> Iterator[ScopeMeasured]:
    """Every figure of every scope that has answers enough to be told; tallies of one month."""
    for tally in sorted(tallies, key=lambda each: (each.scope != FIRM, each.scope)):
        scope, _, of = tally.scope.partition(":")
        for figure in figures_of(measures.SATISFACTION, tally.counts):
            shown = is_shown(measures.SATISFACTION, tally.scope, figure.n, fewest)
            if figure.value is not None and shown and figure.name in METRICS:
                yield ScopeMeasured(
                    scope=scope,
                    of=of or None,
                    metric=cast("Metric", figure.name),
                    value=figure.value,
                    n=figure.n,
                )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
