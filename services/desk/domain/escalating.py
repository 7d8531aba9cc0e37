"""A task is overdue and still nobody has done it: who is to see to it?

One person, by name: who leads those whose work it is, or else a partner, or else anybody who may
decide it; never the one with whom it lies, as long as there is somebody else.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.desk.domain.absences import away_at
from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import Happening, ListedTask, with_happening
from services.desk.domain.staff import StaffMember
from shared.contracts.envelope import Event

PARTNER = "partner"
TO_A_PERSON = 2  # the level from which on it is somebody's


def sees_to_it(task: ListedTask, staff: Iterable[StaffMember], now: datetime) -> str | None:
    """The id of the person an overdue task goes to; None where nobody may decide it.

    Of who is away, whoever acts for them, where that person may; else the next who is there.
    """
    fitting = [each for each in staff if each.active and may_decide(task, each)]
    others = [each for each in fitting if each.staff_id != task.owner_id] or fitting
    ranked = sorted(others, key=lambda each: (_rank(task, each), each.staff_id))
    here = [each.staff_id for each in ranked if away_at(each.absences, now) is None]
    for each in ranked:
        away = away_at(each.absences, now)
        if away is None:
            return each.staff_id
        if away.substitute in here:
            return away.substitute
    return ranked[0].staff_id if ranked else None


def given_on(task: ListedTask, staff_id: str | None, escalation: Event[Any]) -> ListedTask:
    """The task with who is to see to it, and a line of its history that says so."""
    if staff_id is None:
        return task
    happening = Happening(
        id=f"{escalation.msg_id}-to",
        at=escalation.time,
        kind="escalated-to",
        text=f"Overdue, and with {staff_id} to see to it.",
        version=escalation.data.version,
        to=staff_id,
    )
    return with_happening(replace(task, escalated_to=staff_id), happening)


def _rank(task: ListedTask, person: StaffMember) -> int:
    if task.role in person.leads:
        return 0
    return 1 if person.has(PARTNER) else 2
