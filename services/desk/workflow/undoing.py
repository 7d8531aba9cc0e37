"""What follows when a person takes back what they just did to some tasks?

What was done is remembered with both states of the desk's half of each task, so that taking it back
never undoes what somebody else has done since.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from services.desk.domain.holding import took_back
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.outcomes import Change, Outcome, half_of, may_undo, with_half
from services.desk.domain.staff import StaffMember
from services.desk.ports.notes import NOTES
from services.desk.ports.tasks import LISTED, OUTCOMES
from services.desk.workflow.holding import Step, UnknownTaskError, seen_task
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def watched(task_id: str, step: Step, note_id: str | None = None) -> Callable[[UnitOfWork], Change]:
    """A step, and what it changed of the desk's half."""

    def watched_step(unit: UnitOfWork) -> Change:
        before = half_of(seen_task(unit, task_id))
        after = half_of(step(unit))
        return Change(task_id=task_id, before=before, after=after, note_id=note_id)

    return watched_step


def remember(outcome: Outcome) -> Callable[[UnitOfWork], Outcome]:
    """Keep what was done, for as long as it may be taken back."""

    def step(unit: UnitOfWork) -> Outcome:
        unit.add(OUTCOMES, outcome)
        return outcome

    return step


def remember_needs(outcome: Outcome) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Whether the same request has been made before."""
    return lambda _unit: [OUTCOMES.one(outcome.outcome_id)]


def undo(outcome_id: str, person: StaffMember, now: datetime) -> Callable[[UnitOfWork], Outcome]:
    """Put back what nobody else has changed meanwhile; ``now`` is real time."""

    def step(unit: UnitOfWork) -> Outcome:
        outcome = unit.get(OUTCOMES, outcome_id)
        if outcome is None or outcome.staff_id != person.staff_id:
            raise UnknownTaskError("There is nothing to take back.", code="unknown-outcome")
        if not may_undo(outcome, now):
            raise RuleError("It is too late to take this back.", code="too-late")
        put_back = [each for each in outcome.changes if _is_as_left(unit, each)]
        if not put_back:
            raise RuleError("Somebody has changed this since.", code="changed-since")
        for each in put_back:
            _put_back(unit, each, person)
        undone = replace(outcome, undone=True)
        unit.put(OUTCOMES, undone)
        return undone

    return step


def undo_needs(outcome_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """What was done, the tasks it was done to, and the notes that were added."""

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield OUTCOMES.one(outcome_id)
        outcome = unit.peek(OUTCOMES, outcome_id)
        for each in outcome.changes if outcome is not None else ():
            yield LISTED.one(each.task_id)
            if each.note_id is not None:
                yield NOTES.one(each.note_id)

    return needs


def _is_as_left(unit: UnitOfWork, change: Change) -> bool:
    task = unit.get(LISTED, change.task_id)
    return task is not None and task.state == "open" and half_of(task) == change.after


def _put_back(unit: UnitOfWork, change: Change, person: StaffMember) -> None:
    task: ListedTask = with_half(seen_task(unit, change.task_id), change.before)
    unit.put(LISTED, took_back(task, person, unit.now, f"{unit.cause.id}-{task.task_id}"))
    if change.note_id is not None:
        unit.remove(NOTES, change.note_id)
