"""What does a task look like after these events, in whatever order they came?

The owner's later statement wins, by its version; an end is final, also when it is heard before the
beginning. A task about a public review never keeps a client's id: the link would be a secret.
"""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from services.desk.domain.labels import decision_label
from services.desk.domain.listed_task import (
    First,
    Happening,
    Holding,
    ListedTask,
    Reason,
    mark,
    settled,
    with_happening,
)
from shared.contracts.envelope import Event
from shared.contracts.reminders import Why
from shared.contracts.tasks import (
    About,
    TaskCancelled,
    TaskCompleted,
    TaskCreated,
    TaskEscalated,
    TaskUpdated,
)
from shared.errors import PermanentError

Stated = TaskCreated | TaskUpdated
TaskEvent = Stated | TaskCompleted | TaskCancelled | TaskEscalated


class NotItsOwnerError(PermanentError):
    """The service named in this event does not own the task: only its owner changes or ends it."""


def apply(task: ListedTask, event: Event[TaskEvent]) -> ListedTask:
    """The task after one more event.

    Raises PermanentError where another service owns it: nobody changes or ends a task of another.
    """
    data = event.data
    if task.cleared:
        return task  # said again, long after it was over
    if task.service and data.service != task.service:
        raise NotItsOwnerError
    if isinstance(data, TaskEscalated):
        changed = replace(task, escalation=max(task.escalation, data.level))
    elif isinstance(data, TaskCreated | TaskUpdated):
        changed = _state(task, data, event.stamp)
    else:
        changed = _end(task, data, event.stamp)
    return settled(with_happening(changed, _happening(event)))


def note_first(task: ListedTask, decision: str, by: str, at: datetime) -> ListedTask:
    """The task once its owner keeps what the first of two said, before the event is heard."""
    first = First(decision=decision, by=by, at=at)
    return settled(replace(task, first=first, holding=_held_on(task, first)))


def note_answer(task: ListedTask, state: str | None, version: int, at: datetime) -> ListedTask:
    """The task as its owner described it when accepting a decision, before the event is heard."""
    if version <= task.answered_version:
        return task
    answered = replace(task, answered_version=version)
    if task.ended_as is None and state in ("done", "cancelled"):
        how: Literal["done", "cancelled"] = "done" if state == "done" else "cancelled"
        answered = replace(answered, ended_as=how, ended_at=at)
    return settled(answered)


def about_of(about: About) -> dict[str, str]:
    """The ids a task is about; with a review, never the client's."""
    ids: dict[str, str] = about.model_dump(exclude_none=True)
    if "review_id" in ids:
        ids.pop("client_id", None)
        ids.pop("matter_id", None)
    return ids


def reason_of(why: Why) -> Reason:
    """An event's why, as documents keep it."""
    return Reason(
        event_id=why.event_id,
        text=why.text,
        rule_id=why.rule_id,
        rule_version=why.rule_version,
    )


def _state(task: ListedTask, data: Stated, stamp: str) -> ListedTask:
    said = mark(data.version, stamp)
    if said <= task.said:
        return task
    first = _first(data)
    return replace(
        task,
        said=said,
        holding=_held_on(task, first),
        first=first,
        deciders={each: tuple(roles) for each, roles in (data.deciders or {}).items()},
        second=tuple(data.second or ()),
        service=data.service,
        kind=data.kind,
        about=about_of(data.about),
        title=data.title,
        why=reason_of(data.why),
        said_due_at=data.due_at,
        priority=data.priority,
        role=data.role,
        offered_to=data.owner_id,
        roles=tuple(data.roles),
        barred=tuple(data.barred),
    )


def _first(data: Stated) -> First | None:
    said = data.decided_first
    return First(decision=said.decision, by=said.by, at=said.at) if said else None


def _held_on(task: ListedTask, first: First | None) -> Holding | None:
    """Who has it; what one of two has decided is everybody else's to look at."""
    holding = task.holding
    return None if first and holding and holding.staff_id == first.by else holding


def _end(task: ListedTask, data: TaskCompleted | TaskCancelled, stamp: str) -> ListedTask:
    ended = mark(data.version, stamp)
    if ended <= task.ended:
        return task
    done = isinstance(data, TaskCompleted)
    how: Literal["done", "cancelled"] = "done" if done else "cancelled"
    return replace(
        task, service=data.service, ended=ended, ended_as=how, ended_at=data.at, first=None
    )


def _happening(event: Event[TaskEvent]) -> Happening:
    data = event.data
    by: str | None = None
    if isinstance(data, TaskCompleted):
        label, by = decision_label(data.kind, data.decision), data.actor_id
        text = f"Decided: {label}."
        if data.first_by:
            text = f"Decided, as a colleague had before: {label}."
    elif isinstance(data, TaskCancelled):
        text = f"No longer needed: {data.reason}"
    elif isinstance(data, TaskEscalated):
        text = f"Overdue, and escalated to level {data.level}."
    elif isinstance(data, TaskUpdated):
        text = f"Changed: {data.why.text}"
    else:
        text = f"Opened: {data.why.text}"
    return Happening(
        id=event.msg_id, at=event.time, kind=data.TYPE, text=text, by=by, version=data.version
    )
