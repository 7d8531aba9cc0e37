"""What is said of something serious that happens to the firm: noticed, declared, led, over?

The desk leads an incident by a plan: steps with their people, one spokesperson, one log. In a
rehearsal everything is said the same way, with ``rehearsal``; nobody outside hears of it.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.base import EventData
from shared.contracts.fields import Flag, ForeignId, Id, Instant, Label, Whole

IncidentKind = Literal[
    "review-spike", "data-breach", "office-closed", "staff-emergency", "controversy"
]
Outcome = Literal["done", "not-needed"]


class ReviewSpikeDetected(EventData):
    """Unusually many reviews with few stars stand at one location within some hours; said once."""

    TYPE: ClassVar[str] = "review-spike-detected"
    PUBLISHER: ClassVar[str] = "reputation"
    KEYS: ClassVar[tuple[str, ...]] = ("location_id",)

    location_id: Label
    """The location reviews name; ``firm`` where they name none."""
    window_hours: Annotated[Whole, Field(ge=1)]
    count: Annotated[Whole, Field(ge=1)]
    """How many such reviews were posted within so many hours."""
    baseline: Annotated[float, Field(ge=0)]
    """How many there usually are in as many hours at this location."""
    at: Instant | None = None
    """When the latest of them was posted."""


class DataBreachDetected(EventData):
    """Personal data may have been lost, changed or seen by others; from here the law counts."""

    TYPE: ClassVar[str] = "data-breach-detected"
    PUBLISHER: ClassVar[str] = "security"
    KEYS: ClassVar[tuple[str, ...]] = ("incident_ref",)
    HAPPENS_ONCE: ClassVar[bool] = True

    incident_ref: ForeignId
    """The id whoever noticed it knows it by."""
    detected_at: Instant
    """When the firm became aware of it."""
    severity: Label


class _Incident(EventData):
    PUBLISHER: ClassVar[str] = "desk"
    KEYS: ClassVar[tuple[str, ...]] = ("incident_id",)

    incident_id: Id
    incident_ref: ForeignId | None = None
    """Of the data breach it is about, where a duty of the law hangs on it."""
    rehearsal: Flag | None = None
    at: Instant


class IncidentDeclared(_Incident):
    """The firm says that something serious is happening; its plan begins."""

    TYPE: ClassVar[str] = "incident-declared"

    kind: IncidentKind
    scope: Label
    """The whole firm, or the location it is about."""
    freeze_classes: Annotated[tuple[Label, ...], Field(max_length=20)] = ()
    """Classes of messages that wait until it is over; in a rehearsal none does."""
    spokesperson_id: Id
    by: Id


class IncidentUpdated(_Incident):
    """A step of its plan was done, or was found not to be needed."""

    TYPE: ClassVar[str] = "incident-updated"

    step: Label
    outcome: Outcome | None = None
    by: Id | None = None


class IncidentResolved(_Incident):
    """It is over: what waited goes on."""

    TYPE: ClassVar[str] = "incident-resolved"

    by: Id


class IncidentDismissed(EventData):
    """What was noticed is no incident, or a duty that hung on it does not exist, for a reason."""

    TYPE: ClassVar[str] = "incident-dismissed"
    PUBLISHER: ClassVar[str] = "desk"
    KEYS: ClassVar[tuple[str, ...]] = ("proposal_id",)

    proposal_id: Id
    """What was proposed, or the incident whose duty it was."""
    kind: IncidentKind
    incident_ref: ForeignId | None = None
    step: Label | None = None
    by: Id
    at: Instant


class StaffAccountedFor(EventData):
    """A person of the firm is safe, or needs help."""

    TYPE: ClassVar[str] = "staff-accounted-for"
    PUBLISHER: ClassVar[str] = "desk"
    KEYS: ClassVar[tuple[str, ...]] = ("incident_id",)

    incident_id: Id
    staff_id: Id
    status: Literal["safe", "needs-help"]
    by: Id | None = None
    """Who said so, where it is not that person."""
    rehearsal: Flag | None = None
    at: Instant
