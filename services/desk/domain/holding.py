"""Who may take a task, be given it, put it to sleep or decide it?

A person its owner barred may do none of these: nobody judges a complaint about their own work or
approves their own text. The owner checks decisions again; the desk never opens the door first.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from services.desk.domain.labels import decision_label
from services.desk.domain.listed_task import (
    Happening,
    Holding,
    ListedTask,
    settled,
    with_happening,
)
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError, check_unscreened, walled_off
from shared.contracts.tasks import TASK_KINDS
from shared.errors import RuleError

LONGEST_SLEEP = timedelta(days=366)
BARRED_SELF = "You may not deal with this task: it is about your own work."
BARRED_OTHER = "{who} may not deal with this task: it is about their own work."
SCREENED_OTHER = "An ethical wall keeps {who} from this task."
BEHIND_A_WALL = "Given back: an ethical wall keeps whoever had it from it."
BEING_DECIDED = "{who} has just decided this task, and may take it back for some seconds."
NOBODY = "Nobody of this id works here."


def roles_for(task: ListedTask) -> tuple[str, ...]:
    """The roles in which this task may be decided."""
    if task.roles:
        return task.roles
    kind = TASK_KINDS.get(task.kind)
    return kind.roles if kind else (task.role,)


def deciders_of(task: ListedTask, decision: str) -> tuple[str, ...]:
    """The roles in which this decision is made on this task."""
    kind = TASK_KINDS.get(task.kind)
    found = kind.decision(decision) if kind else None
    return task.deciders.get(decision) or (found.roles if found else ()) or roles_for(task)


def may_make(task: ListedTask, decision: str, person: StaffMember) -> bool:
    """Whether this person may decide the task so."""
    return may_decide(task, person) and bool(set(deciders_of(task, decision)) & set(person.roles))


def kinds_for(roles: Iterable[str]) -> tuple[str, ...]:
    """The kinds of task that somebody in one of these roles may decide."""
    mine = set(roles)
    return tuple(kind.kind for kind in TASK_KINDS.values() if mine & set(kind.roles))


def may_decide(task: ListedTask, person: StaffMember) -> bool:
    """Whether the desk would pass this person's decision on to the owner."""
    if person.staff_id in task.barred or walled_off(task.about, person.screened):
        return False
    return bool(set(roles_for(task)) & set(person.roles))


def check_allowed(task: ListedTask, person: StaffMember) -> None:
    """Refuse whoever may not deal with this task: screened, barred, or without a fitting role."""
    check_unscreened(task.about, person.screened)
    if person.staff_id in task.barred:
        raise NotAllowedError(BARRED_SELF, code="barred")
    if not may_decide(task, person):
        roles = ", ".join(roles_for(task))
        raise NotAllowedError(f"This task is for: {roles}.", code="wrong-role")


def claim(task: ListedTask, person: StaffMember, at: datetime, id: str) -> ListedTask:
    """The person takes the task; refused when somebody else has it."""
    check_allowed(task, person)
    _check_open(task)
    if task.owner_id == person.staff_id:
        return task
    if task.owner_id is not None:
        raise RuleError(f"{task.owner_id} has this task already.", code="held")
    return _hold(task, person.staff_id, person, at, id)


def assign(
    task: ListedTask, to: StaffMember | None, by: StaffMember, at: datetime, id: str
) -> ListedTask:
    """The task is given to somebody who may deal with it, whoever had it before."""
    check_allowed(task, by)
    _check_open(task)
    if to is None or not to.active:
        raise RuleError(NOBODY, code="unknown-staff", field="staff_id")
    if to.staff_id in task.barred:
        raise RuleError(BARRED_OTHER.format(who=to.staff_id), code="barred")
    if walled_off(task.about, to.screened):
        message = SCREENED_OTHER.format(who=to.staff_id)
        raise RuleError(message, code="screened", field="staff_id")
    if not may_decide(task, to):
        roles = ", ".join(roles_for(task))
        raise RuleError(f"This task is for: {roles}.", code="wrong-role", field="staff_id")
    return task if task.owner_id == to.staff_id else _hold(task, to.staff_id, by, at, id)


def release(task: ListedTask, person: StaffMember, at: datetime, id: str) -> ListedTask:
    """The task goes back to everybody; only its holder or a partner may do that."""
    check_allowed(task, person)
    _check_open(task)
    if task.owner_id is None:
        return task
    if task.owner_id != person.staff_id and not person.has("partner"):
        raise NotAllowedError("Only its holder or a partner may release a task.", code="not-holder")
    return _hold(task, None, person, at, id)


