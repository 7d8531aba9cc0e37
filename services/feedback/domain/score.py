"""How likely are clients to recommend the firm, how satisfied are they, how easy was it, exactly?

Each figure comes from its own question and no other, over the answers to that question: a survey
nobody answered is in no denominator, and one that never asked about satisfaction says nothing about
it. Figures are exact fractions; rounding is for whoever shows them. n is always said beside one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

PROMOTER = 9  # 9 and 10 recommend the firm
DETRACTOR = 6  # as the net promoter score is defined; when somebody is unhappy the firm says
SATISFIED = 4  # the upper two of five boxes

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
class Ease:
    """What all answers to the question of ease (1 to 7) say together."""

    n: int
    sum: int

    @property
    def ces(self) -> Fraction | None:
        """The mean, as the customer effort score 2.0 is reckoned; None without answers."""
        return Fraction(self.sum, self.n) if self.n else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All of them, each over its own answers."""

    recommendation: Recommendation
    satisfaction: Satisfaction
    ease: Ease


@dataclass(frozen=True, slots=True, kw_only=True)
class Unhappy:
    """From which answer down somebody gets in touch, for each question.

    ``csat`` and ``ces`` of 0: never because of that question.
    """

    nps: int = 6
    csat: int = 2
    ces: int = 3


AS_SHIPPED = Unhappy()
UNHAPPY_WITHIN = {"nps": (0, 8), "csat": (0, 3), "ces": (0, 4)}
"""What a firm may say: an answer that is good by the question's own scale alarms nobody."""


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


def ease_of(answers: Counts) -> Ease:
    """The figures over these answers."""
    each = {value: n for value, n in answers.items() if 1 <= value <= 7}
    return Ease(n=sum(each.values()), sum=sum(value * n for value, n in each.items()))


def unhappy_about(
    score: int | None,
    satisfaction: int | None = None,
    ease: int | None = None,
    *,
    limits: Unhappy = AS_SHIPPED,
) -> str | None:
    """The first question of which an answer calls for a service recovery; None: none does."""
    if score is not None and score <= limits.nps:
        return "score"
    if satisfaction is not None and satisfaction <= limits.csat:
        return "satisfaction"
    return "ease" if ease is not None and ease <= limits.ces else None


def _between(counts: Counts, low: int, high: int) -> int:
    return sum(n for value, n in counts.items() if low <= value <= high)
