"""What follows when a person opens the page of a task, or still has it open?"""

from collections.abc import Callable, Iterable

from services.desk.domain.holding import check_allowed
from services.desk.domain.presence import Presence, there
from services.desk.domain.staff import StaffMember
from services.desk.ports.presence import PRESENCES
from services.desk.ports.tasks import LISTED
from services.desk.workflow.holding import seen_task
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def be_there(
    task_id: str, person: StaffMember, *, open: bool
) -> Callable[[UnitOfWork], list[Presence]]:
    """Note it for colleagues, as long as the task waits; everybody who is there, as kept."""

    def step(unit: UnitOfWork) -> list[Presence]:
        task = seen_task(unit, task_id)
        check_allowed(task, person)
        if task.state == "open":
            before = unit.get(PRESENCES, f"{task_id}.{person.staff_id}")
            unit.put(PRESENCES, there(before, task_id, person.staff_id, unit.now, open=open))
        return unit.find(PRESENCES, "task", task_id)

    return step


def presence_needs(task_id: str, staff_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The task, and who is at it."""
    return lambda _unit: [
        LISTED.one(task_id),
        PRESENCES.one(f"{task_id}.{staff_id}"),
        PRESENCES.by("task", task_id),
    ]
