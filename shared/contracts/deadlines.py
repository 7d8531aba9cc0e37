"""What is said of a matter's deadlines: set, moved, done, and seen by a second person?

The firm's other systems and the desk say which day it is; who verified and acknowledged it,
reminders says, which keeps the diary. A deadline is a day: which business day before it the diary
counts to is reckoned from the firm's calendar.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import StringConstraints, model_validator

from shared.contracts.base import EventData, refuse_fields
from shared.contracts.fields import LINE_PATTERN, Day, ForeignId, Id, Instant, Label
from shared.contracts.firm import PRACTICE_MANAGEMENT

RuleNamed = Annotated[str, StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=300)]
"""A rule or an order, such as § 517 ZPO: never a name or what the matter is about."""


class _Deadline(EventData):
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "matter_id", "deadline_id")

    deadline_id: ForeignId
    matter_id: Id
    client_id: Id | None = None


class DeadlineSet(_Deadline):
    """A day by which something has to be done in a matter; said again, it was corrected."""

    TYPE: ClassVar[str] = "deadline-set"
    DAYS: ClassVar[tuple[str, ...]] = ("date",)

    kind: Label
    """What has to be done: appeal, limitation, reply."""
    date: Day
    source_rule: RuleNamed
    """By which rule or order it is that day, such as § 517 ZPO."""
    set_by: Id
    verified_by: Id | None = None
    """Who else has reckoned it; nobody who set it."""

    @model_validator(mode="after")
    def _is_verified_by_another(self) -> Self:
        if self.verified_by == self.set_by:
            raise refuse_fields(("verified_by",), "must be somebody else than set_by")
        return self


class DeadlineMoved(_Deadline):
    """It is another day now: extended, or reckoned anew. Somebody else verifies that again."""

    TYPE: ClassVar[str] = "deadline-moved"
    DAYS: ClassVar[tuple[str, ...]] = ("date",)

    date: Day
    source_rule: RuleNamed | None = None
    """By which rule or order it is that day, where that is another."""
    by: Id
    at: Instant


class _DeadlineEnded(_Deadline):
    by: Id
    at: Instant


class DeadlineDone(_DeadlineEnded):
    """What it asked for was done."""

    TYPE: ClassVar[str] = "deadline-done"


class DeadlineCancelled(_DeadlineEnded):
    """It does not run any more: settled, withdrawn, entered by mistake."""

    TYPE: ClassVar[str] = "deadline-cancelled"


class _DeadlineSeen(_Deadline):
    PUBLISHER: ClassVar[str] = "reminders"

    date: Day
    """The day that was seen."""
    by: Id
    at: Instant


class DeadlineVerified(_DeadlineSeen):
    """A second person reckoned the day and found the same."""

    TYPE: ClassVar[str] = "deadline-verified"


class DeadlineAcknowledged(_DeadlineSeen):
    """One of the two who watch it has it in their diary."""

    TYPE: ClassVar[str] = "deadline-acknowledged"

    watch: Literal["lawyer", "second"]
    """Which of the two: the lawyer of the matter, or the second person."""
