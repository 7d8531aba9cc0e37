"""What does the client get, and does a partner agree to it?

Up to the firm's limit it is agreed with its proposal. Above it, and for whatever a client gives up
a claim, a partner who did not propose it decides.
"""

from dataclasses import replace

from services.feedback.domain.concern import Concern, What, noted
from services.feedback.domain.practice import Practice, check_alone
from services.feedback.domain.remedy import check_release, decided, needs_partner, proposed
from services.feedback.ports import CONCERNS
from services.feedback.workflow.knowing import who_decides
from services.feedback.workflow.opening import about
from services.feedback.workflow.saying import ask_for_letter, say_step
from shared.contracts.feedback_task_kinds import REMEDY
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import TASKS, Decision, Task, Why, complete_task, open_task, update_task

KIND = REMEDY.kind
RULE = "remedies-above-a-limit-have-a-partner"
AGREED: What = "remedy-agreed"


def propose(
    decision: Decision, concern: Concern, practice: Practice, unit: UnitOfWork
) -> tuple[Concern, str]:
    """The concern with this remedy, agreed or put to a partner, and that in a sentence."""
    if concern.remedy is not None and concern.remedy.state == "proposed":
        raise RuleError("A partner has not decided the last remedy yet.", code="remedy-open")
    by, text = decision.actor.id, str(decision.fields.get("note") or "")
    remedy = proposed(decision.fields, by)
    if not needs_partner(remedy, practice.procedure.remedy_without_partner):
        agreed = replace(concern, remedy=decided(remedy, by, agreed=True))
        agreed = noted(agreed, AGREED, by, unit.now, text)
        _say_agreed(agreed, by, practice, unit)
        return agreed, "What they get was agreed."
    after = noted(replace(concern, remedy=remedy), "remedy-proposed", by, unit.now, text)
    _ask_a_partner(after, practice, unit)
    return after, "A partner is asked to agree to what the client is to get."


def _ask_a_partner(concern: Concern, practice: Practice, unit: UnitOfWork) -> None:
    text = "It is above what may be promised without a partner, or the client gives up a claim."
    who = who_decides(KIND, concern, unit)
    open_task(
        unit,
        kind=KIND,
        ref=concern.concern_id,
        about=about(concern),
        title=REMEDY.label,
        why=Why(event_id=unit.cause.id, rule_id=RULE, text=text),
        due_at=practice.calendar.add_business_days(unit.now, 1),
        priority="high",
        role=who.role,
        roles=who.roles,
        barred=who.barred,
        occasion=str(len(concern.history)),
    )


def decide(decision: Decision, task: Task, practice: Practice, unit: UnitOfWork) -> None:
    """Agreed, or back to whoever leads the concern, with the reason."""
    concern = unit.get(CONCERNS, task.ref)
    if concern is None or concern.remedy is None or concern.remedy.state != "proposed":
        raise RuleError("There is no remedy to decide.", code="not-open")
    by, fields, agreed = decision.actor.id, decision.fields, decision.decision == "agree"
    text = str(fields.get("reason") or "")
    if by in who_decides(KIND, concern, unit).barred:
        raise RuleError("You are not to deal with this yourself.", code="barred")
    alone = concern.sole_practice and by == concern.remedy.proposed_by
    if alone:
        since = concern.opened_at or unit.now
        check_alone(practice, since, text, unit.now, field="reason")
    if agreed:
        check_release(concern.remedy, fields)
    after = replace(concern, remedy=decided(concern.remedy, by, agreed=agreed))
    after = noted(after, AGREED if agreed else "remedy-refused", by, unit.now, text)
    unit.put(CONCERNS, after)
    if agreed:
        _say_agreed(after, concern.remedy.proposed_by, practice, unit)
    complete_task(unit, task, decision.decision, by, sole_practice=alone)
    _tell_who_leads(after, agreed=agreed, unit=unit)


def _say_agreed(concern: Concern, writes: str, practice: Practice, unit: UnitOfWork) -> None:
    """Say so; whoever proposed it writes to the client."""
    say_step(concern, AGREED, unit)
    ask_for_letter(concern, AGREED, practice.procedure, writes, unit)


def _tell_who_leads(concern: Concern, *, agreed: bool, unit: UnitOfWork) -> None:
    task = unit.get(TASKS, concern.task_id)
    if task is not None and task.state == "open":
        what = "agreed to" if agreed else "refused"
        text = f"A partner {what} what the client is to get."
        why = Why(event_id=unit.cause.id, rule_id=RULE, text=text)
        update_task(unit, task, why=why)
