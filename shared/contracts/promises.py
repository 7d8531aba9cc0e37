"""What do the firm's other systems tell of what the firm owes: promises, calls, offers, answers?

Each is about one thing with an id of its own, so that it is known what was kept. Playbooks make
commitments of them (``then: keep``).
"""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from shared.contracts.base import EventData, refuse_fields
from shared.contracts.fields import Flag, ForeignId, Id, Instant, Label
from shared.contracts.firm import PRACTICE_MANAGEMENT


class PromiseMade(EventData):
    """Somebody of the firm promised a client something by a certain instant."""

    TYPE: ClassVar[str] = "promise-made"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    promise_id: ForeignId
    client_id: Id
    matter_id: Id | None = None
    what: Literal["update", "document", "estimate", "call", "filing", "other"]
    due_at: Instant
    by: Id
    """Who of the firm promised it."""
    at: Instant


class PromiseMoved(EventData):
    """A promise is to be kept at another instant than was said."""

    TYPE: ClassVar[str] = "promise-moved"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    promise_id: ForeignId
    client_id: Id
    due_at: Instant
    client_told: Flag
    """Whether the client knows."""


class PromiseKept(EventData):
    """What was promised was done."""

    TYPE: ClassVar[str] = "promise-kept"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    promise_id: ForeignId
    client_id: Id
    at: Instant


class _Call(EventData):
    PUBLISHER: ClassVar[str] = "telephone"
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "inquiry_id")

    call_id: ForeignId
    client_id: Id | None = None
    inquiry_id: Id | None = None

    @model_validator(mode="after")
    def _is_of_somebody(self) -> Self:
        if self.client_id is None and self.inquiry_id is None:
            raise refuse_fields(("client_id", "inquiry_id"), "is missing: say whose call it is")
        return self


class CallRequested(_Call):
    """Somebody rang and wants to be called back."""

    TYPE: ClassVar[str] = "call-requested"
    HAPPENS_ONCE: ClassVar[bool] = True

    purpose: Label
    at: Instant


class CallReturned(_Call):
    """Somebody of the firm called back."""

    TYPE: ClassVar[str] = "call-returned"

    reached: Flag
    """Whether they spoke to each other; an attempt alone returns no call."""
    at: Instant


class OfferReceived(EventData):
    """The other side made an offer, which the client has to hear of."""

    TYPE: ClassVar[str] = "offer-received"
    HAPPENS_ONCE: ClassVar[bool] = True
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    offer_id: ForeignId
    client_id: Id
    matter_id: Id
    expires_at: Instant | None = None
    at: Instant


class OfferConveyed(EventData):
    """The client was told of the offer."""

    TYPE: ClassVar[str] = "offer-conveyed"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    offer_id: ForeignId
    client_id: Id
    channel: Label
    at: Instant


class InquiryAnswered(EventData):
    """Whoever asked for help had an answer from a person of the firm."""

    TYPE: ClassVar[str] = "inquiry-answered"
    PUBLISHER: ClassVar[str] = "website or telephone"
    KEYS: ClassVar[tuple[str, ...]] = ("inquiry_id",)

    inquiry_id: Id
    at: Instant
    by: Id | None = None
    """Who of the firm answered."""


class OptOutHonoured(EventData):
    """Nothing else of the firm writes to the client any more for what they objected to."""

    TYPE: ClassVar[str] = "opt-out-honoured"
    PUBLISHER: ClassVar[str] = "newsletter or practice management"

    client_id: Id
    at: Instant


class DocumentAcknowledged(EventData):
    """The client knows that the document they sent has arrived."""

    TYPE: ClassVar[str] = "document-acknowledged"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    request_id: ForeignId
    client_id: Id
    at: Instant
