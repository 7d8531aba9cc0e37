"""How sure is a figure over so few answers? 95-percent intervals by published formulas.

A share: Wilson's score interval (E. B. Wilson, JASA 22, 1927; R. G. Newcombe, Statistics in
Medicine 17, 1998, method 3), which stays within 0 and 1 for any n. A mean and the net promoter
score: the normal interval around it, with the sample's own spread (the net promoter score is the
mean of +1, 0 and -1 times 100). Whether several shares are alike: Pearson's chi-squared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

Z = 1.959963984540054  # the 97.5th percentile of the standard normal distribution
CHI_SQUARED_95 = {1: 3.841, 2: 5.991, 3: 7.815}  # by degrees of freedom; NIST/SEMATECH 1.3.6.7.4
FEWEST_EXPECTED = 5  # in each cell, below which the comparison says nothing (Cochran, 1954)


@dataclass(frozen=True, slots=True)
class Interval:
    """Between these the true figure lies, in 95 of 100 such samples."""

    low: float
    high: float


def share_interval(count: int, n: int) -> Interval | None:
    """Wilson's interval of a share, between 0 and 1; None without anything counted."""
    if n == 0:
        return None
    p, spread = count / n, Z * Z / n
    middle = (p + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(p * (1 - p) / n + spread / (4 * n))
    return Interval(max(middle - half, 0.0), min(middle + half, 1.0))


def mean_of(counts: Mapping[int, int]) -> Fraction | None:
    """The mean of values by how often each came; None without any."""
    n = sum(counts.values())
    return Fraction(sum(value * times for value, times in counts.items()), n) if n else None


def mean_interval(counts: Mapping[int, int]) -> Interval | None:
    """The interval of a mean; None of fewer than two, of which no spread is known."""
    n, mean = sum(counts.values()), mean_of(counts)
    if n < 2 or mean is None:
        return None
    squares = sum(times * (value - mean) ** 2 for value, times in counts.items())
    half = Z * sqrt(float(squares / (n - 1)) / n)
    return Interval(float(mean) - half, float(mean) + half)


def median_of(counts: Mapping[int, int]) -> Fraction | None:
    """The value in the middle, or between the two in the middle; None without any."""
    n = sum(counts.values())
    if n == 0:
        return None
    return Fraction(_nth(counts, (n - 1) // 2) + _nth(counts, n // 2), 2)


def differ(shares: Sequence[tuple[int, int]]) -> bool | None:
    """Whether these shares (count, n) differ beyond chance; None where too few to say.

    Pearson's chi-squared over the counted and the others, at the 5-percent level.
    """
    groups = [(count, n) for count, n in shares if n]
    total, counted = sum(n for _, n in groups), sum(count for count, _ in groups)
    if len(groups) < 2 or len(groups) - 1 not in CHI_SQUARED_95:
        return None
    if counted in (0, total):
        return False
    expected = [(n * counted / total, n * (total - counted) / total) for _, n in groups]
    if min(min(each) for each in expected) < FEWEST_EXPECTED:
        return None
    pairs = zip(groups, expected, strict=True)
    squared = sum((c - e) ** 2 / e + (n - c - o) ** 2 / o for (c, n), (e, o) in pairs)
    return squared > CHI_SQUARED_95[len(groups) - 1]


def _nth(counts: Mapping[int, int], n: int) -> int:
    for value in sorted(counts):
        n -= counts[value]
        if n < 0:
            return value
    return max(counts)
