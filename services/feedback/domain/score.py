"""How satisfied are clients, exactly?

Only numbers count: a survey nobody answered is in no denominator. Figures are exact fractions;
rounding is for whoever shows them. n is always said beside a figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

PROMOTER = 9  # 9 and 10 recommend the firm
DETRACTOR = 6  # 6 and below need somebody's attention
SATISFIED = 7  # 7 to 10 are the upper two of five boxes

Counts = Mapping[int, int]
"""How many answers there are of each score, 0 to 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """What all answers say together."""

    n: int
    promoters: int
    passives: int
    detractors: int
    satisfied: int

    @property
    def nps(self) -> Fraction | None:
        """Net promoter score, -100 to 100; None without answers."""
        return Fraction(100 * (self.promoters - self.detractors), self.n) if self.n else None

    @property
    def csat(self) -> Fraction | None:
        """Share of satisfied clients in percent; None without answers."""
        return Fraction(100 * self.satisfied, self.n) if self.n else None


def satisfaction_of(counts: Counts) -> Satisfaction:
    """The figures over these answers."""

    def between(low: int, high: int) -> int:
        return sum(n for score, n in counts.items() if low <= score <= high)

    return Satisfaction(
        n=between(0, 10),
        promoters=between(PROMOTER, 10),
        passives=between(DETRACTOR + 1, PROMOTER - 1),
        detractors=between(0, DETRACTOR),
        satisfied=between(SATISFIED, 10),
    )


def is_unhappy(score: int | None) -> bool:
    """Whether this score calls for a service recovery."""
    return score is not None and score <= DETRACTOR
