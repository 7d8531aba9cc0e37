"""Whose is a task once somebody else leads the matter, or whoever had it is away or has left?

It goes to who takes over, where they may deal with it; else it is everybody's again. Its history
says so.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from services.desk.domain.absences import keeps_from
from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import (
    Happening,
    Holding,
    ListedTask,
    settled,
    with_happening,
)
from services.desk.domain.staff import StaffMember, may_lead
from services.desk.domain.walls import NotAllowedError, walled_off
from shared.errors import RuleError

MAY_HAND_OVER = ("lawyer", "partner")  # one matter, on its client's page
MAY_HAND_OVER_ALL = ("partner", "ops")  # what somebody who left had
PASSED_ON = {
    "handed-over": "Its matter was handed over. With {to} now.",
    "away": "Whose it is is away. With {to} meanwhile.",
    "left": "Whose it was does not work here any more. With {to} now.",
}
GetPerson = Callable[[str], StaffMember | None]


def may_hand_over(person: StaffMember) -> bool:
    """Whether this person may hand a matter over."""
    return any(person.has(role) for role in MAY_HAND_OVER)


def may_hand_over_all(person: StaffMember) -> bool:
    """Whether this person may hand over what somebody left."""
    return any(person.has(role) for role in MAY_HAND_OVER_ALL)


def check_hands_over(person: StaffMember, *, everything: bool = False) -> None:
    """Refuse whoever may not."""
    roles = MAY_HAND_OVER_ALL if everything else MAY_HAND_OVER
    if not any(person.has(role) for role in roles):
        raise NotAllowedError(f"Handed over by: {', '.join(roles)}.", code="wrong-role")


def check_takes_over(
    to: StaffMember | None, about: dict[str, str], had_it: str | None
) -> StaffMember:
    """Who takes a matter over; RuleError says why they cannot."""
    if to is None or not to.active or not may_lead(to):
        message = "Choose a lawyer or partner who works here."
        raise RuleError(message, code="unknown-staff", field="to")
    if to.staff_id == had_it:
        raise RuleError("They lead this matter already.", code="same", field="to")
    if walled_off(about, to.screened):
        message = "An ethical wall keeps them from this client or matter."
        raise RuleError(message, code="walled", field="to")
    return to


def fits(task: ListedTask, person: StaffMember | None) -> bool:
    """Whether this person works here and may deal with it."""
    return person is not None and person.active and may_decide(task, person)


def taker_of(task: ListedTask, staff_id: str, find: GetPerson, now: datetime) -> str | None:
    """Who has a task that is offered to this person: they, whoever acts for them, or nobody."""
    person = find(staff_id)
    if person is None or not fits(task, person):
        return None
    away = keeps_from(person.absences, task.kind, task.due_at, now)
    if away is None:
        return staff_id
    other = find(away.substitute) if away.substitute is not None else None
    if other is None or not fits(task, other):
        return None
    there = keeps_from(other.absences, task.kind, task.due_at, now) is None
    return other.staff_id if there else None


def offered_instead(task: ListedTask, taker: str | None, at: datetime, id: str) -> ListedTask:
    """The task, offered to another person than its owner named, or to nobody."""
    offered = settled(replace(task, offered_to=taker))
    if taker is None:
        return offered
    text = PASSED_ON["away"].format(to=taker)
    happening = Happening(
        id=f"{id}-away", at=at, kind="away", text=text, version=task.version, to=taker
    )
    return with_happening(offered, happening)


def handed_over(
    task: ListedTask, from_: str, to: StaffMember | None, at: datetime, id: str
) -> ListedTask:
    """The task once another person leads its matter."""
    return _passed_on(task, from_, to, "handed-over", at, id)


def given_for_absence(
    task: ListedTask, from_: str, to: StaffMember | None, at: datetime, id: str
) -> ListedTask:
    """The task of somebody who is away when it falls due."""
    return _passed_on(task, from_, to, "away", at, id)


def left_behind(
    task: ListedTask, from_: str, to: StaffMember | None, at: datetime, id: str
) -> ListedTask:
    """The task of somebody who does not work here any more."""
    return _passed_on(task, from_, to, "left", at, id)


def _passed_on(
    task: ListedTask, from_: str, to: StaffMember | None, kind: str, at: datetime, id: str
) -> ListedTask:
    if task.state != "open" or from_ not in (task.owner_id, task.escalated_to):
        return task
    taker = to.staff_id if to is not None and fits(task, to) else None
    passed = task
    if task.owner_id == from_:
        passed = replace(passed, holding=Holding(staff_id=taker, by="", at=at))
    if task.escalated_to == from_:
        passed = replace(
            passed,
            escalated_to=taker,
            escalated_because="acts-for" if kind == "away" else _still(task, kind),
            escalated_instead_of=from_ if kind == "away" else None,
        )
    happening = Happening(
        id=f"{id}-{task.task_id}",
        at=at,
        kind=kind,
        text=PASSED_ON[kind].format(to=taker or "everybody"),
        version=task.version,
        to=taker,
    )
    return settled(with_happening(passed, happening))


def _still(task: ListedTask, kind: str) -> str:
    """Who leads the matter sees to it, whoever that is."""
    leads = kind == "handed-over" and task.escalated_because == "leads-matter"
    return task.escalated_because if leads else ""
