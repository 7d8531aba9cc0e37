"""What does a report say of some months, and how does that compare with the months before?

Made from tallies alone. Of an area, a lawyer or a stage, samples are told only where enough
answered: below that number neither the figure nor the things behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from services.feedback.domain import measures
from services.feedback.domain.estimates import differ
from services.feedback.domain.fact import FIRM
from services.feedback.domain.figures import Figure, figures_of
from services.feedback.domain.measures import BANDS
from services.feedback.domain.tally import Counts, Tally, sum_of

SAMPLES = frozenset({measures.SATISFACTION})
"""Measures of what people think: what a few say of one person is not shown."""
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure, the same in the months before, and whether there are too few to show it."""

    figure: Figure
    before: Figure | None = None
    too_few: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of one measure."""

    measure: str
    scope: str
    months: tuple[str, ...]
    figures: tuple[Compared, ...]
    by_month: dict[str, tuple[Compared, ...]] = field(default_factory=dict)
    by_scope: dict[str, tuple[Compared, ...]] = field(default_factory=dict)
    alike: bool | None = None


def months_until(until: str, count: int) -> tuple[str, ...]:
    """So many months, the last one being this (2026-11), the earliest first."""
    year, month = (int(part) for part in until.split("-"))
    last = year * MONTHS_A_YEAR + month - 1
    numbers = range(last - count + 1, last + 1)
    return tuple(f"{n // MONTHS_A_YEAR:04d}-{n % MONTHS_A_YEAR + 1:02d}" for n in numbers)


def is_month(text: str) -> bool:
    """Whether this is a month, as 2026-11."""
    try:
        return f"{date.fromisoformat(f'{text}-01'):%Y-%m}" == text
    except ValueError:
        return False


def report_of(
    measure: str,
    scope: str,
    tallies: Sequence[Tally],
    months: tuple[str, ...],
    before: tuple[str, ...],
    fewest: int,
) -> Report:
    """The report over these months; ``tallies`` of all scopes, of these and those before."""
    own = [each for each in tallies if each.scope == scope]
    now, then = _of_months(own, months), _of_months(own, before)
    return Report(
        measure=measure,
        scope=scope,
        months=months,
        figures=_compared(measure, scope, now, then, fewest),
        by_month={
            month: _compared(measure, scope, _of_months(own, (month,)), None, fewest)
            for month in months
        },
        by_scope={
            each: _compared(measure, each, _of_scope(tallies, each, months), None, fewest)
            for each in sorted({tally.scope for tally in tallies} - {FIRM})
        },
        alike=_alike(now) if measure == measures.ASKS else None,
    )


def is_shown(measure: str, scope: str, n: int, fewest: int) -> bool:
    """Whether so few answers are shown of this scope."""
    return scope == FIRM or measure not in SAMPLES or n >= fewest or n == 0


def _compared(
    measure: str, scope: str, now: Counts, then: Counts | None, fewest: int
) -> tuple[Compared, ...]:
    before = {(each.name, each.group): each for each in figures_of(measure, then or {})}
    found = []
    for figure in figures_of(measure, now):
        other = before.get((figure.name, figure.group)) if then is not None else None
        if not is_shown(measure, scope, figure.n, fewest):
            figure = replace(figure, value=None, interval=None, labels=())
            found.append(Compared(figure, None, too_few=True))
            continue
        if other is not None and not is_shown(measure, scope, other.n, fewest):
            other = None
        found.append(Compared(figure, other))
    return tuple(found)


def _alike(counts: Counts) -> bool | None:
    """Whether every band of answers was asked for a review alike; None where too few to say."""
    shares = [(counts.get(f"{band}|asked", 0), counts.get(f"{band}|due", 0)) for band in BANDS]
    if any(n for _, n in shares) and all(count == n for count, n in shares):
        return True  # everybody whose turn it was was asked
    found = differ(shares)
    return None if found is None else not found


def _of_months(tallies: Iterable[Tally], months: tuple[str, ...]) -> Counts:
    return sum_of(each for each in tallies if each.month in months)


def _of_scope(tallies: Iterable[Tally], scope: str, months: tuple[str, ...]) -> Counts:
    return sum_of(each for each in tallies if each.scope == scope and each.month in months)
