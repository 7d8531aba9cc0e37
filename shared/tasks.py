"""How does a service ask a person for something, and keep track of what it asked?

Every service keeps its own tasks; desk shows copies. The version is the owner's: it rises when the
owner changes what is asked, so that nobody decides about something they have not seen.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.base import Id
from shared.contracts.firm_decisions import WhoDecides, asked_of
from shared.contracts.firm_roles import roles_of
from shared.contracts.restrictions import subjects_in
from shared.contracts.tasks import (
    TASK_KINDS,
    About,
    DecidedFirst,
    TaskCancelled,
    TaskCompleted,
    TaskCreated,
    TaskUpdated,
    Why,
)
from shared.errors import RuleError
from shared.state.document_types import DocumentType
from shared.state.unit_of_work import UnitOfWork

__all__ = ["About", "Actor", "Decision", "Proposed", "Task", "Why"]
SCREENED = "An ethical wall keeps you from this."


class Actor(BaseModel):
    """The person who decides: their id in the practice-management system, and their roles."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    roles: tuple[str, ...] = ()
    screened: tuple[str, ...] = ()  # what a wall keeps them from: client:c-1, matter:m-1 …
    until: str | None = None  # how long the desk's signature is good for
    signature: str | None = None


class Decision(BaseModel):
    """What a person decided about a task, and which version of it they saw."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    decision_id: Id
    task_id: Id
    decision: str
    fields: dict[str, Any] = Field(default_factory=dict)
    version: int
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What one person decided that a second one has to say too; its words only as a keyed hash."""

    decision: str
    by: str
    at: datetime
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing a person is asked to do, as its owner keeps it."""

    task_id: str
    kind: str
    ref: str  # the id of the owner's document it is about
    title: str
    why: dict[str, Any]
    due_at: datetime
    role: str
    priority: str = "normal"
    about: dict[str, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ()  # narrower than the kind's own, if not empty
    owner_id: str | None = None
    barred: tuple[str, ...] = ()
    version: int = 1
    state: str = "open"  # open, done or cancelled
    decision: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    tried: tuple[datetime, ...] = ()  # when somebody tried, and tries again
    deciders: dict[str, tuple[str, ...]] = field(default_factory=dict)  # where fewer decide it
    second: tuple[str, ...] = ()  # the decisions that two people have to say
    proposed: Proposed | None = None  # one of these, said by the first
    first_by: str | None = None  # who said first what is being decided now


TASKS: DocumentType[Task] = DocumentType(
    "tasks", Task, key=lambda task: task.task_id, lookups={"ref": lambda task: [task.ref]}
)


def task_id_for(service: str, kind: str, ref: str, occasion: str = "") -> str:
    """The id of the task this service asks for about this document on this occasion."""
    digest = hashlib.sha256(f"{service}\n{kind}\n{ref}\n{occasion}".encode()).hexdigest()
    return f"t-{digest[:24]}"


def open_task(
    unit: UnitOfWork,
    *,
    kind: str,
    ref: str,
    about: About,
    title: str,
    why: Why,
    due_at: datetime,
    priority: str = "normal",
    role: str | None = None,
    roles: Sequence[str] = (),
    owner_id: str | None = None,
    barred: Sequence[str] = (),
    occasion: str = "",
) -> Task:
    """Ask a person; asking twice about the same document on the same occasion asks once.

    ``title`` names ids only; ``roles`` narrows whom the firm lets decide this kind. Declare
    ``TASKS.by("ref", ref)`` or nothing: an existing task is met in either case.
    """
    task = Task(
        task_id=task_id_for(unit.service, kind, ref, occasion),
        kind=kind,
        ref=ref,
        title=title,
        why=why.model_dump(),
        priority=priority,
        about=about.model_dump(exclude_none=True),
        **_asked_of(kind, role, roles, unit.who_decides),
        owner_id=owner_id,
        barred=tuple(barred),
        due_at=due_at,
    )
    if unit.add(TASKS, task):
        unit.announce(TaskCreated(**_stated(unit, task)))
    return unit.peek(TASKS, task.task_id) or task


def update_task(unit: UnitOfWork, task: Task, *, why: Why, **changes: Any) -> Task:
    """Change what is asked; whoever saw the version before has to look again.

    What one of two people had said about that version counts no more.
    """
    if "roles" in changes:
        role, roles = changes.get("role"), changes["roles"]
        changes |= _asked_of(task.kind, role, roles, unit.who_decides)
    changes = {"proposed": None, "first_by": None} | changes
    changed = replace(task, version=task.version + 1, why=why.model_dump(), **changes)
    unit.put(TASKS, changed)
    unit.announce(TaskUpdated(**_stated(unit, changed)))
    return changed


def is_asked_of(unit: UnitOfWork, task: Task, roles: Sequence[str]) -> bool:
    """Whether a task is for just those whom a rule narrows it to, by what holds here."""
    return task.roles == asked_of(task.kind, roles, unit.who_decides).roles


def complete_task(
    unit: UnitOfWork, task: Task, decision: str, actor_id: str, *, sole_practice: bool = False
) -> Task:
    """A person has decided; nobody else can any more.

    ``sole_practice``: alone, where the firm's rule wants two; said so, and to be so by its owner.
    """
    done = replace(
        task,
        state="done",
        version=task.version + 1,
        decision=decision,
        decided_by=actor_id,
        decided_at=unit.now,
        proposed=None,
    )
    unit.put(TASKS, done)
    unit.announce(
        TaskCompleted(
            **_named(unit, done),
            decision=decision,
            actor_id=actor_id,
            at=unit.now,
            sole_practice=sole_practice or None,
            first_by=done.first_by,
        )
    )
    return done


def cancel_task(unit: UnitOfWork, task: Task, reason: str) -> Task:
    """It need not be done any more; ``reason`` is a short constant such as ``answered``."""
    gone = replace(task, state="cancelled", version=task.version + 1)
    unit.put(TASKS, gone)
    unit.announce(TaskCancelled(**_named(unit, gone), reason=reason, at=unit.now))
    return gone


def is_over(task: Task, until: datetime) -> bool:
    """Whether a task was decided or called off, and due, by then."""
    ended = task.decided_at or task.due_at
    return task.state != "open" and bool(task.title) and max(ended, task.due_at) <= until


def mark_of(task: Task, client_ids: Sequence[str]) -> Task:
    """What stays of a task that was cleared: that it was asked, so that nobody asks it again.

    Its client only where the thing it is about is called by them: an erasure has to find that.
    """
    named = any(each in task.ref for each in client_ids)
    about = {"client_id": task.about["client_id"]} if named else {}
    return Task(
        task_id=task.task_id,
        kind=task.kind,
        ref=task.ref,
        title="",
        why={},
        due_at=task.due_at,
        role=task.role,
        about=about,
        version=task.version,
        state=task.state,
        decision=task.decision,
        decided_at=task.decided_at,
    )


def is_screened(ids: Mapping[str, str | None], actor: Actor) -> bool:
    """Whether an ethical wall keeps somebody from the client, matter or inquiry of these ids."""
    return bool(set(subjects_in(ids)) & set(actor.screened))


def check_unscreened(ids: Mapping[str, str | None], actor: Actor) -> None:
    """Refuse whoever an ethical wall keeps from the client, matter or inquiry of these ids."""
    if is_screened(ids, actor):
        raise RuleError(SCREENED, code="screened")


def check_actor(task: Task, actor: Actor) -> None:
    """Refuse whoever may not deal with this task: barred, screened, or without a fitting role."""
    if actor.id in task.barred:
        raise RuleError("You are not to deal with this yourself.", code="barred")
    check_unscreened(task.about, actor)
    allowed = task.roles or TASK_KINDS[task.kind].roles
    if not set(actor.roles) & set(allowed):
        raise RuleError(f"This is decided by: {', '.join(allowed)}.", code="wrong-role")


def _asked_of(
    kind: str, role: str | None, roles: Sequence[str], firm: WhoDecides
) -> dict[str, Any]:
    """In which roles a task may be decided, and whose it is first."""
    asked = asked_of(kind, roles, firm)
    known = asked.roles or roles_of(kind)
    first = role if role and (role in known or kind not in firm.roles) else known[0]
    return {"role": first, "roles": asked.roles, "deciders": dict(asked.deciders),
            "second": asked.second}  # fmt: skip


def _named(unit: UnitOfWork, task: Task) -> dict[str, Any]:
    """What every event about a task says."""
    return {
        "task_id": task.task_id,
        "kind": task.kind,
        "about": About(**task.about),
        "service": unit.service,
        "version": task.version,
    }


def _stated(unit: UnitOfWork, task: Task) -> dict[str, Any]:
    """The whole of a task, as it is announced."""
    return _named(unit, task) | {
        "title": task.title,
        "why": Why(**task.why),
        "due_at": task.due_at,
        "priority": task.priority,
        "role": task.role,
        "roles": task.roles,
        "owner_id": task.owner_id,
        "barred": task.barred,
        "deciders": task.deciders or None,
        "second": task.second or None,
        "decided_first": _first(task.proposed),
    }


def _first(proposed: Proposed | None) -> DecidedFirst | None:
    if proposed is None:
        return None
    return DecidedFirst(decision=proposed.decision, by=proposed.by, at=proposed.at)
