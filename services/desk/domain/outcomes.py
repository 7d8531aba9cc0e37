"""What did a person just do to some tasks, and can it be taken back?

For ten seconds the desk's half of a task (who has it, until when it sleeps, its own due instant)
can be put back to what it was, unless somebody else has changed it meanwhile. A decision can until
its owner is told of it (``held_decisions``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services.desk.domain.listed_task import Holding, ListedTask, settled

SHOWN = timedelta(seconds=10)
COMES_WITHIN = timedelta(minutes=1)  # a task that is not there by then is not spoken of any more
UNDONE_WITHIN = timedelta(seconds=20)  # ten that are shown, and a slow network


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHalf:
    """What the desk itself keeps of a task."""

    holding: Holding | None
    snoozed_until: datetime | None
    waiting: bool
    own_due_at: datetime | None
    own_due_for: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One task that was changed: the desk's half before and after, and the note that was added."""

    task_id: str
    before: DeskHalf
    after: DeskHalf
    note_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One task that could not be changed, and why."""

    task_id: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A task that another service opens because of what was done.

    Known by its kind and what it is about, or by its id where that service said it.
    """

    kind: str
    about: Mapping[str, str] = field(default_factory=dict)
    task_id: str = ""

    def is_it(self, task: ListedTask) -> bool:
        """Whether this is that task."""
        if self.task_id:
            return task.task_id == self.task_id
        return task.kind == self.kind and self.about.items() <= task.about.items()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one thing a person asked for."""

    outcome_id: str
    staff_id: str
    at: datetime
    what: str
    changes: tuple[Change, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    undone: bool = False
    held: str | None = None  # the id of a decision that may be taken back
    place: str = ""  # where what was opened stands
    awaited: Awaited | None = None


def half_of(task: ListedTask) -> DeskHalf:
    """The desk's half of a task."""
    return DeskHalf(
        holding=task.holding,
        snoozed_until=task.snoozed_until,
        waiting=task.waiting,
        own_due_at=task.own_due_at,
        own_due_for=task.own_due_for,
    )


def with_half(task: ListedTask, half: DeskHalf) -> ListedTask:
    """The task with another desk's half."""
    return settled(
        replace(
            task,
            holding=half.holding,
            snoozed_until=half.snoozed_until,
            waiting=half.waiting,
            own_due_at=half.own_due_at,
            own_due_for=half.own_due_for,
        )
    )


def may_undo(outcome: Outcome, now: datetime) -> bool:
    """Whether it can still be taken back."""
    return bool(outcome.changes) and not outcome.undone and now - outcome.at < UNDONE_WITHIN
