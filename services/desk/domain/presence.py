"""Who else has this task open, and since when?

Said so that two people do not do the same work; it keeps nobody from anything. A page says every
half minute that it is still open, or, without a script, only that it was opened. Kept for minutes
and told to nobody afterwards: it is no record of how anybody works.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

GONE = timedelta(seconds=90)  # three words that did not come
FORGOTTEN = timedelta(minutes=10)  # of a page that has no script


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One person at the page of one task."""

    task_id: str
    staff_id: str
    since: datetime
    last_at: datetime
    open: bool = False  # the page itself has said that it is still open

    @property
    def key(self) -> str:
        """One for each task and person, in however many tabs."""
        return f"{self.task_id}.{self.staff_id}"

    def holds(self, now: datetime) -> bool:
        """Whether it is still worth telling."""
        return now - self.last_at < (GONE if self.open else FORGOTTEN)


def there(
    before: Presence | None, task_id: str, staff_id: str, now: datetime, *, open: bool
) -> Presence:
    """The person is at the page: opened it now, or has it open still."""
    if before is None or not before.holds(now):
        return Presence(task_id=task_id, staff_id=staff_id, since=now, last_at=now, open=open)
    return replace(before, last_at=max(before.last_at, now), open=open or before.open)


def others(presences: Iterable[Presence], me: str, now: datetime) -> list[Presence]:
    """Everybody else who is there, the first one first."""
    found = [each for each in presences if each.staff_id != me and each.holds(now)]
    return sorted(found, key=lambda each: (each.since, each.staff_id))
