"""Is anything sent at all, and which addresses have refused us for good?"""

from dataclasses import dataclass, replace
from datetime import datetime

SWITCH = "outbound"
REFUSALS = "refusals"  # the mail server refused too many in a row, not because of their addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """The one switch that stops every message to clients at once."""

    name: str = SWITCH
    held: bool = False
    since: datetime | None = None
    reason: str | None = None  # None: somebody holds; else why the machine does
    refusals: int = 0  # in a row, that speak against our own sending

    def after_answer(self, *, of_sender: bool, went: bool, most: int, now: datetime) -> "Outbound":
        """The switch after one more answer of the mail server; ``most`` 0: it never holds itself.

        So many refusals in a row mean that our server, its name or our words are refused: going on
        would make it worse, and every client would be called for nothing.
        """
        if went:
            return replace(self, refusals=0) if self.refusals else self
        if not of_sender or not most:
            return self
        counted = replace(self, refusals=self.refusals + 1)
        if counted.refusals < most or self.held:
            return counted
        return replace(counted, held=True, since=now, reason=REFUSALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that refused a message for good; nothing is sent there again."""

    suppression_id: str
    client_id: str
    reason: str
    at: datetime
    address: str | None = None  # found by its keyed hash; gone with the person's key
