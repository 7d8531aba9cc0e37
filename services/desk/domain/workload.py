"""How much lies with each of the firm's people, and how much of it should have been done by now?

What is open and awake, by who has it. Whoever looks is told of no task they may not deal with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.desk.domain.due import DueWindow
from services.desk.domain.listed_task import ListedTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What lies with one person, or with nobody yet (None)."""

    staff_id: str | None
    open: int = 0
    week: int = 0  # due today or within the six days after it
    overdue: int = 0
    oldest: datetime | None = None  # since when the first of those has been overdue


def loads_of(tasks: Iterable[ListedTask], windows: Mapping[str, DueWindow]) -> list[Load]:
    """The loads of everybody who has one of these."""
    by_owner: dict[str | None, list[datetime]] = {}
    for task in tasks:
        if task.due_at is not None:
            by_owner.setdefault(task.owner_id, []).append(task.due_at)
    return [
        Load(
            staff_id=owner,
            open=len(dues),
            week=sum(each in windows["week"] for each in dues),
            overdue=sum(each in windows["overdue"] for each in dues),
            oldest=min((each for each in dues if each in windows["overdue"]), default=None),
        )
        for owner, dues in by_owner.items()
    ]


def most_pressed_first(loads: Iterable[Load]) -> list[Load]:
    """Whoever has most overdue first; what nobody has taken yet at the end."""
    return sorted(
        loads,
        key=lambda each: (each.staff_id is None, -each.overdue, -each.open, str(each.staff_id)),
    )
