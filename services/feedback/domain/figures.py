"""Which figures does a report have, reckoned from counts?

A figure is a share, a mean, a median or a number, always with how many it is over and, where it is
a sample, its interval. ``labels`` are those of the things behind it, for whoever wants to see them.
One function for each measure; a group is a standard, a source, a cause, a person's band.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from services.feedback.domain import measures
from services.feedback.domain.estimates import (
    Interval,
    mean_interval,
    mean_of,
    median_of,
    share_interval,
)
from services.feedback.domain.measures import ALL
from services.feedback.domain.score import recommendation_of, satisfaction_of
from services.feedback.domain.tally import Counts

Unit = Literal["percent", "score", "hours", "count"]
HUNDRED, QUARTERS_AN_HOUR = 100, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a report. ``value`` is None where there is nothing to reckon it from."""

    name: str
    group: str = ALL
    unit: Unit
    value: Fraction | None
    n: int
    interval: Interval | None = None
    labels: tuple[str, ...] = ()


def figures_of(measure: str, counts: Counts) -> list[Figure]:
    """The figures of a measure over these counts, those over everything first."""
    return list(FIGURES[measure](counts))


def by_group(counts: Counts) -> dict[str, dict[str, int]]:
    """The counts of each group, by what is counted in it; everything first, then the largest."""
    found: dict[str, dict[str, int]] = {}
    for label, n in counts.items():
        group, _, what = label.rpartition("|")
        found.setdefault(group, {})[what] = n

    def order(group: str) -> tuple[bool, int, str]:
        return group != ALL, -sum(found[group].values()), group

    return {group: found[group] for group in sorted(found, key=order)}


def _share(name: str, group: str, of: Iterable[str], among: Iterable[str],
           counts: dict[str, int]) -> Figure:  # fmt: skip
    """The share of some of what is counted in a group, with Wilson's interval."""
    some, every = list(of), list(among)
    count, n = (sum(counts.get(each, 0) for each in which) for which in (some, every))
    interval = share_interval(count, n)
    return Figure(
        name=name,
        group=group,
        unit="percent",
        value=Fraction(HUNDRED * count, n) if n else None,
        n=n,
        interval=Interval(interval.low * HUNDRED, interval.high * HUNDRED) if interval else None,
        labels=tuple(f"{group}|{each}" for each in every),
    )


def _number(name: str, group: str, of: Iterable[str], counts: dict[str, int]) -> Figure:
    some = list(of)
    n = sum(counts.get(each, 0) for each in some)
    labels = tuple(f"{group}|{each}" for each in some)
    return Figure(name=name, group=group, unit="count", value=Fraction(n), n=n, labels=labels)


def _median_hours(name: str, group: str, counts: dict[str, int]) -> Figure:
    quarters = {int(each): n for each, n in counts.items() if each.isdigit()}
    median = median_of(quarters)
    return Figure(
        name=name,
        group=group,
        unit="hours",
        value=median / QUARTERS_AN_HOUR if median is not None else None,
        n=sum(quarters.values()),
        labels=tuple(f"{group}|{each}" for each in quarters),
    )


def _inquiries(counts: Counts) -> Iterator[Figure]:
    groups = by_group(counts)
    took = groups.pop("took", {})
    for group, each in groups.items():
        yield _number("received", group, each, each)
        yield _share("engaged", group, ("engaged",), ("engaged", "declined", "lost"), each)
        if group == ALL:
            yield _median_hours("first-answer", "took", took)


def _commitments(counts: Counts) -> Iterator[Figure]:
    for group, each in by_group(counts).items():
        yield _share("kept", group, ("met",), ("met", "missed"), each)
        yield _number("missed", group, ("missed",), each)


def _satisfaction(counts: Counts) -> Iterator[Figure]:
    groups = {name: {int(value): n for value, n in each.items()}
              for name, each in by_group(counts).items()}  # fmt: skip
    yield _nps(groups.get("nps", {}))
    yield _csat(groups.get("csat", {}))
    yield _ces(groups.get("ces", {}))


