"""What does intake announce? Conflict checks and their outcome, and what clients want.

Consents may also be published by the firm's own systems. What a client said themselves (``by:
client``) is changed by nobody else: a later sync of another system does not undo an opt-out.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from shared.contracts.base import EventData, refuse_fields
from shared.contracts.fields import (
    Channel,
    Email,
    Id,
    Instant,
    Label,
    Line,
    Locale,
    Purpose,
    Text,
    WallTime,
    Whole,
)

By = Literal["client", "firm"]


class _ConflictChecked(EventData):
    PUBLISHER: ClassVar[str] = "intake"
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "inquiry_id", "matter_id")

    check_id: Id
    client_id: Id | None = None
    inquiry_id: Id | None = None
    matter_id: Id | None = None
    hit_count: Annotated[Whole, Field(ge=0)]
    trigger: Literal["inquiry", "client", "party"] | None = None

    @model_validator(mode="after")
    def _is_about_somebody(self) -> Self:
        if self.client_id is None and self.inquiry_id is None and self.matter_id is None:
            raise refuse_fields(
                ("client_id", "inquiry_id"), "is missing: give client_id or inquiry_id"
            )
        return self


class ConflictDetected(_ConflictChecked):
    """A conflict check found parties that may be on the other side; a person must decide."""

    TYPE: ClassVar[str] = "conflict-detected"


class ConflictCleared(_ConflictChecked):
    """The firm may act: nothing was found, or a person decided so."""

    TYPE: ClassVar[str] = "conflict-cleared"

    basis: Literal["no-hits", "false-positive", "waiver"] | None = None


class ConflictCheckReopened(_ConflictChecked):
    """A conflict check that was decided waits for a decision again, and its restriction holds.

    ``by``: the person who wants it looked at again; nobody where new matches were found.
    """

    TYPE: ClassVar[str] = "conflict-check-reopened"

    occasion: Literal["person", "re-screening"]
    by: Id | None = None
    at: Instant


Phase = Literal[
    "new", "checking", "may-tell", "told", "met", "engaged", "declined", "lost"
]  # where an inquiry stands between asking for help and its end


class InquiryMoved(EventData):
    """An inquiry stands elsewhere than before; of two, the one of the higher version holds.

    ``new``: received; ``checking``: its conflict check waits for a decision; ``may-tell``: they
    may say what it is about; ``told``: they did; ``met``: somebody of the firm was in touch;
    ``engaged``: they are a client; ``declined``: the firm does not act; ``lost``: they asked no
    more, or asked another firm.
    """

    TYPE: ClassVar[str] = "inquiry-moved"
    PUBLISHER: ClassVar[str] = "intake"
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "inquiry_id")

    inquiry_id: Id
    phase: Phase
    version: Annotated[Whole, Field(ge=1)]
    at: Instant
    by: Id | None = None
    because: Label | None = None
    """Why it was lost."""
    owner_id: Id | None = None
    """Who of the firm looks after it now."""
    client_id: Id | None = None
    """Once they are a client."""
    matter_id: Id | None = None


class InquirerLetterDue(EventData):
    """Somebody who asked for help is to be written to, by whoever sends the firm's messages.

    ``confirmation`` goes to an address nobody has said is theirs, so it holds nothing that was
    typed; the others go only where somebody did.
    """

    TYPE: ClassVar[str] = "inquirer-letter-due"
    DELIVERS_PRIVATE: ClassVar[bool] = True
    PUBLISHER: ClassVar[str] = "intake"
    KEYS: ClassVar[tuple[str, ...]] = ("inquiry_id",)

    letter_id: Id
    inquiry_id: Id
    letter: Literal["confirmation", "received", "invitation", "declined"]
    address: Email
    subject: Line
    body: Text
    """With ``{link}`` where the link stands, which its owner is asked for at the hand-over."""
    link: Label | None = None
    """Whom to ask for it: service and purpose."""
    link_id: Line | None = None
    locale: Locale


class ConsentGranted(EventData):
    """A client agreed to be contacted for a purpose."""

    TYPE: ClassVar[str] = "consent-granted"
    PUBLISHER: ClassVar[str] = "intake"

    client_id: Id
    purpose: Purpose
    channel: Channel | None = None
    basis: Label | None = None
    at: Instant
    by: By | None = None


class ConsentWithdrawn(EventData):
    """A client no longer wants to be contacted for a purpose, or at all."""

    TYPE: ClassVar[str] = "consent-withdrawn"
    PUBLISHER: ClassVar[str] = "intake"

    client_id: Id
    purpose: Purpose | Literal["all"]
    channel: Channel | None = None
    at: Instant
    by: By | None = None


class ClientPreferencesUpdated(EventData):
    """A client chose how and when to be contacted; an absent field is unchanged."""

    TYPE: ClassVar[str] = "client-preferences-updated"
    PUBLISHER: ClassVar[str] = "intake"

    client_id: Id
    preferred_channel: Channel | None = None
    locale: Locale | None = None
    quiet_from: WallTime | None = None
    quiet_to: WallTime | None = None
    at: Instant
