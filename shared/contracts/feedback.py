"""What does feedback announce? Surveys asked and answered, and recoveries of unhappy clients."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.base import EventData
from shared.contracts.fields import Flag, Id, Instant, Label, Month, Whole


class FeedbackRequested(EventData):
    """The client is to be asked how a matter went; reminders sends the invitation."""

    TYPE: ClassVar[str] = "feedback-requested"
    PUBLISHER: ClassVar[str] = "feedback"

    survey_id: Id
    client_id: Id
    matter_id: Id
    stage: Label


class FeedbackNotRequested(EventData):
    """The client is not asked this time, and why; it is not made up for later."""

    TYPE: ClassVar[str] = "feedback-not-requested"
    PUBLISHER: ClassVar[str] = "feedback"

    client_id: Id
    matter_id: Id
    stage: Label
    reason: Label
    """``asked-recently``: too little time since the survey before; ``asked-before``: about this
    stage already; ``matter-reopened``: the matter goes on, its closing no longer stands."""
    last_asked_at: Instant | None = None


class FeedbackSubmitted(EventData):
    """The client answered a survey, or changed the answer (a higher revision)."""

    TYPE: ClassVar[str] = "feedback-submitted"
    PUBLISHER: ClassVar[str] = "feedback"

    survey_id: Id
    client_id: Id
    matter_id: Id
    score: Annotated[Whole, Field(ge=0, le=10)]
    scale: Annotated[Whole, Field(ge=1, le=10)] = 10
    """The best possible score."""
    satisfaction: Annotated[Whole, Field(ge=1, le=5)] | None = None
    """How satisfied the client is, 5 the most; none where that was not asked or answered."""
    ease: Annotated[Whole, Field(ge=1, le=7)] | None = None
    """How easy it was to work with the firm, 7 the most; none where not asked or answered."""
    has_comment: Flag
    revision: Annotated[Whole, Field(ge=1)] = 1


class ServiceRecoveryOpened(EventData):
    """A client is unhappy; somebody must make it right by a certain instant."""

    TYPE: ClassVar[str] = "service-recovery-opened"
    PUBLISHER: ClassVar[str] = "feedback"

    recovery_id: Id
    client_id: Id
    matter_id: Id | None = None
    survey_id: Id | None = None
    trigger: Label
    due_at: Instant


class ServiceRecoveryResolved(EventData):
    """A recovery has an outcome."""

    TYPE: ClassVar[str] = "service-recovery-resolved"
    PUBLISHER: ClassVar[str] = "feedback"

    recovery_id: Id
    client_id: Id
    matter_id: Id | None = None
    outcome: Label
    client_told: Flag | None = None
    days_tried: Whole | None = None
    """On how many days somebody tried in vain to reach the client."""
    passed_to: Label | None = None
    """To whom it was passed on, where that is the outcome."""
    sole_practice: Flag | None = None
    """Whether the matter's owner decided alone, after a cooling-off and with a written reason."""


class SatisfactionMeasured(EventData):
    """How satisfied the clients of a scope were, over how many answers to the question for it.

    ``nps`` from how likely they are to recommend the firm (0 to 10), ``csat`` from how satisfied
    they are (1 to 5): the share of 4 and 5 in percent. Said of each month once the next has begun:
    of the firm, and of each area, lawyer and stage of which enough answered (``of`` names it); and
    whenever ops ask for it.
    """

    TYPE: ClassVar[str] = "satisfaction-measured"
    PUBLISHER: ClassVar[str] = "feedback"
    KEYS: ClassVar[tuple[str, ...]] = ("scope",)

    scope: Id
    """``firm``, ``area``, ``owner`` or ``stage``."""
    of: Label | None = None
    """Which practice area, lawyer (by staff id) or stage, where the scope is one of these."""
    month: Month | None = None
    """The month of the firm's calendar it is of; none where ops asked for another time."""
    metric: Literal["nps", "csat"]
    value: float
    n: Annotated[Whole, Field(ge=0)]
    since: Instant
    until: Instant
