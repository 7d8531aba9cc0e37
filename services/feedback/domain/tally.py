"""How many of what were there in a month, for the firm, an area, a lawyer or a stage?

A tally holds nothing but counts under labels. It is changed by what a fact counted as before and
counts as now, so it can be made anew from the facts at any time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from services.feedback.domain.fact import Counted, Fact

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The counts of one measure, month and scope; none is nought or below."""

    measure: str
    month: str
    scope: str
    counts: Counts = field(default_factory=dict)

    @property
    def tally_id(self) -> str:
        """Its key."""
        return tally_id_of(self.measure, self.month, self.scope)


def tally_id_of(measure: str, month: str, scope: str) -> str:
    """The key of the one tally of these."""
    return f"{measure}/{month}/{scope}"


def changes(before: Counted | None, after: Counted | None) -> dict[tuple[str, str], Counter[str]]:
    """By how much each tally (month, scope) changes, label by label."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for counted, by in ((before, -1), (after, 1)):
        for place in counted.places() if counted else ():
            change = found.setdefault(place, Counter())
            for label in counted.labels if counted else ():
                change[label] += by
    return {place: change for place, change in found.items() if any(change.values())}


def changed(tally: Tally, change: Mapping[str, int]) -> Tally:
    """The tally with these added; what comes to nought is left out."""
    counts = dict(tally.counts)
    for label, by in change.items():
        counts[label] = counts.get(label, 0) + by
    return replace(tally, counts={label: n for label, n in sorted(counts.items()) if n > 0})


def tallied(facts: Iterable[Fact]) -> dict[str, Tally]:
    """The tallies of these facts, made anew; by their ids."""
    found: dict[str, Tally] = {}
    for fact in facts:
        for (month, scope), change in changes(None, fact.counted).items():
            empty = Tally(measure=fact.measure, month=month, scope=scope)
            tally = changed(found.get(empty.tally_id, empty), change)
            found[tally.tally_id] = tally
    return found


def sum_of(tallies: Iterable[Tally]) -> Counts:
    """All their counts together."""
    total: Counter[str] = Counter()
    for each in tallies:
        total.update(each.counts)
    return dict(total)
