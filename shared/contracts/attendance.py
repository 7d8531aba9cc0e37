"""What does intake announce of appointments that are over, and of whether clients were understood?

What was said and what was understood stays with intake, sealed: events name the note alone.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.base import EventData
from shared.contracts.fields import ForeignId, Id, Instant, Whole

Outcome = Literal["held", "missed-by-client", "missed-by-firm"]


class AppointmentHeld(EventData):
    """Somebody of the firm said what came of an appointment; ``outcome``: also that none was held.

    The newest word on one appointment holds.
    """

    TYPE: ClassVar[str] = "appointment-held"
    PUBLISHER: ClassVar[str] = "intake"

    appointment_id: ForeignId
    client_id: Id
    matter_id: Id | None = None
    outcome: Outcome
    by: Id
    at: Instant


class _Understanding(EventData):
    PUBLISHER: ClassVar[str] = "intake"

    note_id: Id
    client_id: Id
    matter_id: Id | None = None
    revision: Annotated[Whole, Field(ge=1)]
    """Which wording it is about: each correction makes a new one."""
    at: Instant


class UnderstandingRequested(_Understanding):
    """The client is to be asked whether the firm understood them."""

    TYPE: ClassVar[str] = "understanding-requested"

    met_at: Instant | None = None
    """When they had met."""


class UnderstandingConfirmed(_Understanding):
    """The client said that the firm understood them."""

    TYPE: ClassVar[str] = "understanding-confirmed"


class UnderstandingDisputed(_Understanding):
    """The client said that the firm misunderstood them: what, stays sealed."""

    TYPE: ClassVar[str] = "understanding-disputed"
