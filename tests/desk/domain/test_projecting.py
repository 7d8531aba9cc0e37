"""Does the task list end in one state whatever order events come in?"""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk.domain.holding import change_due, claim, release
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.projecting import NotItsOwnerError, apply, note_answer
from shared.contracts.envelope import Event
from shared.contracts.tasks import About
from tests.desk.facts import (
    ASH,
    DUE,
    LEO,
    NOON,
    PAT,
    cancelled,
    completed,
    created,
    escalated,
    event,
    updated,
)

HISTORY: list[Event[Any]] = [
    event(created(), id="e-1"),
    event(updated(version=2, title="Call again", owner_id="leo"), id="e-2"),
    event(escalated(), id="e-3", time=DUE),
    event(updated(version=3, title="Call once more", barred=("leo",)), id="e-4"),
    event(escalated(level=2), id="e-5", time=DUE + timedelta(days=1)),
    event(completed(version=4), id="e-6", time=DUE + timedelta(days=2)),
]


def after(events: list[Event[Any]]) -> ListedTask:
    task = ListedTask(task_id="t-1")
    for each in events:
        task = apply(task, each)
    return task


@given(st.permutations(HISTORY), st.lists(st.sampled_from(HISTORY), max_size=4))
def test_any_order_with_any_repetition_ends_in_the_same_task(
    shuffled: list[Event[Any]], repeated: list[Event[Any]]
) -> None:
    assert after([*shuffled, *repeated]) == after(HISTORY)


@given(st.permutations([*HISTORY[:2], event(cancelled(version=3), id="e-9")]))
def test_a_cancelled_task_ends_cancelled_in_any_order(shuffled: list[Event[Any]]) -> None:
    assert after(shuffled).state == "cancelled"


def test_completed_before_created_ends_done() -> None:
    assert after([event(completed(), id="e-2"), event(created(), id="e-1")]).state == "done"


def test_a_task_of_which_only_the_end_was_heard_is_not_shown_yet() -> None:
    assert after([event(completed())]).state == "unseen"


def test_a_day_the_owner_names_later_stands_over_one_set_at_the_desk() -> None:
    task = change_due(after(HISTORY[:1]), NOON + timedelta(days=5), LEO, NOON, "d-1")
    assert task.due_at == NOON + timedelta(days=5)
    later = NOON + timedelta(days=9)
    assert apply(task, event(updated(due_at=later), id="e-7")).due_at == later


def test_an_escalation_alone_does_not_show_a_task() -> None:
    assert after([event(escalated())]).state == "unseen"


def test_the_version_is_the_owners_highest() -> None:
    assert after(HISTORY).version == 4


def test_an_escalation_leaves_the_version_alone() -> None:
    assert after(HISTORY[:3]).version == 2


def test_an_older_statement_does_not_overwrite_a_newer_one() -> None:
    assert after([HISTORY[1], HISTORY[0]]).title == "Call again"


def test_the_owners_suggestion_holds_the_task_until_the_desk_says_otherwise() -> None:
    assert after(HISTORY[:2]).owner_id == "leo"


def test_whoever_becomes_barred_no_longer_holds_the_task() -> None:
    assert after(HISTORY[:4]).owner_id is None


def test_a_claim_outlives_a_later_statement_of_the_owner() -> None:
    held = claim(after(HISTORY[:1]), ASH, NOON, "r-1")
    assert apply(held, HISTORY[1]).owner_id == "ash"


def test_a_release_outlives_the_owners_suggestion() -> None:
    task = after(HISTORY[:2])
    assert release(task, PAT, NOON, "r-1").owner_id is None


def test_a_task_about_a_review_never_keeps_a_clients_id() -> None:
    data = created(about=About(review_id="r-1", client_id="c-1", matter_id="m-1"))
    assert after([event(data)]).about == {"review_id": "r-1"}


def test_each_event_stands_once_in_the_history() -> None:
    assert [each.kind for each in after(HISTORY + HISTORY).history] == [
        "task-created",
        "task-updated",
        "task-updated",
        "task-escalated",
        "task-escalated",
        "task-completed",
    ]


def test_the_history_names_who_decided() -> None:
    assert after(HISTORY).history[-1].by == "leo"


def test_an_accepted_decision_shows_before_its_event_is_heard() -> None:
    assert note_answer(after(HISTORY[:1]), "done", 2, NOON).state == "done"


def test_an_accepted_decision_and_its_event_meet_in_either_order() -> None:
    start, end = after(HISTORY[:1]), event(completed(version=2), id="e-2")
    answer_first = apply(note_answer(start, "done", 2, NOON), end)
    event_first = note_answer(apply(start, end), "done", 2, NOON)
    assert answer_first == event_first


def test_an_answer_that_leaves_the_task_open_raises_its_version() -> None:
    task = note_answer(after(HISTORY[:1]), "open", 2, NOON)
    assert (task.state, task.version) == ("open", 2)


@pytest.mark.parametrize("said", [completed, cancelled, updated, created])
def test_a_task_that_was_heard_of_is_not_touched_by_another_service(said: Any) -> None:
    with pytest.raises(NotItsOwnerError, match="only its owner"):
        apply(after(HISTORY[:1]), event(said(version=9, service="feedback"), id="e-x"))


@pytest.mark.parametrize("end", [completed(), cancelled()])
def test_of_a_task_whose_end_was_heard_first_the_owner_is_known(end: Any) -> None:
    with pytest.raises(NotItsOwnerError):
        apply(after([event(end)]), event(created(service="feedback"), id="e-x"))
