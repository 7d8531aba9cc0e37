"""Concerns of one cause come again: what follows?

A pattern is said once, and a partner is asked what to do about the cause: have somebody learn from
it, change how the firm works, or leave it with a reason. Concerns that name no cause make none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.feedback.domain.pattern import (
    Cause,
    Decided,
    Learning,
    PatternRule,
    with_closing,
    with_decision,
    with_pattern,
)
from services.feedback.ports import CAUSES, LEARNINGS
from shared.calendar import FirmCalendar
from shared.contracts.concerns import NO_CAUSE, ConcernClosed
from shared.contracts.envelope import Event
from shared.contracts.fields import read_day
from shared.contracts.keys import id_made_of
from shared.contracts.scorecard_task_kinds import LEARNING, SYSTEMIC_CAUSE
from shared.contracts.scorecards import LearningAssigned, LearningCompleted, PatternDetected
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, About, Decision, Task, Why, complete_task, open_task, update_task

KIND, LEARN = SYSTEMIC_CAUSE.kind, LEARNING.kind
TRAIN = "train"


@dataclass(frozen=True, slots=True)
class PatternSteps:
    """The steps, by the firm's rule and calendar."""

    rule: PatternRule
    calendar: FirmCalendar

    def needs_of_closing(self, event: Event[ConcernClosed], _: ReadSoFar) -> Iterable[Need]:
        """Everything of this cause, and the task about it."""
        yield CAUSES.one(event.data.cause_code)
        yield TASKS.by("ref", event.data.cause_code)

    def closed(self, event: Event[ConcernClosed], unit: UnitOfWork) -> None:
        """A concern has a cause: is it a pattern by now?"""
        code = event.data.cause_code
        if code in NO_CAUSE:
            return
        before = unit.get(CAUSES, code) or Cause(cause_code=code)
        kept = with_closing(before, event.data.concern_id, event.data.at)
        after = kept if event.history else with_pattern(kept, self.rule)
        unit.put(CAUSES, after)
        if after.open_pattern is None:
            return
        if before.open_pattern is None:
            self._say(after, after.open_pattern, unit)
        elif after.part_of(after.open_pattern) != before.part_of(after.open_pattern):
            _say_more(after, after.open_pattern, unit)

    def decide(self, decision: Decision, task: Task, unit: UnitOfWork) -> None:
        """A partner has decided about the cause."""
        cause = unit.get(CAUSES, task.ref)
        if cause is None or cause.open_pattern is None:
            raise RuleError("This pattern has been decided already.", code="decided")
        reason = str(decision.fields.get("reason") or "").strip()
        if not reason:
            raise RuleError("Write down why.", code="missing", field="reason")
        if decision.decision == TRAIN:
            self._assign(decision, cause, cause.open_pattern, reason, unit)
        decided = Decided(
            pattern_id=cause.open_pattern,
            decision=decision.decision,
            by=decision.actor.id,
            at=unit.now,
        )
        unit.put(CAUSES, with_decision(cause, decided, reason))
        complete_task(unit, task, decision.decision, decision.actor.id)

    def _say(self, cause: Cause, pattern_id: str, unit: UnitOfWork) -> None:
        part = cause.part_of(pattern_id)
        unit.announce(
            PatternDetected(
                pattern_id=pattern_id,
                cause_code=cause.cause_code,
                n=len(part),
                since=part[0].at,
            )
        )
        open_task(
            unit,
            kind=KIND,
            ref=cause.cause_code,
            about=About(),
            title=SYSTEMIC_CAUSE.label,
            why=_why(cause, pattern_id, unit),
            due_at=self.calendar.add_business_days(unit.now, self.rule.days_to_decide),
            role="partner",
            occasion=pattern_id,
        )

    def _assign(
        self, decision: Decision, cause: Cause, pattern_id: str, what: str, unit: UnitOfWork
    ) -> None:
        fields = decision.fields
        staff_id = str(fields.get("learner") or "").strip() or None
        team = str(fields.get("team") or "").strip() or None
        if staff_id is None and team is None:
            raise RuleError("Say who is to learn it.", code="missing", field="learner")
        learning = Learning(
            learning_id=learning_id_of(pattern_id, decision.decision_id),
            pattern_id=pattern_id,
            cause_code=cause.cause_code,
            due_at=self._day(fields.get("learned_by"), unit.now),
            assigned_at=unit.now,
            assigned_by=decision.actor.id,
            staff_id=staff_id,
            team=team if staff_id is None else None,
            what=what,
        )
        unit.put(LEARNINGS, learning)
        unit.announce(
            LearningAssigned(
                learning_id=learning.learning_id,
                pattern_id=pattern_id,
                staff_id=learning.staff_id,
                team=learning.team,
                cause_code=cause.cause_code,
                due_at=learning.due_at,
            )
        )
        _ask_to_learn(learning, unit)

    def _day(self, said: Any, now: datetime) -> datetime:
        """The close of business of that day; RuleError where it is none or has passed."""
        try:
            day = said if isinstance(said, date) else read_day(str(said))
        except ValueError:
            message = "Write a day, such as 2026-12-04."
            raise RuleError(message, code="not-a-day", field="learned_by") from None
        if day < self.calendar.day_of(now):
            raise RuleError("This day has passed.", code="past", field="learned_by")
        return self.calendar.close_of_business(day)


