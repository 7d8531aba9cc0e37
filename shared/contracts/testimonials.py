"""What is said of a client's words that the firm may publish? Never a word of them.

That they agreed is a consent of purpose ``publication``: for exactly one text, known by its hash,
and until they withdraw it. Another text is asked about anew.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.base import EventData
from shared.contracts.fields import Id, Instant, TextHash, Whole
from shared.contracts.firm import PRACTICE_MANAGEMENT

Attribution = Literal["name", "initials", "none"]


class TestimonialSought(EventData):
    """Somebody of the firm would like to publish words of a client, about a matter that is over."""

    TYPE: ClassVar[str] = "testimonial-sought"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    client_id: Id
    matter_id: Id
    by: Id | None = None
    at: Instant


class PublicationWithdrawn(EventData):
    """A client withdrew their consent that words of theirs are published.

    Without a ``testimonial_id`` it is about all of them.
    """

    TYPE: ClassVar[str] = "publication-withdrawn"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT

    client_id: Id
    testimonial_id: Id | None = None
    by: Literal["client", "firm"] | None = None
    at: Instant


class _Testimonial(EventData):
    PUBLISHER: ClassVar[str] = "reputation"

    testimonial_id: Id
    client_id: Id
    matter_id: Id | None = None
    revision: Annotated[Whole, Field(ge=1)]
    """Which wording: each other text is a new one."""
    wording_id: Id
    """The same as one id: what is said of a wording ends nothing about the next."""
    text_hash: TextHash
    at: Instant


class TestimonialRequested(_Testimonial):
    """A client is to be asked whether exactly this text may be published."""

    TYPE: ClassVar[str] = "testimonial-requested"


class TestimonialConsented(_Testimonial):
    """The client read exactly this text and agreed that it is published."""

    TYPE: ClassVar[str] = "testimonial-consented"

    purpose: Literal["publication"] = "publication"
    attribution: Attribution


class TestimonialDeclined(_Testimonial):
    """The client does not want this text to be published."""

    TYPE: ClassVar[str] = "testimonial-declined"


class TestimonialPublished(_Testimonial):
    """Exactly the text the client agreed to stands in the firm's list for others to read."""

    TYPE: ClassVar[str] = "testimonial-published"

    attribution: Attribution
    by: Id


class TestimonialWithdrawn(_Testimonial):
    """It may not be published any more, and left the list at this instant if it stood there.

    ``client``: they withdrew their consent; ``edited``: another text takes its place once they
    agree to it; ``deceased``: nobody can be asked any more; ``firm``: not wanted after all.
    """

    TYPE: ClassVar[str] = "testimonial-withdrawn"

    because: Literal["client", "edited", "deceased", "firm"]
    was_published: bool
