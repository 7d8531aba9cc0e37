"""How much of the firm's work is open, and how much of it should have been done?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCount:
    """How many tasks of a kind are open, and of them overdue, and of these in nobody's hands."""

    kind: str
    open: int
    overdue: int
    unowned: int


class WorkTally(Protocol):
    """Counts what is open at the desk; for figures, not for people, so it knows no wall."""

    async def tasks(self, now: datetime) -> Sequence[TaskCount]:
        """The open tasks, by kind."""

    async def inquiries(self) -> Mapping[str, int]:
        """The inquiries that have not ended, by where they stand."""

    async def incidents(self) -> Mapping[str, int]:
        """The incidents that last, by kind; no rehearsals."""
