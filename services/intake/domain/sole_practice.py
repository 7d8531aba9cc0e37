"""How does a lawyer who is the whole firm decide what otherwise takes two?

A conflict check of a matter of their own, the merge of two clients: nobody else could, so time
stands for the second person, beside a written reason, and it is marked as decided alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from shared.errors import RuleError


@dataclass(frozen=True, slots=True)
class SolePractice:
    """What stands for the second person."""

    cooling_off: timedelta

    def check(self, found_at: datetime, now: datetime) -> None:
        """Refuse a decision before its time."""
        hours = self.hours_left(found_at, now)
        if hours:
            raise RuleError(
                "You bring this matter yourself and nobody else can decide it: look again in "
                f"{hours} hours."
                if hours > 1
                else "You bring this matter yourself and nobody else can decide it: look again in "
                "1 hour.",
                code="cooling-off",
            )

    def hours_left(self, since: datetime, now: datetime) -> int:
        """In how many hours they may decide what they began; 0: now."""
        return max(ceil((since + self.cooling_off - now) / timedelta(hours=1)), 0)
