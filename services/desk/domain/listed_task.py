"""What does the desk know about a task that another service owns?

Two halves that never mix: what the owner said (title, due instant, version, state) and what the
desk itself keeps (who holds it, until when it sleeps, a due instant of its own). Only the owner's
half has a version.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

State = Literal["unseen", "open", "done", "cancelled"]
"""``unseen``: something was heard about the task, but not yet what it asks."""
ShownState = Literal["open", "snoozed", "done", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a task or a timeline entry exists: an event, the rule applied, both in words."""

    event_id: str
    text: str
    rule_id: str | None = None
    rule_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of a task's history."""

    id: str
    at: datetime
    kind: str
    text: str
    by: str | None = None
    version: int = 0  # the task's version it belongs to: sorts what happened in one instant
    until: datetime | None = None  # the instant it was put off to
    to: str | None = None  # who was given the task


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The desk's own word on who has a task: a person, or deliberately nobody."""

    staff_id: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A decision a person took that its owner is not told yet."""

    decision_id: str
    by: str
    decision: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """What one person said of a decision that counts once a second one has said the same."""

    decision: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTask:
    """One row of the task list.

    ``state``, ``version``, ``owner_id`` and ``due_at`` follow from the rest.
    """

    task_id: str
    state: State = "unseen"
    version: int = 0
    owner_id: str | None = None
    due_at: datetime | None = None  # the desk's own if there is one, else what the owner said

    said: str = ""  # which statement of the owner the next fields come from
    service: str = ""
    kind: str = ""
    about: dict[str, str] = field(default_factory=dict)
    title: str = ""
    why: Reason | None = None
    said_due_at: datetime | None = None
    priority: str = "normal"
    role: str = ""
    roles: tuple[str, ...] = ()  # narrower than those of its kind, if not empty
    offered_to: str | None = None
    barred: tuple[str, ...] = ()
    deciders: dict[str, tuple[str, ...]] = field(default_factory=dict)  # where fewer decide it
    second: tuple[str, ...] = ()  # decisions that two people have to say
    first: First | None = None  # one of these, said by the first

    ended: str = ""  # which event ended it
    ended_as: Literal["done", "cancelled"] | None = None
    ended_at: datetime | None = None
    answered_version: int = 0  # the version the owner named when it accepted a decision
    escalation: int = 0
    escalated_to: str | None = None  # who sees to it that it is done, while it is overdue

    escalated_because: str = ""  # why they, as in ``escalating``
    escalated_instead_of: str | None = None  # who is away, where they act for somebody

    holding: Holding | None = None
    snoozed_until: datetime | None = None
    waiting: bool = False  # it sleeps because the client has to do something first
    own_due_at: datetime | None = None
    own_due_for: datetime | None = None  # what the owner said then: a newer word of theirs holds
    held_back: HeldBack | None = None  # decided by somebody, who may still take it back
    history: tuple[Happening, ...] = ()
    cleared: bool = False  # it was over for long: nothing but this is left, and it takes in nothing

    def is_over(self, until: datetime) -> bool:
        """Whether it had ended by then."""
        ended = self.ended_at or until
        return self.state in ("done", "cancelled") and self.held_back is None and ended <= until

    @property
    def mark(self) -> "ListedTask":
        """What stays of it once it is cleared: that there was one, so that it never opens again."""
        return ListedTask(task_id=self.task_id, cleared=True)

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been done."""
        return self.due_at is not None and self.due_at < now and self.state == "open"

    def escalated(self, now: datetime) -> int:
        """How far it is escalated; not any more, once it is due later."""
        return self.escalation if self.is_overdue(now) or self.state != "open" else 0

    def lies_with(self, staff_id: str, now: datetime) -> bool:
        """Whether this person has it, or is to see to it."""
        mine = self.escalated_to == staff_id and self.is_overdue(now)
        return mine or self.owner_id == staff_id

    def shown_state(self, now: datetime) -> ShownState:
        """The state a person sees: an open task may be asleep."""
        if self.state in ("done", "cancelled"):
            return "done" if self.state == "done" else "cancelled"
        asleep = self.snoozed_until is not None and self.snoozed_until > now
        return "snoozed" if asleep else "open"


def settled(task: ListedTask) -> ListedTask:
    """The task with what follows from the rest worked out anew."""
    state: State = "unseen" if not task.said else task.ended_as or "open"
    version = max(version_of(task.said), version_of(task.ended), task.answered_version)
    holder = task.holding.staff_id if task.holding else task.offered_to
    if holder in task.barred:
        holder = None
    own = task.own_due_at if task.own_due_for in (None, task.said_due_at) else None
    due_at = own or task.said_due_at
    return replace(task, state=state, version=version, owner_id=holder, due_at=due_at)


def with_happening(task: ListedTask, happening: Happening) -> ListedTask:
    """The task with one more line of history, in order of time, each line once."""
    if any(known.id == happening.id for known in task.history):
        return task
    history = sorted((*task.history, happening), key=lambda each: (each.at, each.version, each.id))
    return replace(task, history=tuple(history))


def mark(version: int, stamp: str) -> str:
    """Sorts statements of an owner: by its version, then by when and where it was said."""
    return f"{version:010d} {stamp}"


def version_of(said: str) -> int:
    """The version within a mark; 0 where nothing was said."""
    return int(said[:10]) if said else 0
