"""What does intake know about a matter?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

EARLIEST = timedelta(days=365)  # no profile keeps working records for less than a year
Status = Literal["open", "closed", "none", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A matter: whose it is, who leads it, and whether it is still open."""

    matter_id: str
    client_id: str | None = None
    owner_id: str | None = None
    practice_area: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    state: Literal["open", "closed"] = "open"
    stamps: dict[str, str] = field(default_factory=dict)
    looked_for: datetime | None = None  # the closing for which it was seen whether records may go
    look_at: datetime | None = None  # when that is seen again; None: its client is erased

    @property
    def led_by(self) -> tuple[str, ...]:
        """Who leads it, as long as it is open."""
        return (self.owner_id,) if self.owner_id and self.state == "open" else ()

    @property
    def records_look_at(self) -> datetime | None:
        """When it is to be seen whether the working records of its client may go."""
        if self.state != "closed" or self.closed_at is None or self.client_id is None:
            return None
        return self.look_at if self.looked_for == self.closed_at else self.closed_at + EARLIEST


def status_of(matter: Matter | None) -> Status:
    """Whether a matter is open; unknown as long as nobody has said that it exists."""
    return matter.state if matter is not None else "unknown"


def status_of_all(matters: Iterable[Matter]) -> Status:
    """Whether a client has an open matter, only closed ones (a former client), or none."""
    states = {matter.state for matter in matters}
    if "open" in states:
        return "open"
    return "closed" if states else "none"
