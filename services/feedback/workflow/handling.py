"""A neutral person leads a concern: which steps are done, what is tried, and how does it end?"""

from collections.abc import Callable, Iterable, Mapping

from services.feedback.domain.concern import (
    Concern,
    What,
    complaint_type,
    days_tried,
    noted,
    resolved,
)
from services.feedback.domain.matter import owner_of
from services.feedback.domain.outcome import PASSED_ON, check_outcome, check_remedy
from services.feedback.domain.practice import Practice, check_alone
from services.feedback.domain.steps import (
    check_closing,
    newly_done,
    next_due,
    with_telling,
)
from services.feedback.ports import CLIENTS, CONCERNS, MATTERS, SURVEYS
from services.feedback.workflow.confirming import ask_each_side
from services.feedback.workflow.knowing import told_of
from services.feedback.workflow.opening import TITLES, about, as_complaint
from services.feedback.workflow.remedying import RULE, propose
from services.feedback.workflow.saying import (
    NOT_KNOWN,
    ask_for_letter,
    say_closed,
    say_concern_opened,
    say_step,
)
from shared.contracts.feedback_task_kinds import SERVICE_RECOVERY
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Decision, Task, Why, cancel_task, complete_task, update_task

WHOM = next(field.choices for field in SERVICE_RECOVERY.fields if field.name == "passed_to")
STEP_OF: Mapping[str, What] = {
    "acknowledge": "acknowledged",
    "investigated": "investigated",
    "told": "told",
    "signposted": "signposted",
}
STEP_WORDS: Mapping[str, str] = {
    "acknowledge": "Whoever is concerned knows that it is looked into.",
    "investigated": "It was looked into.",
    "told": "They were told what came of it.",
    "signposted": "The client was told where else they may turn.",
}


