"""How does a lawyer who is the whole firm approve a reply of their own?

Nobody else could, so time and a written reason stand for the second person, and the approval is
marked as given alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from shared.errors import RuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class SolePractice:
    """What stands for the second person."""

    cooling_off: timedelta

    def open_from(self, written_at: datetime) -> datetime:
        """From when on they may approve what they wrote then."""
        return written_at + self.cooling_off

    def check(self, written_at: datetime, reason: str, now: datetime) -> None:
        """Refuse an approval before its time, or without a reason."""
        left = self.open_from(written_at) - now
        if left > timedelta(0):
            hours = ceil(left / timedelta(hours=1))
            raise RuleError(
                "You wrote this reply yourself and nobody else can approve it: read it again and "
                f"approve it in {hours} hours."
                if hours > 1
                else "You wrote this reply yourself and nobody else can approve it: read it again "
                "and approve it in 1 hour.",
                code="cooling-off",
            )
        if not reason.strip():
            raise RuleError(
                "Say why you approve your own reply: it stands for the second person.",
                code="missing",
                field="reason",
            )
