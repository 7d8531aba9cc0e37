"""A person decides about a deadline: is the day right, is it in their diary, is it done?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.reminders.domain.deadlines import FURTHEST, Deadline, moved
from services.reminders.ports import CARDS, COMMITMENTS, DEADLINES
from services.reminders.workflow.commitments import keep_commitment
from services.reminders.workflow.diary import (
    DiarySteps,
    bar_the_other,
    needs_of_diary,
    shown,
)
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.deadlines import (
    DeadlineAcknowledged,
    DeadlineCancelled,
    DeadlineDone,
    DeadlineMoved,
    DeadlineVerified,
)
from shared.contracts.fields import read_day
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Decision, Task, complete_task

DAY, RULE = "due_day", "source_rule_now"


@dataclass(frozen=True)
class DiaryDecisionSteps:
    """The steps for decisions about deadlines."""

    config: FirmConfig

    def needs(self, task: Task, unit: ReadSoFar) -> Iterator[Need]:
        """The deadline and all that is asked about it; where it is owed, the commitment too."""
        deadline_id = task.about.get("deadline_id", "")
        client_id, matter_id = task.about.get("client_id"), task.about.get("matter_id", "")
        yield from needs_of_diary(deadline_id, client_id, matter_id, unit)
        if task.kind == "deadline":
            yield COMMITMENTS.one(task.ref)
            yield TASKS.by("ref", task.ref)

    def verify(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """Somebody other than who set it reckoned the day: right, or another one."""
        deadline = self._running(task, unit)
        if said.actor.id == deadline.set_by:
            raise RuleError("Somebody else than who set it verifies it.", code="barred")
        if said.decision == "wrong":
            self._move(deadline, task, said, unit)
            return
        complete_task(unit, task, said.decision, said.actor.id)
        unit.announce(DeadlineVerified(**_seen(deadline, said, unit)))
        DiarySteps(self.config).keep(deadline, replace(deadline, verified_by=said.actor.id), unit)

    def acknowledge(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """One of the two has it in their diary; the other one is somebody else."""
        deadline, watch = self._running(task, unit), task.ref.partition("|")[0]
        if not deadline.may_watch(watch, said.actor.id):
            message = "You have acknowledged it already: the other of the two is somebody else."
            raise RuleError(message, code="barred")
        complete_task(unit, task, said.decision, said.actor.id)
        unit.announce(DeadlineAcknowledged(**_seen(deadline, said, unit), watch=watch))
        known = {**deadline.acknowledged, watch: said.actor.id}
        unit.put(DEADLINES, replace(deadline, acknowledged=known))
        bar_the_other(watch, deadline, said.actor.id, unit)

    def decide(self, task: Task, said: Decision, unit: UnitOfWork) -> None:
        """Done, with how; another day; or it does not run any more, which fewer may decide."""
        deadline = self._running(task, unit)
        if said.decision == "moved":
            self._move(deadline, task, said, unit)
            return
        done = said.decision == "done"
        complete_task(unit, task, said.decision, said.actor.id)
        kind = DeadlineDone if done else DeadlineCancelled
        event = unit.announce(kind(**_ids(deadline), by=said.actor.id, at=unit.now))
        words = str(said.fields.get("proof" if done else "reason", ""))
        ended = replace(deadline.ends(kind.TYPE, event.stamp), proof=words)
        DiarySteps(self.config).keep(deadline, ended, unit)
        self._end_commitment(task, unit, done=done)

    def show(self, task: Task, unit: UnitOfWork) -> dict[str, Any]:
        """What has to be done by which day, and who has seen it."""
        deadline = unit.peek(DEADLINES, task.about.get("deadline_id", ""))
        return shown(deadline, self.config.firm.calendar) if deadline is not None else {}

    def _running(self, task: Task, unit: UnitOfWork) -> Deadline:
        deadline = unit.get(DEADLINES, task.about.get("deadline_id", ""))
        if deadline is None or not deadline.runs:
            raise RuleError("This deadline does not run any more.", code="settled")
        return deadline

    def _move(self, deadline: Deadline, task: Task, said: Decision, unit: UnitOfWork) -> None:
        day = self._day_in(said, deadline, unit)
        complete_task(unit, task, said.decision, said.actor.id)
        event = unit.announce(
            DeadlineMoved(
                **_ids(deadline),
                date=day,
                source_rule=str(said.fields[RULE]).strip(),
                by=said.actor.id,
                at=unit.now,
            )
        )
        after = moved(deadline, event)
        if after.stamp != event.stamp:
            message = "Whoever set it has a clock ahead of ours: try again in some minutes."
            raise RuleError(message, code="ahead")
        DiarySteps(self.config).keep(deadline, after, unit)

    def _day_in(self, said: Decision, deadline: Deadline, unit: UnitOfWork) -> date:
        try:
            day = read_day(str(said.fields.get(DAY, "")).strip())
        except ValueError:
            raise RuleError("Give the day, like 2026-12-04.", code="invalid", field=DAY) from None
        today = self.config.firm.calendar.day_of(unit.now)
        if day < today or day > today + FURTHEST:
            message = "Give a day to come, within forty years."
            raise RuleError(message, code="past" if day < today else "too-far", field=DAY)
        if day.isoformat() == deadline.day:
            raise RuleError("That is the day it has.", code="same", field=DAY)
        rule = str(said.fields.get(RULE, "")).strip()
        if not rule or len(rule) > 300 or not rule.isprintable():
            message = "Name the rule or order in one line of at most 300 characters."
            raise RuleError(message, code="invalid", field=RULE)
        return day

    def _end_commitment(self, task: Task, unit: UnitOfWork, *, done: bool) -> None:
        owed = unit.get(COMMITMENTS, task.ref)
        if owed is None or not owed.followed:
            return
        after = owed.ended(unit.now) if done else owed.voided(unit.now, DeadlineCancelled.TYPE)
        card = unit.peek(CARDS, owed.client_id) if owed.client_id else None
        keep_commitment(owed, after, card, unit)


def _ids(deadline: Deadline) -> dict[str, Any]:
    return {
        "deadline_id": deadline.deadline_id,
        "matter_id": deadline.matter_id,
        "client_id": deadline.client_id,
    }


def _seen(deadline: Deadline, said: Decision, unit: UnitOfWork) -> dict[str, Any]:
    day = date.fromisoformat(deadline.day)
    return {**_ids(deadline), "date": day, "by": said.actor.id, "at": unit.now}
