"""How does a lawyer who is the whole firm decide a conflict check of a matter of their own?

Nobody else could, so time stands for the second person, beside the grounds and the written reason
every decision needs, and the decision is marked as made alone.
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
        left = found_at + self.cooling_off - now
        if left > timedelta(0):
            hours = ceil(left / timedelta(hours=1))
            raise RuleError(
                "You bring this matter yourself and nobody else can decide it: look again in "
                f"{hours} hour{'s' if hours > 1 else ''}.",
                code="cooling-off",
            )
