"""What follows when staff ask each other for something?

A follow-up is the desk's own task: the desk is its owner and decides it by the rules every owner
follows. Its words are sealed; the event says only that there is one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.desk.domain import holding
from services.desk.domain.clients import check_sees_clients, roles_for_asking
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.notes import FollowUp, Note, person_about
from services.desk.domain.projecting import about_of, apply
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import check_unscreened, walled_off
from services.desk.ports.notes import FOLLOW_UPS, NOTES
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from shared.contracts.firm_roles import roles_of
from shared.contracts.tasks import TASK_KINDS, About, Priority, Why
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Actor, Decision, Task, complete_task, open_task, task_id_for

KIND = TASK_KINDS["follow-up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one person asks of another: the words are private, the rest is not."""

    words: str
    about: About
    due_at: datetime
    priority: Priority = "normal"
    role: str | None = None
    owner_id: str | None = None


def ask(asked: Asked, by: StaffMember) -> Callable[[UnitOfWork], ListedTask]:
    """A person asks for something: a task is opened, and listed at once."""

    def step(unit: UnitOfWork) -> ListedTask:
        _check(asked, by, unit)
        task = _open(unit, asked, by)
        listed = unit.get(LISTED, task.task_id)
        if listed is not None:  # the same request, made again
            return listed
        unit.add(
            FOLLOW_UPS,
            FollowUp(
                follow_up_id=task.ref,
                person=person_about(task.about, task.task_id),
                asked_by=by.staff_id,
                about=task.about,
                words=asked.words,
            ),
        )
        listed = apply(ListedTask(task_id=task.task_id), unit.announced[-1])
        unit.put(LISTED, listed)
        return listed

    return step


def ask_needs(asked: Asked, id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """What the same request may have made before, and the person it is meant for."""
    task_id = task_id_for("desk", KIND.kind, id)
    needs = [LISTED.one(task_id), TASKS.one(task_id), FOLLOW_UPS.one(id)]
    if asked.owner_id is not None:
        needs.append(STAFF.one(asked.owner_id))
    return lambda _unit: needs


def done(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """A person did what was asked; what they add is kept as a note."""
    text = decision.fields.get("note")
    if text:
        unit.add(
            NOTES,
            Note(
                note_id=decision.decision_id,
                task_id=task.task_id,
                person=person_about(task.about, task.task_id),
                by=decision.actor.id,
                at=unit.now,
                text=str(text),
            ),
        )
    complete_task(unit, task, decision.decision, decision.actor.id)


def done_needs(_decision: Decision, _task: Task, _unit: ReadSoFar) -> Iterable[Need]:
    """Nothing beyond the task itself."""
    return ()


def show(task: Task, unit: UnitOfWork, _actor: Actor) -> dict[str, Any]:
    """What was asked, in the words of who asked."""
    follow_up = unit.get(FOLLOW_UPS, task.ref)
    return {"words": follow_up.words if follow_up else ""}


def show_needs(task: Task, _unit: ReadSoFar) -> Iterable[Need]:
    """The follow-up behind the task."""
    return [FOLLOW_UPS.one(task.ref)]


def _open(unit: UnitOfWork, asked: Asked, by: StaffMember) -> Task:
    return open_task(
        unit,
        kind=KIND.kind,
        ref=unit.cause.id,
        about=asked.about,
        title=KIND.label,
        why=Why(event_id=unit.cause.id, text=f"{by.staff_id} asked for it."),
        due_at=asked.due_at,
        priority=asked.priority,
        role=asked.role,
        roles=_narrowed(asked, unit),
        owner_id=asked.owner_id,
    )


def _roles(asked: Asked, unit: UnitOfWork) -> tuple[str, ...]:
    return roles_for_asking(roles_of(KIND.kind, unit.firm_roles), about_of(asked.about))


def _narrowed(asked: Asked, unit: UnitOfWork) -> tuple[str, ...]:
    """The roles that may deal with it, where they are fewer than those of every follow-up."""
    roles = _roles(asked, unit)
    return () if roles == roles_of(KIND.kind, unit.firm_roles) else roles


def _check(asked: Asked, by: StaffMember, unit: UnitOfWork) -> None:
    about = about_of(asked.about)
    check_unscreened(about, by.screened)
    if _narrowed(asked, unit):
        check_sees_clients(by)
    if asked.due_at <= unit.now:
        raise RuleError("Give an instant ahead.", code="not-ahead", field="due_at")
    if asked.role is not None and asked.role not in _roles(asked, unit):
        roles = ", ".join(_roles(asked, unit))
        raise RuleError(f"Choose one of: {roles}.", code="unknown-role", field="role")
    if asked.owner_id is None:
        return
    person = unit.get(STAFF, asked.owner_id)
    if person is None or not person.active:
        raise RuleError(holding.NOBODY, code="unknown-staff", field="owner_id")
    if walled_off(about, person.screened):
        message = holding.SCREENED_OTHER.format(who=person.staff_id)
        raise RuleError(message, code="screened", field="owner_id")
    if not set(person.roles) & set(_roles(asked, unit)):
        message = f"This is for: {', '.join(_roles(asked, unit))}."
        raise RuleError(message, code="wrong-role", field="owner_id")
