"""How do two revisions compare over several turns, and is this one slower?

Each turn measures the other revision and this one right after each other, so that both meet the
same machine; a ratio is formed within a turn and never across. Above 1 this checkout is better.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from statistics import median
from typing import Any

LEAST = 0.95


class Better(StrEnum):
    """Which way a measure is better."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Measure:
    """One value measured of one revision; one that is not ``judged`` is only shown."""

    name: str
    value: float
    unit: str
    better: Better = Better.LESS
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measure of both revisions over all turns."""

    name: str
    unit: str
    others: tuple[float, ...]
    ours: tuple[float, ...]
    ratios: tuple[float, ...]
    judged: bool

    @property
    def spread(self) -> tuple[float, float, float]:
        """The smallest, the median and the largest over the turns."""
        return min(self.ratios), median(self.ratios), max(self.ratios)

    @property
    def slower(self) -> bool:
        """Whether this checkout is slower beyond what is allowed."""
        return self.judged and median(self.ratios) < LEAST

    def as_json(self) -> dict[str, Any]:
        """For the file."""
        low, middle, high = self.spread
        return asdict(self) | {"min": low, "median": middle, "max": high, "slower": self.slower}


Turn = tuple[Sequence[Measure], Sequence[Measure]]  # the other revision's, and this one's


def ratios(turns: Iterable[Turn]) -> list[Ratio]:
    """Every measure that both revisions have in every turn, in the order they were measured."""
    pairs: dict[str, list[tuple[Measure, Measure]]] = {}
    count = 0
    for others, ours in turns:
        count += 1
        by_name = {each.name: each for each in others}
        for each in ours:
            if each.name in by_name:
                pairs.setdefault(each.name, []).append((by_name[each.name], each))
    return [_ratio(some) for some in pairs.values() if len(some) == count]


def _ratio(pairs: Sequence[tuple[Measure, Measure]]) -> Ratio:
    first = pairs[0][1]
    return Ratio(
        first.name, first.unit,
        tuple(other.value for other, _ in pairs), tuple(own.value for _, own in pairs),
        tuple(_better_by(other, own) for other, own in pairs), first.judged,
    )  # fmt: skip


def _better_by(other: Measure, own: Measure) -> float:
    """How many times better this checkout is; what cannot be compared counts as equal."""
    above, below = (
        (own.value, other.value) if own.better is Better.MORE else (other.value, own.value)
    )
    return above / below if above > 0 and below > 0 else 1.0
