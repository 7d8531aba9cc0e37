"""What follows at the desk when an owner has accepted a person's decision?

The row shows it at once; the owner's event, which brings the rest, is on its way.
"""

from collections.abc import Callable, Mapping
from typing import Any

from services.desk.domain import holding
from services.desk.domain.attempts import Attempt
from services.desk.domain.decision_record import record_of
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.projecting import note_answer
from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Answer
from services.desk.ports.held_decisions import HELD
from services.desk.ports.notes import NOTES
from services.desk.ports.tasks import ATTEMPTS, LISTED
from services.desk.workflow.holding import note_on, seen_task
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def accept(
    task_id: str,
    asked: Mapping[str, Any],
    said: bytes,
    answer: Answer,
    by: StaffMember,
) -> Callable[[UnitOfWork], ListedTask]:
    """Show what the owner answered to what it was asked, and remember under which id that was.

    What is kept of the decision stands where colleagues look for it.
    """
    decision_id = str(asked["decision_id"])

    def step(unit: UnitOfWork) -> ListedTask:
        task = note_answer(seen_task(unit, task_id), answer.state, answer.version or 0, unit.now)
        kept = record_of(task.kind, str(asked["decision"]), asked["fields"])
        if kept:
            task = holding.note(task, by, unit.now, decision_id)
            note = note_on(task, decision_id, by.staff_id, unit.now, kept.words, kept.given)
            unit.add(NOTES, note)
        unit.put(LISTED, task)
        if unit.get(ATTEMPTS, decision_id) is None:
            unit.put(ATTEMPTS, Attempt(decision_id=decision_id, said=said, at=unit.now))
        return task

    return step


def accept_needs(task_id: str, decision_id: str) -> Callable[[ReadSoFar], list[Need]]:
    """The row, and whether this decision was accepted before."""
    return lambda _unit: [
        LISTED.one(task_id),
        ATTEMPTS.one(decision_id),
        NOTES.one(decision_id),
        HELD.one(decision_id),
    ]
