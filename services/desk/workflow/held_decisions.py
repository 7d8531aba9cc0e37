"""What follows when a person decides on a page, takes it back, or the seconds have passed?

The row of the task says that it is decided as soon as it is, so that nobody else works on it; its
owner hears of it from the due work, once. What the owner refuses then comes back to the person.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.desk.domain import held_decisions as rules
from services.desk.domain.attempts import Attempt, check_same
from services.desk.domain.decision_record import record_of
from services.desk.domain.held_decisions import HeldDecision
from services.desk.domain.holding import (
    check_allowed,
    check_undecided,
    note_line,
    refused_later,
    took_back_decision,
)
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.notes import person_about
from services.desk.domain.projecting import note_answer, note_first
from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Answer, Refused
from services.desk.ports.held_decisions import HELD
from services.desk.ports.notes import NOTES
from services.desk.ports.staff import STAFF
from services.desk.ports.tasks import ATTEMPTS, LISTED
from services.desk.workflow.holding import UnknownTaskError, note_on, seen_task
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

LEFT = Refused("left", "Whoever decided this does not work here any more.")


def hold(
    task_id: str,
    decision: Mapping[str, Any],
    said: bytes,
    by: StaffMember,
    patience: timedelta,
    typed: Mapping[str, str],
) -> Callable[[UnitOfWork], HeldDecision]:
    """Keep a decision that its owner would accept; the same form sent twice is kept once."""

    def step(unit: UnitOfWork) -> HeldDecision:
        task, before = seen_task(unit, task_id), unit.get(HELD, decision["decision_id"])
        if before is not None:
            check_same(Attempt(decision_id=before.decision_id, said=before.said, at=unit.now), said)
            return before
        check_allowed(task, by)
        if task.state != "open":
            raise RuleError(f"This task is {task.state} already.", code="not-open")
        check_undecided(task)
        kept = _kept(task, decision, by, unit.now, unit.now + patience)
        held = replace(kept, said=said, typed=json.dumps(dict(typed)))
        unit.put(HELD, held)
        unit.put(LISTED, rules.mark_on(task, held, unit.now + patience))
        return held

    return step


def keep_first(
    task_id: str,
    decision: Mapping[str, Any],
    said: bytes,
    answer: Answer,
    by: StaffMember,
) -> Callable[[UnitOfWork], ListedTask]:
    """What the first of two said waits with its words, for the second one to say the same."""

    def step(unit: UnitOfWork) -> ListedTask:
        id = decision["decision_id"]
        task = note_answer(seen_task(unit, task_id), answer.state, answer.version or 0, unit.now)
        task = note_first(task, decision["decision"], by.staff_id, unit.now)
        unit.put(LISTED, task)
        if unit.get(ATTEMPTS, id) is None:
            unit.put(ATTEMPTS, Attempt(decision_id=id, said=said, at=unit.now))
        if unit.get(HELD, id) is None:
            kept = replace(_kept(task, decision, by, unit.now, unit.now), state="waits", due=None)
            words = record_of(task.kind, decision["decision"], decision["fields"]).words
            unit.put(HELD, replace(kept, said=said, words=words))
        return task

    return step


def _kept(
    task: ListedTask, decision: Mapping[str, Any], by: StaffMember, at: datetime, due: datetime
) -> HeldDecision:
    return HeldDecision(
        decision_id=decision["decision_id"],
        task_id=task.task_id,
        service=task.service,
        person=person_about(task.about, task.task_id),
        by=by.staff_id,
        decision=decision["decision"],
        version=decision["version"],
        said=b"",
        at=at,
        due=due,
        fields=json.dumps(decision["fields"]),
    )


def hold_needs(task_id: str, decision_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The row, and whether this very form was sent before."""
    return lambda _unit: [LISTED.one(task_id), HELD.one(decision_id)]


def take_back(
    decision_id: str, person: StaffMember
) -> Callable[[UnitOfWork], tuple[HeldDecision, bool]]:
    """The decision was never said; the task is as it was. Whether it was taken back only now."""

    def step(unit: UnitOfWork) -> tuple[HeldDecision, bool]:
        held = unit.get(HELD, decision_id)
        if held is None or held.by != person.staff_id:
            raise UnknownTaskError("There is nothing to take back.", code="unknown-decision")
        after = rules.taken_back(held, person.staff_id, unit.now)
        if after is held:
            return held, False
        task = rules.unmarked(seen_task(unit, held.task_id), decision_id)
        back = took_back_decision(task, held.decision, person, unit.now, f"{decision_id}-back")
        unit.put(LISTED, back)
        unit.put(HELD, after)
        return after, True

    return step


def note_refusal(decision_id: str, person: StaffMember) -> Callable[[UnitOfWork], None]:
    """The person has read that a decision of theirs was refused."""

    def step(unit: UnitOfWork) -> None:
        held = unit.get(HELD, decision_id)
        if held is None or held.by != person.staff_id:
            raise UnknownTaskError("This is no decision of yours.", code="unknown-decision")
        after = rules.noted(held, person.staff_id)
        if after != held:
            unit.put(HELD, after)

    return step


def pass_on(held: HeldDecision, unit: UnitOfWork) -> None:
    """The seconds have passed: from here on it cannot be taken back, and its owner is told."""
    unit.put(HELD, rules.passed_on(held, unit.now))


def no_more(_held: HeldDecision, _unit: ReadSoFar) -> Iterable[Need]:
    """Nothing but the decision itself."""
    return ()


def settle(decision_id: str, answer: Answer) -> Callable[[UnitOfWork], HeldDecision | None]:
    """What the owner answered; a second answer to the same changes nothing."""

    def step(unit: UnitOfWork) -> HeldDecision | None:
        held = unit.get(HELD, decision_id)
        if held is None or held.state != "passing-on":
            return None
        by = unit.peek(STAFF, held.by) or StaffMember(staff_id=held.by, roles=())
        task = rules.unmarked(seen_task(unit, held.task_id), decision_id)
        if answer.refused is not None:
            no = answer.refused
            unit.put(LISTED, refused_later(task, held.decision, by, unit.now, decision_id))
            after = rules.refused(held, no.code, no.message, unit.now)
        else:
            task = note_answer(task, answer.state, answer.version or 0, unit.now)
            kept = record_of(task.kind, held.decision, json.loads(held.fields))
            if kept:
                task = note_line(task, by, unit.now, decision_id)
                note = note_on(task, decision_id, held.by, unit.now, kept.words, kept.given)
                unit.add(NOTES, note)
            if unit.get(ATTEMPTS, decision_id) is None:
                attempt = Attempt(decision_id=decision_id, said=held.said, at=unit.now)
                unit.put(ATTEMPTS, attempt)
            unit.put(LISTED, task)
            after = rules.announced(held, unit.now)
        unit.put(HELD, after)
        return after

    return step


def held_needs(decision_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """The decision, its row, who took it, and what an answer leaves behind."""

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield HELD.one(decision_id)
        yield ATTEMPTS.one(decision_id)
        yield NOTES.one(decision_id)
        held = unit.peek(HELD, decision_id)
        if held is not None:
            yield LISTED.one(held.task_id)
            yield STAFF.one(held.by)

    return needs
