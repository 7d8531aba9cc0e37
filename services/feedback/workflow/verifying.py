"""Two weeks after it was closed: is it right now?

Somebody neutral asks. Whoever is still unhappy is heard again: the same concern is open anew. Who
cannot be reached on several days is left in peace, and it is said so.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from services.feedback.domain.concern import Concern, What, noted
from services.feedback.domain.outcome import is_verified
from services.feedback.domain.practice import Practice
from services.feedback.domain.steps import newly_done
from services.feedback.ports import CLIENTS, CONCERNS, MATTERS
from services.feedback.workflow.handling import check_neutral, the_concern
from services.feedback.workflow.knowing import responsible
from services.feedback.workflow.opening import about, begin
from services.feedback.workflow.saying import ask_for_letter, say_step
from shared.contracts.envelope import Event
from shared.contracts.feedback_task_kinds import VERIFY
from shared.contracts.reminders import ConcernCheckDue
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import Decision, Task, Why, complete_task, open_task, update_task

KIND = VERIFY.kind
STILL_UNHAPPY = "still-unhappy"
SIGNPOSTED: What = "signposted"


def needs_of_check(event: Event[ConcernCheckDue], unit: ReadSoFar) -> Iterable[Need]:
    """The concern, and whose matter it is about."""
    yield CONCERNS.one(event.data.concern_id)
    concern = unit.peek(CONCERNS, event.data.concern_id)
    if concern is not None and concern.client_id is not None:
        yield CLIENTS.one(concern.client_id)
    if concern is not None and concern.matter_id is not None:
        yield MATTERS.one(concern.matter_id)


def ask_with(practice: Practice) -> Callable[[Event[ConcernCheckDue], UnitOfWork], None]:
    """The step that has somebody ask."""

    def ask(event: Event[ConcernCheckDue], unit: UnitOfWork) -> None:
        """Once per closing, where the client was not to be left in peace."""
        concern = unit.get(CONCERNS, event.data.concern_id)
        if event.history or concern is None or not _is_to_be_asked(concern):
            return
        who = responsible(concern, unit)
        open_task(
            unit,
            kind=KIND,
            ref=concern.concern_id,
            about=about(concern),
            title=VERIFY.label,
            why=Why(
                event_id=event.id,
                rule_id="what-was-closed-is-verified",
                text="It was closed two weeks ago, and nobody has asked whether it is right now.",
            ),
            due_at=practice.calendar.add_business_days(unit.now, practice.days_to_verify),
            role=who.role,
            roles=who.roles,
            barred=who.barred,
            occasion=str(len(concern.history)),
        )

    return ask


def _is_to_be_asked(concern: Concern) -> bool:
    closed = concern.state == "closed" and is_verified(concern.outcome)
    return closed and "verified" not in concern.done


def decide(decision: Decision, task: Task, practice: Practice, unit: UnitOfWork) -> None:
    """Right now, still unhappy, or not reached."""
    concern, by = the_concern(task, unit), decision.actor.id
    check_neutral(concern, by, practice, unit)
    if concern.state == "open":
        raise RuleError("It was opened again meanwhile.", code="not-open")
    text = str(decision.fields.get("note") or "")
    if decision.decision == "log-try":
        _log_try(concern, task, by, text, practice, unit)
        return
    if decision.decision == SIGNPOSTED:
        _signpost(concern, task, by, text, practice, unit)
        return
    if decision.decision == "no-answer":
        _check_tried(task, practice)
    complete_task(unit, task, decision.decision, by)
    if decision.decision == "right-now":
        say_step(concern, "verified", unit)
        unit.put(CONCERNS, noted(concern, "verified", by, unit.now, text))
    elif decision.decision == STILL_UNHAPPY:
        _open_again(concern, by, text, practice, unit)


def days_tried(task: Task, practice: Practice) -> int:
    """On how many of the firm's days somebody tried to ask."""
    return _days(task.tried, practice)


def open_decisions(concern: Concern) -> list[str]:
    """What may be decided now: only whoever complained is told where else they may turn, once."""
    told = concern.kind != "complaint" or SIGNPOSTED in concern.done
    return [each for each in VERIFY.decision_names() if each != SIGNPOSTED or not told]


def _signpost(
    concern: Concern, task: Task, by: str, text: str, practice: Practice, unit: UnitOfWork
) -> None:
    """Nobody knows yet whether it is right now, and they may turn elsewhere meanwhile."""
    newly_done(concern, SIGNPOSTED)
    after = noted(concern, SIGNPOSTED, by, unit.now, text)
    say_step(after, SIGNPOSTED, unit)
    ask_for_letter(after, SIGNPOSTED, practice.procedure, by, unit)
    unit.put(CONCERNS, after)
    said = "The client was told where else they may turn."
    update_task(
        unit, task, why=Why(event_id=unit.cause.id, rule_id="steps-of-a-concern", text=said)
    )


def _log_try(
    concern: Concern, task: Task, by: str, text: str, practice: Practice, unit: UnitOfWork
) -> None:
    """Another day, then; after some days it may be left at that."""
    unit.put(CONCERNS, noted(concern, "tried", by, unit.now, text))
    tried = (*task.tried, unit.now)
    days = _days(tried, practice)
    why = Why(
        event_id=unit.cause.id,
        rule_id="tries-on-different-days",
        text=f"Not reached. Days on which somebody tried: {days} of {practice.tries}.",
    )
    due_at = practice.calendar.add_business_days(unit.now, 1)
    update_task(unit, task, why=why, due_at=max(task.due_at, due_at), tried=tried)


def _check_tried(task: Task, practice: Practice) -> None:
    days = _days(task.tried, practice)
    if days < practice.tries:
        raise RuleError(
            f"Try on {practice.tries} different days first and log each try; so far: {days}.",
            code="tries-missing",
        )


def _days(tried: Iterable[datetime], practice: Practice) -> int:
    return len({practice.calendar.day_of(each) for each in tried})


def _open_again(concern: Concern, by: str, text: str, practice: Practice, unit: UnitOfWork) -> None:
    why = Why(
        event_id=unit.cause.id,
        rule_id="who-is-still-unhappy-is-heard-again",
        text="It was closed, and they say that it is not right yet.",
    )
    heard = noted(concern, "still-unhappy", by, unit.now, text)
    begin(heard, STILL_UNHAPPY, why, practice, unit, by=by, occasion=f"again-{len(heard.history)}")
