"""What is said of whoever is wronged or at odds, and of how far their concern is?

The firm's other systems say ``complaint-received`` and ``dispute-opened``; so does Clientele, of
what a person said on the telephone or wrote in a survey. What was said is no part of any of these.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.base import EventData
from shared.contracts.fields import Flag, ForeignId, Id, Instant, Label
from shared.contracts.firm import PRACTICE_MANAGEMENT

Kind = Literal["recovery", "complaint", "dispute"]
ComplaintType = Literal["service", "fees", "conduct", "data-protection"]
Step = Literal[
    "acknowledged", "investigated", "told", "remedy-agreed", "verified", "signposted", "confirmed"
]

NO_CAUSE = frozenset({"no-failing-found", "not-known"})
"""Codes that name no cause: whoever counts causes leaves these out."""


class ComplaintReceived(EventData):
    """A client, or somebody for them, is dissatisfied and said so, by whatever channel."""

    TYPE: ClassVar[str] = "complaint-received"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "matter_id", "complaint_id")
    HAPPENS_ONCE: ClassVar[bool] = True

    complaint_id: ForeignId
    client_id: Id | None = None
    matter_id: Id | None = None
    type: ComplaintType
    channel: Label
    about_staff: Id | Annotated[tuple[Id, ...], Field(max_length=20)] | None = None
    """Whom of the firm it is about, one or several: they do not handle it."""
    at: Instant


class DisputeOpened(EventData):
    """People of the firm are at odds with each other, or with a client."""

    TYPE: ClassVar[str] = "dispute-opened"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "matter_id", "dispute_id")
    HAPPENS_ONCE: ClassVar[bool] = True

    dispute_id: ForeignId
    parties: Literal["staff-staff", "client-staff"]
    staff_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=20)]
    client_id: Id | None = None
    matter_id: Id | None = None
    by: Id
    at: Instant


class _Concern(EventData):
    PUBLISHER: ClassVar[str] = "feedback"
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "matter_id", "concern_id")

    concern_id: Id
    kind: Kind
    client_id: Id | None = None
    matter_id: Id | None = None
    complaint_id: ForeignId | None = None
    """The complaint it began with, where it did."""
    type: ComplaintType | None = None


class ConcernOpened(_Concern):
    """Somebody is wronged or at odds; said again under the same id, it was opened again."""

    TYPE: ClassVar[str] = "concern-opened"

    trigger: Label
    """low-score, low-satisfaction, low-ease, comment, complaint, dispute; still-unhappy: again."""
    due_at: Instant
    """By when it is to be acknowledged."""
    received_at: Instant | None = None
    """Since when the firm has known, where that was before."""


class ConcernAdvanced(_Concern):
    """A step of it is done."""

    TYPE: ClassVar[str] = "concern-advanced"

    step: Step
    at: Instant


class ConcernClosed(_Concern):
    """It has an outcome; two weeks later the client is asked whether it is right now."""

    TYPE: ClassVar[str] = "concern-closed"

    outcome: Label
    cause_code: Label
    """From the firm's own list; ``no-failing-found`` and ``not-known`` name no cause."""
    client_told: Flag | None = None
    confirmed: Flag
    """Whether whoever was at odds said that it is settled: every side of a dispute."""
    at: Instant
