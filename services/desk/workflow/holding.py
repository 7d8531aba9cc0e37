"""What follows when a person claims, assigns, releases, snoozes or notes a task, or moves its due?

All of it is the desk's own: the owner's version stays as it is, so nobody who is about to decide
has to look again.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from services.desk.domain import holding
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.notes import Note, person_about
from services.desk.domain.staff import StaffMember
from services.desk.ports.notes import NOTES
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

Step = Callable[[UnitOfWork], ListedTask]


class UnknownTaskError(RuleError):
    """There is no such task."""


def seen_task(unit: UnitOfWork, task_id: str) -> ListedTask:
    """The task, once its owner has said what it asks."""
    task = unit.get(LISTED, task_id)
    if task is None or task.state == "unseen":
        raise UnknownTaskError(code="unknown-task")
    return task


def task_and_staff(task_id: str, *staff_ids: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The needs of every step here: the row, and the people concerned."""
    return lambda _unit: [LISTED.one(task_id), *(STAFF.one(each) for each in staff_ids)]


def task_and_note(task_id: str, note_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The needs of a note: the row, and whether the same request wrote it before."""
    return lambda _unit: [LISTED.one(task_id), NOTES.one(note_id)]


def claim(task_id: str, person: StaffMember) -> Step:
    """A person takes a task."""

    def step(unit: UnitOfWork) -> ListedTask:
        task = seen_task(unit, task_id)
        return _keep(unit, holding.claim(task, person, unit.now, unit.cause.id))

    return step


def assign(task_id: str, staff_id: str, by: StaffMember) -> Step:
    """A person gives a task to somebody."""

    def step(unit: UnitOfWork) -> ListedTask:
        task, to = seen_task(unit, task_id), unit.get(STAFF, staff_id)
        return _keep(unit, holding.assign(task, to, by, unit.now, unit.cause.id))

    return step


def release(task_id: str, person: StaffMember) -> Step:
    """A person gives a task back to everybody."""

    def step(unit: UnitOfWork) -> ListedTask:
        task = seen_task(unit, task_id)
        return _keep(unit, holding.release(task, person, unit.now, unit.cause.id))

    return step


def snooze(
    task_id: str, until: datetime | None, person: StaffMember, *, waiting: bool = False
) -> Step:
    """A person puts a task to sleep, perhaps until the client has done something, or wakes it."""

    def step(unit: UnitOfWork) -> ListedTask:
        task = seen_task(unit, task_id)
        asleep = holding.snooze(task, until, person, unit.now, unit.cause.id, waiting=waiting)
        return _keep(unit, asleep)

    return step


def change_due(task_id: str, due_at: datetime | None, person: StaffMember) -> Step:
    """A person gives a task a due instant of the desk's own, or returns to the owner's."""

    def step(unit: UnitOfWork) -> ListedTask:
        task = seen_task(unit, task_id)
        return _keep(unit, holding.change_due(task, due_at, person, unit.now, unit.cause.id))

    return step


def note(task_id: str, text: str, person: StaffMember) -> Step:
    """A person writes a note: its text is sealed, the history says only that there is one."""

    def step(unit: UnitOfWork) -> ListedTask:
        task = holding.note(seen_task(unit, task_id), person, unit.now, unit.cause.id)
        unit.add(NOTES, note_on(task, unit.cause.id, person.staff_id, unit.now, text))
        return _keep(unit, task)

    return step


def note_on(
    task: ListedTask,
    note_id: str,
    by: str,
    at: datetime,
    text: str,
    given: Mapping[str, str] | None = None,
) -> Note:
    """A note, sealed under the key of whom the task is about."""
    return Note(
        note_id=note_id,
        task_id=task.task_id,
        person=person_about(task.about, task.task_id),
        by=by,
        at=at,
        text=text,
        given=dict(given or {}),
    )


def _keep(unit: UnitOfWork, task: ListedTask) -> ListedTask:
    unit.put(LISTED, task)
    return task
