"""What do "overdue", "today" and "this week" mean on the task list?

Days are those of the firm's own time zone. ``today`` is the whole of today, whether or not the
hour has passed; ``week`` is today and the six days after it, so that Friday's list shows Monday.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

DueName = Literal["overdue", "today", "week"]
GroupName = Literal["overdue", "today", "week", "later", "none"]
GROUPS: tuple[GroupName, ...] = ("overdue", "today", "week", "later")


@dataclass(frozen=True, slots=True)
class DueWindow:
    """From this instant (inclusive) to that one (exclusive); None is open."""

    since: datetime | None = None
    before: datetime | None = None

    def __contains__(self, due_at: datetime) -> bool:
        after_start = self.since is None or due_at >= self.since
        return after_start and (self.before is None or due_at < self.before)

    def narrowed(self, before: datetime | None) -> "DueWindow":
        """The same window, ending at ``before`` if that is earlier."""
        if before is None or (self.before is not None and self.before <= before):
            return self
        return DueWindow(self.since, before)


def window(name: DueName, now: datetime, zone: ZoneInfo) -> DueWindow:
    """The instants a name stands for, seen from now."""
    if name == "overdue":
        return DueWindow(None, now)
    days = 1 if name == "today" else 7
    return DueWindow(_midnight(now, zone, 0), _midnight(now, zone, days))


def group_of(due_at: datetime | None, now: datetime, zone: ZoneInfo) -> GroupName:
    """Where a task due then stands in the list: parts one after another, without overlap."""
    if due_at is None:
        return "none"
    return GROUPS[bisect_right(_ends(now, zone), due_at)]


@lru_cache(maxsize=8)
def _ends(now: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """When each part but the last ends; kept, because a list asks for every one of its tasks."""
    return now, _midnight(now, zone, 1), _midnight(now, zone, 7)


def _midnight(now: datetime, zone: ZoneInfo, days: int) -> datetime:
    local = now.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return (midnight + timedelta(days=days)).astimezone(now.tzinfo)
