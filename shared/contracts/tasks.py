"""What do services say about the work they ask people to do?

Any service may ask; it stays the owner of its task and of the rules for deciding it.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field as Limits

from shared.contracts.base import EventData, Part
from shared.contracts.fields import Flag, ForeignId, Id, Instant, Label, Sentence, Whole
from shared.contracts.reminders import Why
from shared.contracts.task_kind import DecisionName, Field, TaskKind
from shared.contracts.task_kinds import TASK_KINDS

__all__ = [
    "TASK_KINDS",
    "About",
    "DecidedFirst",
    "DecisionName",
    "Field",
    "Priority",
    "TaskCancelled",
    "TaskCompleted",
    "TaskCreated",
    "TaskEscalated",
    "TaskKind",
    "TaskUpdated",
    "Why",
]

Priority = Literal["low", "normal", "high", "urgent"]


class About(Part):
    """What a task is about, by id."""

    client_id: Id | None = None
    matter_id: Id | None = None
    review_id: ForeignId | None = None
    inquiry_id: Id | None = None
    appointment_id: ForeignId | None = None
    invoice_id: ForeignId | None = None
    request_id: ForeignId | None = None
    promise_id: ForeignId | None = None
    call_id: ForeignId | None = None
    offer_id: ForeignId | None = None
    complaint_id: ForeignId | None = None
    concern_id: Id | None = None
    letter_id: ForeignId | None = None
    deadline_id: ForeignId | None = None
    incident_id: Id | None = None
    incident_ref: ForeignId | None = None


class DecidedFirst(Part):
    """What one person said of a decision that takes two; a second one has to say the same."""

    decision: Label
    by: Id
    at: Instant


class _TaskEvent(EventData):
    PUBLISHER: ClassVar[str] = "the task's owner"
    KEYS: ClassVar[tuple[str, ...]] = (
        "about.client_id",
        "about.inquiry_id",
        "about.matter_id",
        "about.review_id",
        "task_id",
    )

    task_id: Id
    kind: Label
    about: About = About()
    service: Label
    """The service that owns the task and answers its decisions."""
    version: Annotated[Whole, Limits(ge=1)]


class _TaskStated(_TaskEvent):
    title: Sentence
    why: Why
    due_at: Instant
    priority: Priority = "normal"
    role: Label
    roles: tuple[Label, ...] = ()
    """Who may decide it, where that is narrower than the roles of its kind."""
    owner_id: Id | None = None
    barred: Annotated[tuple[Id, ...], Limits(max_length=100)] = ()
    """Staff who may neither claim nor decide this task."""
    deciders: dict[Label, tuple[Label, ...]] | None = None
    """Of decisions that fewer make than may see the task: in which roles."""
    second: tuple[Label, ...] | None = None
    """Decisions that count once two people have said the same."""
    decided_first: DecidedFirst | None = None
    """One of these, said by one person so far."""


class TaskCreated(_TaskStated):
    """A person is asked to do or decide something."""

    TYPE: ClassVar[str] = "task-created"


class TaskUpdated(_TaskStated):
    """The owner changed a task; the whole of it is said again."""

    TYPE: ClassVar[str] = "task-updated"


class TaskCancelled(_TaskEvent):
    """A task is no longer needed."""

    TYPE: ClassVar[str] = "task-cancelled"

    reason: Sentence
    at: Instant


class TaskCompleted(_TaskEvent):
    """A person decided a task and its owner accepted the decision."""

    TYPE: ClassVar[str] = "task-completed"

    decision: Label
    actor_id: Id | None = None
    at: Instant
    sole_practice: Flag | None = None
    """Whether one person decided alone what needs two, after a cooling-off and with a reason."""
    first_by: Id | None = None
    """Who said it first, where the firm wants it decided by two."""


class TaskEscalated(_TaskEvent):
    """A task was due and nobody has done it."""

    TYPE: ClassVar[str] = "task-escalated"
    PUBLISHER: ClassVar[str] = "reminders"

    level: Annotated[Whole, Limits(ge=1)] = 1
    at: Instant
