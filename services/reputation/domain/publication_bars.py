"""What keeps words of a client from being published, whatever they agreed to?

Restrictions that say nothing of how content somebody is, and no others: that the client has died,
that the firm declined to act or has not decided, that they are one of its own (16 CFR 465.5), and
that the firm publishes nothing for now. One register for each client and one for the firm, by
restriction_id: the newest word holds, in any order.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

FIRM = "firm"
MARKETING = "marketing"
SAID = {
    "deceased": "The client has died: nobody can be asked about their words any more.",
    "declined": "The firm declined to act for this client.",
    "conflict": "A possible conflict of interest has not been decided yet.",
    "insider": "This client is one of the firm's own, or related to one.",
    "freeze": "The firm publishes nothing for now.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One restriction; lifted, it stays as the newest word on its id."""

    stamp: str
    kind: str = ""  # empty: lifted
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationBars:
    """Everything placed on one client, or on the firm."""

    client_id: str
    placed: dict[str, Bar] = field(default_factory=dict)

    def with_bar(self, restriction_id: str, said: Bar) -> "PublicationBars":
        """The register after one was placed or lifted."""
        before = self.placed.get(restriction_id)
        if before is not None and before.stamp >= said.stamp:
            return self
        return replace(self, placed={**self.placed, restriction_id: said})

    def why(self, now: datetime) -> str | None:
        """Why nothing of theirs may be published now; None where nothing says so."""
        found = sorted(
            each.kind
            for each in self.placed.values()
            if each.kind in SAID and (each.until is None or now < each.until)
        )
        return SAID[found[0]] if found else None


def concerns_publishing(kind: str, scope: str, classes: tuple[str, ...]) -> bool:
    """Whether a restriction speaks of what is published."""
    if kind not in SAID:
        return False
    if scope == FIRM:
        return not classes or MARKETING in classes
    return scope == "client"


def joined(there: PublicationBars, moved: PublicationBars) -> PublicationBars:
    """Of two ids that are one person: what was placed on either."""
    for restriction_id, bar in moved.placed.items():
        there = there.with_bar(restriction_id, bar)
    return there
