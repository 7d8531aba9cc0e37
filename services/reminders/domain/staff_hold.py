"""What have the firm's people said is not to go for now: a message, a matter's, all of a client?

A hold stands until somebody releases it. What the law requires goes all the same.
"""

from dataclasses import dataclass
from datetime import datetime

ALL = "client"
MATTER, MESSAGE = "matter:", "message:"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffHold:
    """Who holds something back, since when, and why in their own words."""

    by: str
    at: datetime
    why: str = ""


def place_of(matter_id: str | None = None, occurrence_id: str | None = None) -> str:
    """Where a hold is kept: that of one message, of a matter, or of the client."""
    if occurrence_id is not None:
        return MESSAGE + occurrence_id
    return MATTER + matter_id if matter_id is not None else ALL


def places_over(occurrence_id: str, matter_id: str | None) -> tuple[str, ...]:
    """Every hold that would keep this message back, the narrowest first."""
    matter = (place_of(matter_id=matter_id),) if matter_id is not None else ()
    return (place_of(occurrence_id=occurrence_id), *matter, place_of())
