"""Who brings a matter has become known: how are they kept from clearing it themselves?"""

from collections.abc import Iterable, Sequence

from services.intake.domain.checks import Check
from services.intake.ports import CHECKS
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Task, Why, update_task


def needs_of_barring(checked: Sequence[Need], unit: ReadSoFar) -> Iterable[Need]:
    """The checks in question, and the tasks of those that wait for a decision."""
    yield from checked
    for each in _pending(checked, unit):
        yield TASKS.by("ref", each.check_id)


def bar(staff_id: str, checked: Sequence[Need], unit: UnitOfWork) -> None:
    """Nobody clears a conflict of a matter of their own."""
    for each in _pending(checked, unit):
        for task in unit.find(TASKS, "ref", each.check_id):
            if task.state == "open" and staff_id not in task.barred:
                _bar_from(task, staff_id, unit)


def _bar_from(task: Task, staff_id: str, unit: UnitOfWork) -> None:
    why = Why(event_id=unit.cause.id, text="The one who brings a matter may not clear it.")
    update_task(unit, task, why=why, barred=(*task.barred, staff_id))


def _pending(checked: Sequence[Need], unit: ReadSoFar) -> list[Check]:
    found = [
        each
        for need in checked
        for each in unit.peek_all(CHECKS, str(need.lookup), need.value)
        if each.state == "pending"
    ]
    return list({each.check_id: each for each in found}.values())
