"""How likely are clients to recommend the firm, and how satisfied are they, exactly?

Each figure comes from its own question and no other, over the answers to that question: a survey
nobody answered is in no denominator, and one that never asked about satisfaction says nothing about
it. Figures are exact fractions; rounding is for whoever shows them. n is always said beside one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

PROMOTER = 9  # 9 and 10 recommend the firm
DETRACTOR = 6  # 6 and below need somebody's attention
SATISFIED = 4  # the upper two of five boxes
DISSATISFIED = 2  # the lower two need somebody's attention

Counts = Mapping[int, int]
"""How many answers to one question there are of each value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What all answers to the question of recommending (0 to 10) say together."""

    n: int
    promoters: int
    passives: int
    detractors: int

    @property
    def nps(self) -> Fraction | None:
        """Net promoter score, -100 to 100; None without answers."""
        return Fraction(100 * (self.promoters - self.detractors), self.n) if self.n else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """What all answers to the question of satisfaction (1 to 5) say together."""

    n: int
    satisfied: int

    @property
    def csat(self) -> Fraction | None:
        """Share of those who answered 4 or 5, in percent; None without answers."""
        return Fraction(100 * self.satisfied, self.n) if self.n else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Both, each over its own answers."""

    recommendation: Recommendation
    satisfaction: Satisfaction


def recommendation_of(scores: Counts) -> Recommendation:
    """The figures over these answers."""
    return Recommendation(
        n=_between(scores, 0, 10),
        promoters=_between(scores, PROMOTER, 10),
        passives=_between(scores, DETRACTOR + 1, PROMOTER - 1),
        detractors=_between(scores, 0, DETRACTOR),
    )


def satisfaction_of(answers: Counts) -> Satisfaction:
    """The figures over these answers."""
    return Satisfaction(n=_between(answers, 1, 5), satisfied=_between(answers, SATISFIED, 5))


def is_unhappy(score: int | None, satisfaction: int | None = None) -> bool:
    """Whether either answer calls for a service recovery."""
    if satisfaction is not None and satisfaction <= DISSATISFIED:
        return True
    return score is not None and score <= DETRACTOR


def _between(counts: Counts, low: int, high: int) -> int:
    return sum(n for value, n in counts.items() if low <= value <= high)
