"""Who may decide a task so, and which decisions count once two people have said the same?"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.contracts.tasks import TASK_KINDS, Why
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import TASKS, Actor, Decision, Proposed, Task, check_actor, update_task

NOT_ALONE = "You decided this, so a colleague has to say the same."


def check_decision(task: Task, decision: str, fields: Mapping[str, Any], actor: Actor) -> None:
    """Refuse a decision that is not open to this person now, naming what is missing."""
    if task.state != "open":
        raise RuleError(f"This task is {task.state} already.", code="not-open")
    check_actor(task, actor)
    kind = TASK_KINDS[task.kind]
    if decision not in {each.name for each in kind.decisions}:
        names = ", ".join(each.name for each in kind.decisions)
        raise RuleError(f"Decide one of: {names}.", code="unknown-decision", field="decision")
    if not set(actor.roles) & set(allowed := roles_for(task, decision)):
        raise RuleError(f"This is decided by: {', '.join(allowed)}.", code="wrong-role")
    for each in kind.fields:
        if decision in each.required_for and fields.get(each.name) in (None, "", []):
            raise RuleError(f"{each.label} is needed.", code="missing", field=each.name)


def roles_for(task: Task, decision: str) -> tuple[str, ...]:
    """The roles in which this decision is made on this task."""
    kind = TASK_KINDS[task.kind]
    found = kind.decision(decision)
    of_kind = (found.roles if found else ()) or task.roles or kind.roles
    return task.deciders.get(decision) or of_kind


def is_first_of_two(unit: UnitOfWork, task: Task, said: Decision) -> bool:
    """Whether somebody else has to say the same before this counts.

    Whoever says something else than what waits says it first; RuleError for who says it twice.
    """
    if said.decision not in task.second:
        return False
    there = task.proposed
    if there is None or there.mark != _mark_of(unit, said):
        return True
    if there.by == said.actor.id:
        raise RuleError(NOT_ALONE, code="own-decision")
    return False


def keep_first(unit: UnitOfWork, task: Task, said: Decision) -> None:
    """What the first of two said waits for the second, and is everybody's to look at."""
    why = Why(event_id=unit.cause.id, text="Decided by one person; a second one has to agree.")
    mark = _mark_of(unit, said)
    proposed = Proposed(decision=said.decision, by=said.actor.id, at=unit.now, mark=mark)
    update_task(unit, task, why=why, proposed=proposed, owner_id=None)


def decided_now(unit: UnitOfWork, task: Task, said: Decision) -> Task:
    """The task as it is decided: nothing waits any more, and who said the same first is known."""
    if task.proposed is None:
        return task
    first_by = task.proposed.by if said.decision in task.second else None
    now = replace(task, proposed=None, first_by=first_by)
    unit.put(TASKS, now)
    return now


def waits_no_more(unit: UnitOfWork, before: Task) -> None:
    """What waited was overtaken by a decision that left the task as it was: that is said, too."""
    after = unit.get(TASKS, before.task_id)
    if after is not None and before.proposed is not None and after.version == before.version:
        why = Why(event_id=unit.cause.id, text="Decided, and still to be done.")
        update_task(unit, after, why=why)


def _mark_of(unit: UnitOfWork, said: Decision) -> str:
    return unit.mark_of(json.dumps([said.decision, said.fields], sort_keys=True))