def _nps(answers: dict[int, int]) -> Figure:
    told = recommendation_of(answers)
    interval = mean_interval({1: told.promoters, 0: told.passives, -1: told.detractors})
    return Figure(
        name="nps",
        unit="score",
        value=told.nps,
        n=told.n,
        interval=_within(interval, -1, 1, times=HUNDRED),
        labels=_answers("nps", answers),
    )  # fmt: skip


def _csat(answers: dict[int, int]) -> Figure:
    told = satisfaction_of(answers)
    interval = share_interval(told.satisfied, told.n)
    return Figure(
        name="csat",
        unit="percent",
        value=told.csat,
        n=told.n,
        interval=Interval(interval.low * HUNDRED, interval.high * HUNDRED) if interval else None,
        labels=_answers("csat", answers),
    )


def _ces(answers: dict[int, int]) -> Figure:
    """The mean of how easy it was to work with the firm, 1 to 7 (CES 2.0)."""
    return Figure(
        name="ces",
        unit="score",
        value=mean_of(answers),
        n=sum(answers.values()),
        interval=_within(mean_interval(answers), 1, 7),
        labels=_answers("ces", answers),
    )


def _within(found: Interval | None, low: int, high: int, times: int = 1) -> Interval | None:
    """The interval as far as the scale reaches."""
    if found is None:
        return None
    return Interval(max(found.low, low) * times, min(found.high, high) * times)


def _answers(question: str, answers: dict[int, int]) -> tuple[str, ...]:
    return tuple(f"{question}|{each}" for each in sorted(answers))


def _reviews(counts: Counts) -> Iterator[Figure]:
    for group, each in by_group(counts).items():
        stars = {int(value): n for value, n in each.items() if value.isdigit()}
        yield Figure(name="stars", group=group, unit="score", value=mean_of(stars),
                     n=sum(stars.values()), interval=_within(mean_interval(stars), 1, 5),
                     labels=tuple(f"{group}|{value}" for value in stars))  # fmt: skip
        yield _share("replied", group, ("replied",), ("replied", "unanswered"), each)


def _responses(counts: Counts) -> Iterator[Figure]:
    for group, each in by_group(counts).items():
        yield _median_hours("took", group, each)
        yield _number("waiting", group, ("waiting",), each)


def _overdue(counts: Counts) -> Iterator[Figure]:
    for group, each in by_group(counts).items():
        yield _number("late", group, ("late",), each)


def _concerns(counts: Counts) -> Iterator[Figure]:
    for group, each in by_group(counts).items():
        yield _number("closed", group, ("closed",), each)


def _automation(counts: Counts) -> Iterator[Figure]:
    for group, each in by_group(counts).items():
        if group == ALL:
            for outcome in ("sent", "suppressed", "deferred", "failed", "unknown"):
                yield _number(outcome, group, (outcome,), each)
        else:
            yield _number("held-back", group, ("suppressed", "deferred"), each)


def _asks(counts: Counts) -> Iterator[Figure]:
    groups = by_group(counts)
    everybody = {what: sum(each.get(what, 0) for each in groups.values())
                 for what in ("due", "asked", "sent")}  # fmt: skip
    yield _asked(ALL, measures.BANDS, everybody)
    for band in measures.BANDS:
        yield _asked(band, (band,), groups.get(band, {}))


def _asked(group: str, bands: Iterable[str], each: dict[str, int]) -> Figure:
    share = _share("asked", group, ("asked",), ("due",), each)
    return replace(share, labels=tuple(f"{band}|due" for band in bands))


def _invited(counts: Counts) -> Iterator[Figure]:
    each = by_group(counts).get(ALL, {})
    yield _share("answered", ALL, ("answered",), ("invited",), each)


FIGURES: dict[str, Callable[[Counts], Iterator[Figure]]] = {
    measures.INQUIRIES: _inquiries,
    measures.COMMITMENTS: _commitments,
    measures.SATISFACTION: _satisfaction,
    measures.REVIEWS: _reviews,
    measures.RESPONSES: _responses,
    measures.OVERDUE: _overdue,
    measures.CONCERNS: _concerns,
    measures.AUTOMATION: _automation,
    measures.ASKS: _asks,
    measures.INVITED: _invited,
}
