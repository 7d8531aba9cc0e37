"""What does reminders announce of what the firm owes: by when, and whether it was done?

A commitment is made by a rule of a playbook (``then: keep``); it is met, missed or voided exactly
once.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.base import EventData
from shared.contracts.fields import Id, Instant, Label, Line, Whole
from shared.contracts.tasks import About


class _Commitment(EventData):
    PUBLISHER: ClassVar[str] = "reminders"
    KEYS: ClassVar[tuple[str, ...]] = (
        "about.client_id",
        "about.inquiry_id",
        "about.matter_id",
        "commitment_id",
    )

    commitment_id: Id
    standard: Label
    """By which standard it is owed: return-call, answer-inquiry."""
    source: Line
    """Who says so: the firm, a rule of the profession, a law."""
    edition: Label
    """Of which edition of the source."""
    about: About = About()
    what: Label | None = None
    """What was promised, where a promise says so: update, document, estimate, call, filing."""
    made_at: Instant
    due_at: Instant
    at: Instant
    by_seconds: Whole | None = None
    """How long after the due instant it ended; below 0: before it."""
    rule_id: Label
    rule_version: Annotated[Whole, Field(ge=1)]
    owner_id: Id | None = None
    """Whose it is to do, where that was known."""


class CommitmentMade(_Commitment):
    """The firm owes something by ``due_at``; said again, it is due at another instant."""

    TYPE: ClassVar[str] = "commitment-made"


class CommitmentMet(_Commitment):
    """What was owed was done in time."""

    TYPE: ClassVar[str] = "commitment-met"


class CommitmentMissed(_Commitment):
    """What was owed was not done in time; that it was done later does not change it."""

    TYPE: ClassVar[str] = "commitment-missed"


class CommitmentVoided(_Commitment):
    """It is not owed any more, for a short constant reason."""

    TYPE: ClassVar[str] = "commitment-voided"

    reason: Label
