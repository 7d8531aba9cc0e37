"""What has a client written back to the firm's number?"""

from dataclasses import dataclass
from datetime import datetime

LONGEST = 2000  # of what is kept; longer ones do not come in one text message


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnswer:
    """One text message from a client that is no word of its own: somebody reads it."""

    answer_id: str
    client_id: str
    at: datetime
    text: str | None = None  # gone with the person's key