def needs_of_concern_task(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The concern the task is about, its other tasks, what began it, and whose matter it is."""
    yield CONCERNS.one(task.ref)
    yield TASKS.by("ref", task.ref)
    concern = unit.peek(CONCERNS, task.ref)
    if concern is None:
        return
    if concern.matter_id is not None:
        yield MATTERS.one(concern.matter_id)
    if concern.client_id is not None:
        yield CLIENTS.one(concern.client_id)
    if concern.survey_id is not None:
        yield SURVEYS.one(concern.survey_id)


def decide(decision: Decision, task: Task, practice: Practice, unit: UnitOfWork) -> None:
    """Steps and tries keep it open; everything else ends it, as it was."""
    concern = the_concern(task, unit)
    check_neutral(concern, decision.actor.id, practice, unit)
    if decision.decision in STEP_OF:
        _advance(decision, task, concern, practice, unit)
    else:
        OTHERS[decision.decision](decision, task, concern, practice, unit)


def the_concern(task: Task, unit: UnitOfWork) -> Concern:
    """What the task is about; RuleError where it is gone."""
    concern = unit.get(CONCERNS, task.ref)
    if concern is None:
        raise RuleError("There is no such concern.", code="unknown-concern")
    return concern


def check_neutral(concern: Concern, actor_id: str, practice: Practice, unit: UnitOfWork) -> None:
    """Refuse whom it is about and whose matter it is, also where that was told late."""
    if practice.sole:
        return
    owner = owner_of(*told_of(concern.matter_id, concern.client_id, unit))
    if actor_id == owner or actor_id in concern.parties:
        raise RuleError("You are not to deal with this yourself.", code="barred")


def _advance(
    decision: Decision, task: Task, concern: Concern, practice: Practice, unit: UnitOfWork
) -> None:
    step = STEP_OF[decision.decision]
    text = str(decision.fields.get("note") or "")
    done = newly_done(concern, step)
    after = _done(concern, done, decision.actor.id, text, practice, unit)
    unit.put(CONCERNS, after)
    _go_on(task, after, STEP_WORDS[decision.decision], "steps-of-a-concern", practice, unit)
    if step == "told":
        ask_each_side(after, practice, unit)


def _done(
    concern: Concern,
    steps: Iterable[What],
    by: str,
    text: str,
    practice: Practice,
    unit: UnitOfWork,
) -> Concern:
    """With these steps, each said; what was written, and a letter, belong to the last."""
    *before, last = steps
    for each in before:
        concern = noted(concern, each, by, unit.now)
        say_step(concern, each, unit)
    concern = noted(concern, last, by, unit.now, text)
    say_step(concern, last, unit)
    ask_for_letter(concern, last, practice.procedure, by, unit)
    return concern


def _go_on(
    task: Task, concern: Concern, text: str, rule: str, practice: Practice, unit: UnitOfWork
) -> None:
    within = practice.procedure.within[concern.kind]
    update_task(
        unit,
        task,
        why=Why(event_id=unit.cause.id, rule_id=rule, text=text),
        due_at=next_due(concern, within, practice.calendar.add_business_days),
    )


def _log_try(
    decision: Decision, task: Task, concern: Concern, practice: Practice, unit: UnitOfWork
) -> None:
    by, text = decision.actor.id, str(decision.fields.get("note") or "")
    after = noted(concern, "tried", by, unit.now, text)
    days = days_tried(after, practice.calendar.day_of)
    text = f"The client was not reached. Days on which somebody tried: {days} of {practice.tries}."
    unit.put(CONCERNS, after)
    update_task(
        unit,
        task,
        why=Why(event_id=unit.cause.id, rule_id="tries-on-different-days", text=text),
        due_at=max(task.due_at, practice.calendar.add_business_days(unit.now, 1)),
    )


def _call_it_a_complaint(
    decision: Decision, task: Task, concern: Concern, practice: Practice, unit: UnitOfWork
) -> None:
    type = complaint_type(decision.fields.get("complaint_type"))
    if concern.kind != "recovery":
        raise RuleError("It is led as one already.", code="done-already")
    survey = unit.get(SURVEYS, concern.survey_id) if concern.survey_id else None
    by = decision.actor.id
    after = noted(as_complaint(concern, type, survey, by, unit), "complaint", by, unit.now)
    unit.put(CONCERNS, after)
    within = practice.procedure.within[after.kind]
    due_at = next_due(after, within, practice.calendar.add_business_days)
    say_concern_opened(after, "comment", due_at, unit)
    text = "A person read it as a complaint: it does not close because an answer is raised."
    update_task(
        unit,
        task,
        why=Why(event_id=unit.cause.id, rule_id="a-comment-is-a-complaint", text=text),
        title=TITLES["complaint"],
        about=about(after).model_dump(exclude_none=True),
        due_at=due_at,
    )


def _propose(
    decision: Decision, task: Task, concern: Concern, practice: Practice, unit: UnitOfWork
) -> None:
    after, text = propose(decision, concern, practice, unit)
    unit.put(CONCERNS, after)
    _go_on(task, after, text, RULE, practice, unit)


def _end(
    decision: Decision, task: Task, concern: Concern, practice: Practice, unit: UnitOfWork
) -> None:
    fields, by = decision.fields, decision.actor.id
    passed_to = str(fields.get("passed_to")) if decision.decision == "pass-on" else None
    outcome = PASSED_ON if passed_to else str(fields.get("outcome"))
    if passed_to is not None and passed_to not in WHOM:
        raise RuleError(f"Choose one of: {', '.join(WHOM)}.", field="passed_to")
    cause = practice.procedure.check_cause(fields.get("cause_code") or (passed_to and NOT_KNOWN))
    note, told = str(fields.get("note") or ""), fields.get("client_told")
    days = days_tried(concern, practice.calendar.day_of)
    check_outcome(outcome, told, note, days, practice.tries)
    check_remedy(outcome, agreed=_agreed(concern))
    if passed_to is None:
        check_closing(concern)
    alone = _is_alone(concern, by, practice, unit)
    if alone:
        check_alone(practice, concern.opened_at or unit.now, note, unit.now, field="note")
    if told is True and (before := with_telling(concern)):
        concern = _done(concern, before, by, "", practice, unit)
    after = resolved(
        concern,
        outcome=outcome,
        cause_code=cause,
        client_told=told is True,
        note=note,
        by=by,
        now=unit.now,
        passed_to=passed_to,
    )
    unit.put(CONCERNS, after)
    say_closed(after, unit, days=days, alone=alone)
    complete_task(unit, task, decision.decision, by, sole_practice=alone)
    _ask_no_more(after, task, unit)


def _agreed(concern: Concern) -> bool:
    return concern.remedy is not None and concern.remedy.state == "agreed"


def _ask_no_more(concern: Concern, task: Task, unit: UnitOfWork) -> None:
    """What was asked of others about it is not asked any more."""
    for other in unit.find(TASKS, "ref", concern.concern_id):
        if other.state == "open" and other.task_id != task.task_id:
            cancel_task(unit, other, "closed")


def _is_alone(concern: Concern, actor_id: str, practice: Practice, unit: UnitOfWork) -> bool:
    """Whether this person decides about their own matter, or about one that may be theirs."""
    owner = owner_of(*told_of(concern.matter_id, concern.client_id, unit))
    return owner == actor_id or (owner is None and practice.sole)


Handler = Callable[[Decision, Task, Concern, Practice, UnitOfWork], None]
OTHERS: Mapping[str, Handler] = {
    "log-try": _log_try,
    "complaint": _call_it_a_complaint,
    "remedy": _propose,
    "resolve": _end,
    "pass-on": _end,
}