def snooze(
    task: ListedTask,
    until: datetime | None,
    person: StaffMember,
    at: datetime,
    id: str,
    *,
    waiting: bool = False,
) -> ListedTask:
    """The task leaves the open list until then; None wakes it now.

    ``waiting``: because the client has to do something first.
    """
    check_allowed(task, person)
    _check_open(task)
    if until is not None and not at < until <= at + LONGEST_SLEEP:
        raise RuleError("Give an instant within the next year.", code="not-ahead", field="until")
    waits = waiting and until is not None
    why = ", waiting on the client" if waits else ""
    text = f"Snoozed until {until:%Y-%m-%d %H:%M} UTC{why}." if until else "Woken."
    asleep = replace(task, snoozed_until=until, waiting=waits)
    return _noted(asleep, "snoozed", text, person, at, id, until=until)


def change_due(
    task: ListedTask, due_at: datetime | None, person: StaffMember, at: datetime, id: str
) -> ListedTask:
    """The desk's own due instant; what the owner said stays beside it, and None returns to it."""
    check_allowed(task, person)
    _check_open(task)
    if due_at is not None and not at < due_at <= at + LONGEST_SLEEP:
        raise RuleError("Give an instant within the next year.", code="not-ahead", field="due_at")
    text = f"Due changed to {due_at:%Y-%m-%d %H:%M} UTC." if due_at else "Due as it first was."
    changed = replace(task, own_due_at=due_at, own_due_for=task.said_due_at if due_at else None)
    return settled(_noted(changed, "due", text, person, at, id, until=due_at))


def given_back_by_wall(task: ListedTask, at: datetime, id: str) -> ListedTask:
    """A wall has come between the task and who had it: it is everybody's again."""
    happening = Happening(
        id=f"{id}-{task.task_id}", at=at, kind="released", text=BEHIND_A_WALL, version=task.version
    )
    free = replace(task, holding=Holding(staff_id=None, by="", at=at), escalated_to=None)
    return settled(with_happening(free, happening))


def took_back(task: ListedTask, person: StaffMember, at: datetime, id: str) -> ListedTask:
    """The history says that the last change was taken back."""
    return _noted(task, "undone", "Taken back.", person, at, id)


def note(task: ListedTask, person: StaffMember, at: datetime, id: str) -> ListedTask:
    """The history says that a note was written; its text is kept sealed elsewhere."""
    check_allowed(task, person)
    return note_line(task, person, at, id)


def note_line(task: ListedTask, person: StaffMember, at: datetime, id: str) -> ListedTask:
    """That line of the history, of a note that was allowed when it was written."""
    return _noted(task, "note", "A note was added.", person, at, id)


def took_back_decision(
    task: ListedTask, decision: str, person: StaffMember, at: datetime, id: str
) -> ListedTask:
    """The history says that a decision was taken back before anybody heard of it."""
    text = f"Decided, and taken back before it counted: {decision_label(task.kind, decision)}."
    return _noted(task, "decision-taken-back", text, person, at, id)


def refused_later(
    task: ListedTask, decision: str, person: StaffMember, at: datetime, id: str
) -> ListedTask:
    """The history says that a decision was not accepted any more when it was passed on."""
    text = f"Decided, and not accepted any more: {decision_label(task.kind, decision)}."
    return _noted(task, "decision-refused", text, person, at, f"{id}-refused")


def _hold(
    task: ListedTask, staff_id: str | None, by: StaffMember, at: datetime, id: str
) -> ListedTask:
    if staff_id is None:
        kind, text = "released", "Released."
    elif staff_id == by.staff_id:
        kind, text = "claimed", "Claimed."
    else:
        kind, text = "assigned", f"Assigned to {staff_id}."
    held = replace(task, holding=Holding(staff_id=staff_id, by=by.staff_id, at=at))
    return settled(_noted(held, kind, text, by, at, id, to=staff_id))


def _noted(
    task: ListedTask,
    kind: str,
    text: str,
    by: StaffMember,
    at: datetime,
    id: str,
    *,
    until: datetime | None = None,
    to: str | None = None,
) -> ListedTask:
    happening = Happening(
        id=id,
        at=at,
        kind=kind,
        text=text,
        by=by.staff_id,
        version=task.version,
        until=until,
        to=to,
    )
    return with_happening(task, happening)


def _check_open(task: ListedTask) -> None:
    if task.state != "open":
        raise RuleError(f"This task is {task.state} already.", code="not-open")
    check_undecided(task)


def check_undecided(task: ListedTask) -> None:
    """Refuse whatever would change a task that somebody has just decided."""
    if task.held_back is not None:
        raise RuleError(BEING_DECIDED.format(who=task.held_back.by), code="being-decided")
