"""What does reminders say once two people have brought a change of the firm's values into force?

Who the firm is, its days, its due times, its surveys, its logo: what every service reads when it
begins. Its rules and the texts of its messages travel in no event; reminders alone reads them.
"""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from shared.contracts.base import EventData, Part
from shared.contracts.fields import LINE_PATTERN, Id, Instant, TextHash, Whole

Place = Annotated[str, StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=200)]
MOST_BYTES = 150_000  # of all files together: an event carries them
MOST_OF_A_PICTURE = 90_000  # in base64, beside them
BASE64 = r"^[A-Za-z0-9+/]+={0,2}$"


class FirmFileSaid(Part):
    """One file of the firm's folder: what it says of the firm, never of a client."""

    place: Place
    text: Annotated[str, StringConstraints(max_length=MOST_BYTES)]


class FirmPictureSaid(Part):
    """The firm's logo: a picture of the firm's folder, never one of a client."""

    place: Place
    base64: Annotated[str, StringConstraints(max_length=MOST_OF_A_PICTURE, pattern=BASE64)]


class FirmEditionApproved(EventData):
    """From an instant on these values are the firm's; whatever is not among them is as shipped."""

    TYPE: ClassVar[str] = "firm-edition-approved"
    PUBLISHER: ClassVar[str] = "reminders"
    KEYS: ClassVar[tuple[str, ...]] = ("edition_id",)

    edition_id: Id
    edition: Annotated[Whole, Field(ge=1)]
    content_hash: TextHash
    in_force_at: Instant
    files: Annotated[tuple[FirmFileSaid, ...], Field(max_length=400)] = ()
    pictures: Annotated[tuple[FirmPictureSaid, ...], Field(max_length=1)] = ()
