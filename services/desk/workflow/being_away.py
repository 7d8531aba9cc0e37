"""Somebody says when they are away, or a partner says it of them: what follows?

From the commit of this step on, what falls due meanwhile goes to their substitute; what they have
already and falls due meanwhile goes there now.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from services.desk.domain.absences import Absence, keeps_from, with_absence, without_absence
from services.desk.domain.handing_over import given_for_absence, taker_of
from services.desk.domain.holding import NOBODY
from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import LISTED
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

PARTNER = "partner"


def be_away(
    staff_id: str, absence: Absence, task_ids: Sequence[str], by: StaffMember
) -> Callable[[UnitOfWork], int]:
    """Note the absence; how many tasks changed hands."""

    def step(unit: UnitOfWork) -> int:
        person = _person(staff_id, by, unit)
        _check_substitute(absence, staff_id, unit)
        after = replace(person, absences=with_absence(person.absences, absence, unit.now))
        unit.put(STAFF, after)
        return _pass_on(after, task_ids, unit)

    return step


def come_back(staff_id: str, since: datetime, by: StaffMember) -> Callable[[UnitOfWork], None]:
    """They are there after all; what went to their substitute stays there."""

    def step(unit: UnitOfWork) -> None:
        person = _person(staff_id, by, unit)
        unit.put(STAFF, replace(person, absences=without_absence(person.absences, since)))

    return step


def away_needs(
    staff_id: str, substitute: str | None, task_ids: Sequence[str] = ()
) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Both people, and what the first one has to do."""
    return lambda _unit: [
        STAFF.one(staff_id),
        *([STAFF.one(substitute)] if substitute else []),
        *(LISTED.one(each) for each in task_ids),
    ]


def _person(staff_id: str, by: StaffMember, unit: UnitOfWork) -> StaffMember:
    if by.staff_id != staff_id and not by.has(PARTNER):
        raise NotAllowedError("Only a partner says it of somebody else.", code="wrong-role")
    person = unit.get(STAFF, staff_id)
    if person is None or not person.active:
        raise RuleError(NOBODY, code="unknown-staff", field="staff_id")
    return person


def _check_substitute(absence: Absence, staff_id: str, unit: UnitOfWork) -> None:
    if absence.substitute is None:
        return
    other = unit.get(STAFF, absence.substitute)
    if other is None or not other.active or absence.substitute == staff_id:
        message = "Choose somebody else who works here."
        raise RuleError(message, code="unknown-staff", field="substitute")


def _pass_on(person: StaffMember, task_ids: Sequence[str], unit: UnitOfWork) -> int:
    changed = 0
    for task_id in task_ids:
        task = unit.get(LISTED, task_id)
        if task is None or task.owner_id != person.staff_id or task.state != "open":
            continue
        if keeps_from(person.absences, task.kind, task.due_at, unit.now) is None:
            continue
        taker = taker_of(task, person.staff_id, lambda id: unit.peek(STAFF, id), unit.now)
        to = unit.peek(STAFF, taker) if taker is not None else None
        unit.put(LISTED, given_for_absence(task, person.staff_id, to, unit.now, unit.cause.id))
        changed += 1
    return changed
