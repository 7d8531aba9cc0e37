"""Does what takes two count only once a second person has said exactly the same?"""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.envelope import Cause
from shared.contracts.firm_decisions import WhoDecides
from shared.contracts.tasks import TaskCompleted, TaskCreated, TaskUpdated
from shared.errors import RuleError
from shared.requests.decisions import Decider
from shared.state.unit_of_work import UnitOfWork
from shared.tasks import (
    TASKS,
    About,
    Actor,
    Decision,
    Task,
    Why,
    complete_task,
    open_task,
    update_task,
)
from tests.fakes.memory import MemoryService

CAUSE = Cause("urn:test", "e-1", "test", "e-1", None, MemoryService.now)
LEO, PAT, ASH = (
    Actor(id="leo", roles=("lawyer",)),
    Actor(id="pat", roles=("partner",)),
    Actor(id="ash", roles=("assistant",)),
)
BY_TWO = WhoDecides(said={"call-client": {"no-more-calls": ("lawyer", "partner", "second-person")}})
REASON = {"reason": "moved away"}


def decides(said: Decision, task: Task, unit: UnitOfWork) -> None:
    """The owner's rule of this test."""
    if said.fields.get("reason") == "none":
        raise RuleError("Give a reason.", code="no-reason", field="reason")
    complete_task(unit, task, said.decision, said.actor.id)


def office() -> tuple[MemoryService, Task]:
    """An office where calling no more takes two, and a task to call."""
    decider = Decider("call-client", decides, lambda *_: [])
    service = MemoryService("reminders", deciders=[decider], who_decides=BY_TWO)
    task = service.act(
        lambda unit: open_task(
            unit, kind="call-client", ref="c-1", about=About(client_id="c-1"), title="Call",
            why=Why(event_id="e-1", text="asked"), due_at=unit.now + timedelta(days=1),
        ),
        lambda _: [],
        CAUSE,
    )  # fmt: skip
    return service, task


def kept(service: MemoryService, task: Task) -> Task:
    found: Any = service.get(TASKS, task.task_id)
    assert isinstance(found, Task)
    return found


def test_who_is_asked_hears_which_decisions_fewer_make_and_which_take_two() -> None:
    service, _ = office()
    (created,) = service.announced_of(TaskCreated)
    assert created.deciders == {"no-more-calls": ("lawyer", "partner")}
    assert created.second == ("no-more-calls",)
    assert created.roles == ()


def test_what_one_person_says_is_kept_and_nothing_comes_of_it_yet() -> None:
    service, task = office()
    answer = service.decide(task.task_id, "no-more-calls", REASON, actor=LEO)
    assert (answer["state"], answer["waits"]) == ("open", True)
    assert service.announced_of(TaskCompleted) == []
    (updated,) = service.announced_of(TaskUpdated)
    assert updated.decided_first is not None
    assert (updated.decided_first.decision, updated.decided_first.by) == ("no-more-calls", "leo")


def test_what_was_written_is_kept_by_its_owner_as_a_mark_alone() -> None:
    service, task = office()
    service.decide(task.task_id, "no-more-calls", REASON, actor=LEO)
    assert "moved away" not in repr(kept(service, task))


def test_it_counts_once_a_second_person_has_said_the_same_and_both_are_named() -> None:
    service, task = office()
    service.decide(task.task_id, "no-more-calls", REASON, actor=LEO)
    answer = service.decide(task.task_id, "no-more-calls", REASON, actor=PAT)
    assert answer["state"] == "done"
    (completed,) = service.announced_of(TaskCompleted)
    assert (completed.actor_id, completed.first_by) == ("pat", "leo")


def test_nobody_says_it_twice() -> None:
    service, task = office()
    service.decide(task.task_id, "no-more-calls", REASON, actor=LEO)
    with pytest.raises(RuleError, match="a colleague has to say the same"):
        service.decide(task.task_id, "no-more-calls", REASON, actor=LEO)


def test_whoever_writes_something_else_is_the_first_again() -> None:
    service, task = office()
    service.decide(task.task_id, "no-more-calls", REASON, actor=LEO)
    answer = service.decide(task.task_id, "no-more-calls", {"reason": "deaf"}, actor=PAT)
    assert answer["waits"]
    proposed = kept(service, task).proposed
    assert proposed is not None
    assert proposed.by == "pat"
    assert service.decide(task.task_id, "no-more-calls", {"reason": "deaf"}, actor=LEO)[
        "state"
    ] == ("done")


def test_another_decision_that_one_may_make_ends_what_waited() -> None:
    service, task = office()
    service.decide(task.task_id, "no-more-calls", REASON, actor=LEO)
    service.decide(task.task_id, "reached", {"note": "She rang."}, actor=ASH)
    (completed,) = service.announced_of(TaskCompleted)
    assert (completed.decision, completed.first_by) == ("reached", None)


def test_what_its_owner_would_refuse_is_refused_to_the_first() -> None:
    service, task = office()
    with pytest.raises(RuleError, match="Give a reason"):
        service.decide(task.task_id, "no-more-calls", {"reason": "none"}, actor=LEO)
    assert kept(service, task).proposed is None


def test_who_may_decide_the_task_but_not_so_is_told_who_may() -> None:
    service, task = office()
    with pytest.raises(RuleError, match="decided by: lawyer, partner"):
        service.decide(task.task_id, "no-more-calls", REASON, actor=ASH)


def test_what_was_said_of_a_task_that_changed_since_counts_no_more() -> None:
    service, task = office()
    service.decide(task.task_id, "no-more-calls", REASON, actor=LEO)
    why = Why(event_id="e-2", text="They wrote again.")
    service.act(
        lambda unit: update_task(unit, kept(service, task), why=why),
        lambda _: [TASKS.one(task.task_id)],
        CAUSE,
    )
    assert service.decide(task.task_id, "no-more-calls", REASON, actor=PAT)["waits"]
