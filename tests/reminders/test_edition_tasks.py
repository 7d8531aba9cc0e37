"""Is a second person asked about a proposal, and nobody any more once it is decided?"""

from typing import Any

import pytest

from shared.errors import RuleError
from shared.tasks import Actor, Task
from tests.reminders.editions import ADA, LEO, approve, ask, office, propose
from tests.reminders.over_memory import Reminders

KIND = "edition-approval"


@pytest.fixture
def reminders() -> Reminders:
    return office()


def proposed(reminders: Reminders, **more: Any) -> Any:
    ask(reminders, "edit-rule", rule_id="survey-due", off=True)
    return propose(reminders, note="Nobody answers.", **more)


def only(reminders: Reminders, state: str = "open") -> Task:
    [task] = reminders.tasks(KIND, state)
    return task


def decide(reminders: Reminders, actor: Any, **fields: str) -> None:
    task = only(reminders)
    who = Actor(id=actor.id, roles=actor.roles)
    reminders.decide(task.task_id, "reject", dict(fields), actor=who)


def test_somebody_who_may_approve_is_asked_and_never_who_proposed(reminders: Reminders) -> None:
    proposed(reminders)
    task = only(reminders)
    assert (task.role, task.barred, task.about) == ("partner", ("ada",), {})
    assert (task.due_at - reminders.now).days >= 1
    with pytest.raises(RuleError) as no:
        decide(reminders, ADA, reason="Mine.")
    assert no.value.code == "barred"


def test_the_task_says_in_short_what_changes(reminders: Reminders) -> None:
    proposed(reminders)
    shown = reminders.view(only(reminders).task_id, Actor(id="leo", roles=("ops",)))
    assert (shown["edition"], shown["by"], shown["note"]) == ("1", "ada", "Nobody answers.")
    assert shown["changes"] == "playbooks/closing.yaml: new"
    assert shown["simulated"] == "It was not simulated."


def test_it_ends_by_itself_when_the_change_is_approved(reminders: Reminders) -> None:
    approve(reminders, proposed(reminders))
    assert only(reminders, "cancelled").state == "cancelled"


def test_it_ends_when_the_change_is_taken_back(reminders: Reminders) -> None:
    ask(reminders, "reject", ADA, edition=proposed(reminders).edition)
    assert only(reminders, "cancelled").decided_by is None


def test_who_rejects_on_the_page_has_done_the_task(reminders: Reminders) -> None:
    ask(reminders, "reject", LEO, edition=proposed(reminders).edition, why="Too early.")
    done = only(reminders, "done")
    assert (done.decision, done.decided_by) == ("reject", "leo")


def test_who_rejects_in_the_task_says_why(reminders: Reminders) -> None:
    edition = proposed(reminders)
    decide(reminders, LEO, reason="Too early.")
    shown = ask(reminders, "edition", LEO, edition=edition.edition)
    assert (shown.state, shown.why, shown.decided_by) == ("rejected", "Too early.", "leo")
    assert only(reminders, "done").decided_by == "leo"
