"""A task is overdue and still nobody has done it: who is to see to it?

One person, by name: who leads those whose work it is, or else a partner, or else anybody who may
decide it; never the one with whom it lies, as long as there is somebody else.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import Happening, ListedTask, with_happening
from services.desk.domain.staff import StaffMember
from shared.contracts.envelope import Event

PARTNER = "partner"
TO_A_PERSON = 2  # the level from which on it is somebody's


def sees_to_it(task: ListedTask, staff: Iterable[StaffMember]) -> str | None:
    """The id of the person an overdue task goes to; None where nobody may decide it."""
    fitting = [each for each in staff if each.active and may_decide(task, each)]
    others = [each for each in fitting if each.staff_id != task.owner_id] or fitting
    found = min(others, key=lambda each: (_rank(task, each), each.staff_id), default=None)
    return found.staff_id if found is not None else None


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
