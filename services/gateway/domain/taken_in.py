"""Was this event taken in before? One event is passed on once, whatever its sender repeats."""

from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT = timedelta(days=100)  # as long as consumers know what they have handled


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """An event that stood at ``POST /events``; nothing of what it said."""

    key: str  # of its source and id
    source: str
    at: datetime

    @property
    def until(self) -> datetime:
        """When it goes by itself."""
        return self.at + KEPT