def needs_of_deciding(decision: Decision, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The cause, and what somebody is to learn."""
    yield CAUSES.one(task.ref)
    cause = unit.peek(CAUSES, task.ref)
    if cause is not None and cause.open_pattern is not None:
        yield LEARNINGS.one(learning_id_of(cause.open_pattern, decision.decision_id))


def needs_of_showing(task: Task, _: ReadSoFar) -> Iterable[Need]:
    """The cause."""
    yield CAUSES.one(task.ref)


def needs_of_learning(task: Task, _: ReadSoFar) -> Iterable[Need]:
    """What is to be learned."""
    yield LEARNINGS.one(task.ref)


def learned(decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """Whoever was to learn it says what they do otherwise from now on."""
    learning = unit.get(LEARNINGS, task.ref)
    if learning is None:
        raise RuleError("There is nothing to learn here.", code="unknown-learning")
    note = str(decision.fields.get("note") or "").strip()
    unit.put(LEARNINGS, replace(learning, completed_at=unit.now, note=note))
    unit.announce(LearningCompleted(learning_id=learning.learning_id, at=unit.now))
    complete_task(unit, task, decision.decision, decision.actor.id)


def learning_id_of(pattern_id: str, decision_id: str) -> str:
    """The id of what is learned by this decision."""
    return id_made_of("learning", pattern_id, decision_id)


def _ask_to_learn(learning: Learning, unit: UnitOfWork) -> None:
    open_task(
        unit,
        kind=LEARN,
        ref=learning.learning_id,
        about=About(),
        title=LEARNING.label,
        why=Why(
            event_id=unit.cause.id,
            rule_id="learn-from-patterns",
            text="Several concerns had one cause, and a partner asks for this.",
        ),
        due_at=learning.due_at,
        owner_id=learning.staff_id,
    )


def _say_more(cause: Cause, pattern_id: str, unit: UnitOfWork) -> None:
    """Another concern of the same cause while somebody is about to decide."""
    for task in unit.find(TASKS, "ref", cause.cause_code):
        if (task.kind, task.state) == (KIND, "open"):
            update_task(unit, task, why=_why(cause, pattern_id, unit))


def _why(cause: Cause, pattern_id: str, unit: UnitOfWork) -> Why:
    n = len(cause.part_of(pattern_id))
    text = f"{n} concerns within a short time were closed with the cause {cause.cause_code}."
    return Why(event_id=unit.cause.id, rule_id="concerns-of-one-cause", text=text)
