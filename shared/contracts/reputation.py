"""What does reputation announce? Review asks, and the way of each public reply.

An event about a review never carries a client id: the link itself would be a secret.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.base import EventData
from shared.contracts.fields import Flag, ForeignId, Id, Label, TextHash, Whole


class ReviewRequested(EventData):
    """A client is to be asked for a public review; reminders sends the message."""

    TYPE: ClassVar[str] = "review-requested"
    PUBLISHER: ClassVar[str] = "reputation"

    request_id: Id
    client_id: Id
    matter_id: Id
    site: Label


class _Response(EventData):
    PUBLISHER: ClassVar[str] = "reputation"
    KEYS: ClassVar[tuple[str, ...]] = ("review_id",)

    response_id: Id
    review_id: ForeignId
    text_hash: TextHash


class ReviewResponseDrafted(_Response):
    """A reply to a review was drafted or edited; only its hash travels."""

    TYPE: ClassVar[str] = "review-response-drafted"

    template: Label | None = None
    revision: Annotated[Whole, Field(ge=1)] = 1


class ReviewResponseChecked(_Response):
    """The guard judged exactly this text: it passes, or a lawyer has to read it."""

    TYPE: ClassVar[str] = "review-response-checked"

    verdict: Literal["pass", "lawyer"]
    rules: Annotated[tuple[Label, ...], Field(max_length=50)] = ()
    """The rules that noticed something; nothing of what they noticed."""
    guard_version: Label
    """By which rules and which approved sentences."""


class ReviewResponseApproved(_Response):
    """A person other than its author approved exactly this text."""

    TYPE: ClassVar[str] = "review-response-approved"

    approver_id: Id
    sole_practice: Flag | None = None
    """Whether its author approved it alone, after a cooling-off and with a written reason."""


class ReviewResponsePublished(_Response):
    """Exactly the approved text stands on the site."""

    TYPE: ClassVar[str] = "review-response-published"

    site: Label


class ReviewResponseRejected(_Response):
    """The reply will not be published: unwanted, refused by the site, or its review removed."""

    TYPE: ClassVar[str] = "review-response-rejected"

    by: Label
