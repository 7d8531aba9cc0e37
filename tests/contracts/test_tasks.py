"""Do tasks say whom they are about and how they may be decided?"""

from typing import Any

import pytest

from shared.contracts.task_kind import TaskKind
from shared.contracts.task_kinds import TASK_KINDS
from shared.contracts.tasks import About, TaskCreated, Why
from tests.contracts.samples import NOW, read_data, refused_in

CREATED: dict[str, Any] = {
    "task_id": "t-1",
    "kind": "review-response",
    "about": {},
    "service": "reputation",
    "version": 1,
    "title": "Approve the reply to a public review",
    "why": {"event_id": "1", "text": "a review was received"},
    "due_at": "2026-03-03T17:00:00Z",
    "role": "lawyer",
}


@pytest.mark.parametrize(
    ("about", "key"),
    [
        ({"client_id": "c-1", "matter_id": "m-1", "review_id": "rv-1"}, "c-1"),
        ({"inquiry_id": "i-1", "matter_id": "m-1"}, "i-1"),
        ({"matter_id": "m-1"}, "m-1"),
        ({"review_id": "rv-1"}, "rv-1"),
        ({}, "t-1"),
    ],
)
def test_a_task_is_keyed_by_whom_it_is_about(about: dict[str, str], key: str) -> None:
    assert read_data("task-created", {**CREATED, "about": about}, key).key() == key


def test_a_task_of_no_version_is_refused() -> None:
    assert refused_in("task-created", {**CREATED, "version": 0}, "t-1") == ["version"]


def test_a_task_can_be_announced_with_what_is_known() -> None:
    task = TaskCreated(
        task_id="t-1", kind="call-client", about=About(client_id="c-1"), service="reminders",
        version=1, title="Call the client", why=Why(event_id="1", text="no channel is left"),
        due_at=NOW, role="assistant",
    )  # fmt: skip
    assert (task.priority, task.barred, task.owner_id) == ("normal", (), None)


@pytest.mark.parametrize("kind", TASK_KINDS.values(), ids=TASK_KINDS.keys())
def test_every_kind_of_task_can_be_decided_by_somebody(kind: TaskKind) -> None:
    assert kind.decisions
    assert kind.roles


@pytest.mark.parametrize("kind", TASK_KINDS.values(), ids=TASK_KINDS.keys())
def test_a_field_is_required_only_for_decisions_there_are(kind: TaskKind) -> None:
    required = {decision for field in kind.fields for decision in field.required_for}
    assert required <= set(kind.decision_names())


@pytest.mark.parametrize("kind", TASK_KINDS.values(), ids=TASK_KINDS.keys())
def test_what_is_only_shown_is_never_required(kind: TaskKind) -> None:
    assert not [each for each in kind.fields if each.kind == "display" and each.required_for]


@pytest.mark.parametrize("kind", TASK_KINDS.values(), ids=TASK_KINDS.keys())
def test_choices_are_given_exactly_where_one_is_made(kind: TaskKind) -> None:
    chosen = [field for field in kind.fields if field.kind != "each-hit"]  # beside each hit
    names = {field.name for field in kind.fields}
    for field in chosen:
        given = bool(field.choices) or f"{field.name}_choices" in names  # or the firm's own
        assert given == (field.kind == "choice")


def test_a_waiver_needs_its_document() -> None:
    check = TASK_KINDS["conflict-check"]
    assert check.required_for("clear-with-waiver") == (
        "document_ref", "signed_on", "affected", "reason",
    )  # fmt: skip
    assert check.required_for("clear") == ("grounds", "reason")
