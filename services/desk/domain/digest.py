"""When does a person get a digest of their work by e-mail, at which address, and what is in it?

Whoever has an address gets one, at half past seven, until they choose otherwise. It is read over
shoulders and on locked telephones: it counts tasks by their kind and names nobody.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.domain.accounts import Account
from services.desk.domain.due import group_of
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.staff import StaffMember
from shared.contracts.fields import WALL_TIME_PATTERN
from shared.errors import RuleError

USUAL_TIME = "07:30"
PARTS = ("overdue", "today", "new", "escalated")
LANGUAGES = ("", "en", "de")  # "": as the firm writes


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestChoice:
    """What one person chose, and what reminders was last told of it."""

    staff_id: str
    on: bool = True
    at: str = USUAL_TIME
    language: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some tasks of one sort: how many of each kind, and how many of them are with nobody."""

    kinds: dict[str, int]
    unowned: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a digest says; each task is in one part at most."""

    overdue: Part
    today: Part
    new: Part  # with nobody, came lately, and is due later
    escalated: Part = Part({}, 0)  # overdue with others, and this person's to see to

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        parts = (self.overdue, self.today, self.new, self.escalated)
        return not any(part.kinds for part in parts)


def address_of(account: Account | None) -> str | None:
    """Where a person's e-mail goes."""
    return account.email if account is not None else None


def time_for(
    person: StaffMember | None, account: Account | None, choice: DigestChoice
) -> str | None:
    """At which time of day this person gets their digest; None: not at all."""
    works_here = person is not None and person.active
    return choice.at if works_here and choice.on and address_of(account) else None


def check_choice(at: str, language: str) -> tuple[str, str]:
    """A time of day and a language as they are kept; refused where they are none."""
    if not re.fullmatch(WALL_TIME_PATTERN, at.strip()):
        raise RuleError("Give a time of day, like 07:30.", code="invalid", field="digest_at")
    if language not in LANGUAGES:
        raise RuleError("Choose a language.", code="invalid", field="digest_language")
    return at.strip(), language


def agenda(
    tasks: Iterable[ListedTask],
    now: datetime,
    zone: ZoneInfo,
    new_since: datetime,
    staff_id: str | None = None,
) -> Agenda:
    """What these tasks, a person's own, those with nobody and theirs to see to, come to."""
    parts: dict[str, list[ListedTask]] = {name: [] for name in PARTS}
    for task in tasks:
        group = group_of(task.due_at, now, zone)
        if group == "overdue" and staff_id is not None and task.escalated_to == staff_id:
            parts["escalated"].append(task)
        elif group in ("overdue", "today"):
            parts[group].append(task)
        elif task.owner_id is None and _came_at(task, now) > new_since:
            parts["new"].append(task)
    return Agenda(*(_part(parts[name]) for name in PARTS))


def _came_at(task: ListedTask, now: datetime) -> datetime:
    """Since when it has been with nobody."""
    if task.holding is not None:
        return task.holding.at
    return task.history[0].at if task.history else now


def _part(tasks: list[ListedTask]) -> Part:
    kinds = Counter(task.kind for task in tasks)
    return Part(dict(kinds.most_common()), sum(task.owner_id is None for task in tasks))
