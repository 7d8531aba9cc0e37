"""Is a task decided by whom the firm says, from the moment it is opened?"""

from datetime import timedelta

import pytest

from shared.contracts.envelope import Cause
from shared.contracts.firm_roles import FirmRoles
from shared.contracts.tasks import TaskCreated, TaskUpdated
from shared.errors import RuleError
from shared.requests.deciding import check_decision
from shared.tasks import (
    TASKS,
    About,
    Actor,
    Task,
    Why,
    is_asked_of,
    open_task,
    update_task,
)
from tests.fakes.memory import MemoryService

SAID = {"note": "They spoke."}

ASSISTANTS = {"call-client": ("assistant",)}
CAUSE = Cause("urn:test", "e-1", "test", "e-1", None, MemoryService.now)


def asked(
    firm: FirmRoles, role: str | None = None, roles: tuple[str, ...] = ()
) -> tuple[MemoryService, Task]:
    """An office with the firm's word, and a task that was opened there."""
    office = MemoryService("reminders", firm_roles=firm)
    task = office.act(
        lambda unit: open_task(
            unit, kind="call-client", ref="c-1", about=About(client_id="c-1"), title="Call",
            why=Why(event_id="e-1", text="asked"), due_at=unit.now + timedelta(days=1), role=role,
            roles=roles,
        ),
        lambda _: [],
        CAUSE,
    )  # fmt: skip
    return office, task


def test_without_a_word_of_the_firm_nothing_is_said_of_roles() -> None:
    office, _ = asked({})
    (created,) = office.announced_of(TaskCreated)
    assert (created.role, created.roles) == ("assistant", ())


def test_what_is_announced_names_whom_the_firm_lets_decide() -> None:
    office, _ = asked(ASSISTANTS, role="lawyer")
    (created,) = office.announced_of(TaskCreated)
    assert (created.role, created.roles) == ("assistant", ("assistant",))


def test_whoever_could_decide_it_as_shipped_is_refused() -> None:
    _, task = asked(ASSISTANTS)
    check_decision(task, "reached", SAID, Actor(id="a", roles=("assistant",)))
    with pytest.raises(RuleError, match="decided by: assistant"):
        check_decision(task, "reached", SAID, Actor(id="p", roles=("partner",)))


def test_whom_the_firm_lets_decide_beside_the_shipped_ones_may() -> None:
    _, task = asked({"call-client": ("conflicts-officer",)})
    check_decision(task, "reached", SAID, Actor(id="c", roles=("conflicts-officer",)))


def test_a_task_that_is_changed_stays_with_whom_the_firm_says() -> None:
    office, task = asked(ASSISTANTS)
    office.act(
        lambda unit: update_task(
            unit, task, why=Why(event_id="e-2", text="again"), role="lawyer", roles=()
        ),
        lambda _: [TASKS.one(task.task_id)],
        CAUSE,
    )
    (updated,) = office.announced_of(TaskUpdated)
    assert (updated.role, updated.roles) == ("assistant", ("assistant",))


def test_it_is_known_whether_a_task_is_asked_of_just_these() -> None:
    office, task = asked({"call-client": ("assistant", "partner")}, roles=("partner", "lawyer"))
    assert task.roles == ("partner",)
    same = office.act(
        lambda unit: is_asked_of(unit, task, ("partner", "lawyer")), lambda _: [], CAUSE
    )
    assert same
