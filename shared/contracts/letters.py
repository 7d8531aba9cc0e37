"""What is said of a letter whose words are checked and which a person approves before it goes?

Asked for, drafted, approved as exactly this text, or dropped. Its words stay with reminders: an
event names the letter, the text's hash and the rules that found something, never a word of it.
"""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from shared.contracts.base import EventData, refuse_fields
from shared.contracts.fields import Channel, Flag, ForeignId, Id, Instant, Label, TextHash, Whole

KEYS = ("client_id", "inquiry_id", "letter_id")


class LetterRequested(EventData):
    """A letter is to be written: reminders drafts it, and a person of the firm approves it.

    ``letter`` is its name among the firm's letters, such as ``engagement``. What has been asked for
    by another service names what it is about (``concern_id``), so that its answer is found again.
    """

    TYPE: ClassVar[str] = "letter-requested"
    PUBLISHER: ClassVar[str] = "practice management or another service"
    KEYS: ClassVar[tuple[str, ...]] = KEYS

    letter_id: ForeignId
    letter: Label
    client_id: Id | None = None
    inquiry_id: Id | None = None
    matter_id: Id | None = None
    concern_id: Id | None = None
    by: Id | None = None
    """Who of the firm asked for it."""

    @model_validator(mode="after")
    def _names_whom_it_goes_to(self) -> Self:
        if (self.client_id is None) is (self.inquiry_id is None):
            fields = ("client_id", "inquiry_id")
            raise refuse_fields(fields, "name one of the two: whom the letter goes to")
        return self


class _Letter(EventData):
    PUBLISHER: ClassVar[str] = "reminders"
    KEYS: ClassVar[tuple[str, ...]] = KEYS

    letter_id: ForeignId
    letter: Label
    client_id: Id | None = None
    inquiry_id: Id | None = None
    matter_id: Id | None = None
    concern_id: Id | None = None


class LetterDrafted(_Letter):
    """There is a text of a letter, the firm's own or one a person changed; nothing has gone.

    ``rules``: which rules found something in it that stands against its approval, or that is worth
    a look.
    """

    TYPE: ClassVar[str] = "letter-drafted"

    edition: Label
    text_hash: TextHash
    rules: Annotated[tuple[Label, ...], Field(max_length=50)] = ()
    revision: Annotated[Whole, Field(ge=1)] = 1


class LetterApproved(_Letter):
    """Exactly the text with this hash goes, and no other; ``contact-sent`` says when it went."""

    TYPE: ClassVar[str] = "letter-approved"

    text_hash: TextHash
    approver_id: Id
    channel: Channel | None = None
    sole_practice: Flag | None = None
    """Approved by who wrote it, where the firm has nobody else."""


class LetterDropped(_Letter):
    """A letter that was asked for is not written: a person decided so, and their reason is kept; or
    what it is about has ended (``because``: the event that ended it; ``by``: the service).
    """

    TYPE: ClassVar[str] = "letter-dropped"

    by: Id
    at: Instant
    because: Label | None = None
