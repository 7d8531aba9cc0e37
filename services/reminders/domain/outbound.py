"""Is anything sent at all, and which addresses have refused us for good?"""

from dataclasses import dataclass
from datetime import datetime

SWITCH = "outbound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """The one switch that stops every message to clients at once."""

    name: str = SWITCH
    held: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that refused a message for good; nothing is sent there again."""

    suppression_id: str
    client_id: str
    reason: str
    at: datetime
    address: str | None = None  # found by its keyed hash; gone with the person's key


def normal_address(address: str) -> str:
    """The form in which two spellings of one address are equal."""
    return address.strip().lower()
