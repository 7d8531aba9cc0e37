"""A person works on a recovery: logs a try, passes it on, or says how it ended."""

from collections.abc import Iterable

from services.feedback.domain.matter import owner_of
from services.feedback.domain.outcome import PASSED_ON, check_outcome
from services.feedback.domain.practice import Practice, check_alone
from services.feedback.domain.recovery import Recovery, days_tried, resolved, tried
from services.feedback.ports import CLIENTS, MATTERS, RECOVERIES
from services.feedback.workflow.knowing import told_of
from shared.contracts.feedback import ServiceRecoveryResolved
from shared.contracts.task_kinds import SERVICE_RECOVERY
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Decision, Task, Why, complete_task, update_task

LOG_TRY, PASS_ON = "log-try", "pass-on"
WHOM = next(field.choices for field in SERVICE_RECOVERY.fields if field.name == "passed_to")


def needs_of_recovery_task(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The recovery the task is about, and whose matter it is."""
    yield RECOVERIES.one(task.ref)
    recovery = unit.peek(RECOVERIES, task.ref)
    if recovery is not None:
        yield MATTERS.one(recovery.matter_id)
        yield CLIENTS.one(recovery.client_id)


def decide(decision: Decision, task: Task, practice: Practice, unit: UnitOfWork) -> None:
    """A try keeps it open; everything else ends it, as it was."""
    recovery = unit.get(RECOVERIES, task.ref)
    if recovery is None:
        raise RuleError("There is no such recovery.", code="unknown-recovery")
    if decision.decision == LOG_TRY:
        _log_try(decision, task, recovery, practice, unit)
    else:
        _end(decision, task, recovery, practice, unit)


def _log_try(
    decision: Decision, task: Task, recovery: Recovery, practice: Practice, unit: UnitOfWork
) -> None:
    after = tried(recovery, decision.actor.id, unit.now)
    days = days_tried(after, practice.calendar.day_of)
    text = f"The client was not reached. Days on which somebody tried: {days} of {practice.tries}."
    unit.put(RECOVERIES, after)
    update_task(
        unit,
        task,
        why=Why(event_id=unit.cause.id, rule_id="tries-on-different-days", text=text),
        due_at=max(task.due_at, practice.calendar.add_business_days(unit.now, 1)),
    )


def _end(
    decision: Decision, task: Task, recovery: Recovery, practice: Practice, unit: UnitOfWork
) -> None:
    fields = decision.fields
    passed_to = str(fields.get("passed_to")) if decision.decision == PASS_ON else None
    outcome = PASSED_ON if passed_to else str(fields.get("outcome"))
    if passed_to is not None and passed_to not in WHOM:
        raise RuleError(f"Choose one of: {', '.join(WHOM)}.", field="passed_to")
    note, told = str(fields.get("note") or ""), fields.get("client_told")
    days = days_tried(recovery, practice.calendar.day_of)
    check_outcome(outcome, told, note, days, practice.tries)
    alone = _is_alone(recovery, decision.actor.id, practice, unit)
    if alone:
        check_alone(practice, recovery.opened_at or unit.now, note, unit.now, field="note")
    after = resolved(
        recovery,
        outcome=outcome,
        client_told=told is True,
        note=note,
        by=decision.actor.id,
        now=unit.now,
        passed_to=passed_to,
    )
    unit.put(RECOVERIES, after)
    unit.announce(_resolved(after, days, alone=alone))
    complete_task(unit, task, decision.decision, decision.actor.id, sole_practice=alone)


def _is_alone(recovery: Recovery, actor_id: str, practice: Practice, unit: UnitOfWork) -> bool:
    """Whether this person decides about their own matter, or about one that may be theirs."""
    owner = owner_of(*told_of(recovery.matter_id, recovery.client_id, unit))
    return owner == actor_id or (owner is None and practice.sole)


def _resolved(recovery: Recovery, days: int, *, alone: bool) -> ServiceRecoveryResolved:
    return ServiceRecoveryResolved(
        recovery_id=recovery.recovery_id,
        client_id=recovery.client_id,
        matter_id=recovery.matter_id,
        outcome=recovery.outcome or "",
        client_told=recovery.client_told,
        days_tried=days or None,
        passed_to=recovery.passed_to,
        sole_practice=alone or None,
    )
