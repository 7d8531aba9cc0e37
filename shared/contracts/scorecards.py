"""What does feedback announce of what all of it adds up to: who may leave, what keeps going wrong?

Only ids, codes and counts: what a client wrote or said is no part of any of these.
"""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from shared.contracts.base import EventData, refuse_fields
from shared.contracts.fields import Id, Instant, Label, Whole

Reasons = Annotated[tuple[Label, ...], Field(max_length=20)]


class RetentionRiskRaised(EventData):
    """A client may leave: every reason there is now. Said again when another reason joins."""

    TYPE: ClassVar[str] = "retention-risk-raised"
    PUBLISHER: ClassVar[str] = "feedback"

    client_id: Id
    matter_id: Id | None = None
    """The matter the latest reason is about, where it is about one."""
    reasons: Reasons
    """``no-contact``, ``low-score``, ``commitment-missed``, ``concern-open``."""
    at: Instant


class RetentionRiskCleared(EventData):
    """A client who might have left is not believed to any more; what is left of the reasons."""

    TYPE: ClassVar[str] = "retention-risk-cleared"
    PUBLISHER: ClassVar[str] = "feedback"

    client_id: Id
    reasons: Reasons = ()
    at: Instant


class PatternDetected(EventData):
    """So many concerns of one cause, within so short a time, that the cause itself is asked for."""

    TYPE: ClassVar[str] = "pattern-detected"
    PUBLISHER: ClassVar[str] = "feedback"
    KEYS: ClassVar[tuple[str, ...]] = ("pattern_id",)

    pattern_id: Id
    cause_code: Label
    n: Annotated[Whole, Field(ge=2)]
    since: Instant
    """When the first of them was closed."""


class LearningAssigned(EventData):
    """Somebody, or a team, is to learn from what went wrong, by a certain instant."""

    TYPE: ClassVar[str] = "learning-assigned"
    PUBLISHER: ClassVar[str] = "feedback"
    KEYS: ClassVar[tuple[str, ...]] = ("learning_id",)

    learning_id: Id
    pattern_id: Id
    staff_id: Id | None = None
    team: Label | None = None
    cause_code: Label
    due_at: Instant

    @model_validator(mode="after")
    def _is_for_somebody(self) -> Self:
        if self.staff_id is None and self.team is None:
            raise refuse_fields(("staff_id", "team"), "is missing: say who is to learn it")
        return self


class LearningCompleted(EventData):
    """What was to be learned has been."""

    TYPE: ClassVar[str] = "learning-completed"
    PUBLISHER: ClassVar[str] = "feedback"
    KEYS: ClassVar[tuple[str, ...]] = ("learning_id",)

    learning_id: Id
    at: Instant
