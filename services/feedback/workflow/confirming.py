"""Does each side of a dispute say that it is settled?

Each is asked once it was told what came of it, and only it may answer; for a client somebody
neutral does, who asked them. Who says that it is not settled sends it back to whoever leads it.
"""

from services.feedback.domain.concern import CLIENT, Concern, noted
from services.feedback.domain.practice import Practice
from services.feedback.ports import CONCERNS
from services.feedback.workflow.knowing import responsible
from services.feedback.workflow.opening import about
from services.feedback.workflow.saying import say_step
from shared.contracts.feedback_task_kinds import CONFIRM
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import (
    TASKS,
    Decision,
    Task,
    Why,
    cancel_task,
    complete_task,
    open_task,
    update_task,
)

KIND = CONFIRM.kind


def ask_each_side(concern: Concern, practice: Practice, unit: UnitOfWork) -> None:
    """One task per side that has not said so yet; there are none but in a dispute."""
    for side in concern.sides:
        if side in concern.confirmed_by:
            continue
        who = responsible(concern, unit)
        open_task(
            unit,
            kind=KIND,
            ref=concern.concern_id,
            about=about(concern),
            title=CONFIRM.label,
            why=Why(
                event_id=unit.cause.id,
                rule_id="each-side-says-so",
                text="It closes once each side says that it is settled.",
            ),
            due_at=practice.calendar.add_business_days(unit.now, practice.days_to_confirm),
            owner_id=None if side == CLIENT else side,
            barred=who.barred if side == CLIENT else _others(concern, side),
            occasion=f"{side}\n{_time_asked(concern)}",
        )


def decide(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """A side says that it is settled, or why not."""
    concern = unit.get(CONCERNS, task.ref)
    if concern is None or concern.state != "open":
        raise RuleError("This is closed already.", code="not-open")
    side, by = side_of(task), decision.actor.id
    if side != CLIENT and by != side:
        raise RuleError("Only who was asked may say this.", code="barred")
    settled, text = decision.decision == "settled", str(decision.fields.get("note") or "")
    after = noted(concern, "confirmed" if settled else "not-settled", side, unit.now, text)
    unit.put(CONCERNS, after)
    complete_task(unit, task, decision.decision, by)
    if settled:
        say_step(after, "confirmed", unit)
    else:
        _ask_no_side(task, after, unit)
    _tell_who_leads(after, unit, settled=settled)


def side_of(task: Task) -> str:
    """Whose word this task asks for: it is theirs alone, or the client's."""
    return task.owner_id or CLIENT


def _others(concern: Concern, side: str) -> tuple[str, ...]:
    return tuple(each for each in concern.parties if each != side)


def _time_asked(concern: Concern) -> int:
    """Asked anew after somebody said that it is not settled, or it was opened again."""
    return sum(each.what in ("reopened", "not-settled") for each in concern.history)


def _ask_no_side(task: Task, concern: Concern, unit: UnitOfWork) -> None:
    for other in unit.find(TASKS, "ref", concern.concern_id):
        if other.kind == KIND and other.state == "open" and other.task_id != task.task_id:
            cancel_task(unit, other, "not-settled")


def _tell_who_leads(concern: Concern, unit: UnitOfWork, *, settled: bool) -> None:
    task = unit.get(TASKS, concern.task_id)
    if task is None or task.state != "open":
        return
    said, of = len(concern.confirmed_by & set(concern.sides)), len(concern.sides)
    text = f"Sides that say it is settled: {said} of {of}."
    if not settled:
        text = "One side says that it is not settled: lead it further, and tell both again."
    why = Why(event_id=unit.cause.id, rule_id="each-side-says-so", text=text)
    update_task(unit, task, why=why)
