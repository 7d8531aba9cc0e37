"""May an address be asked whether it is theirs, or was it asked too often lately?

Anybody can type anybody's address into a form. It is asked once a day at most, and three times in a
month, whoever types it and however often.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

AGAIN_AFTER, KEPT_FOR, MOST_ASKED = timedelta(days=1), timedelta(days=30), 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAddress:
    """When an address was asked; it is known by its keyed hash alone."""

    address_key: str
    asked: tuple[datetime, ...] = ()

    @property
    def until(self) -> datetime | None:
        """When it is forgotten."""
        return max(self.asked) + KEPT_FOR if self.asked else None


def may_be_asked(address: AskedAddress, now: datetime) -> bool:
    """Whether it was asked neither today nor often lately."""
    lately = _lately(address, now)
    return len(lately) < MOST_ASKED and not any(each > now - AGAIN_AFTER for each in lately)


def now_asked(address: AskedAddress, now: datetime) -> AskedAddress:
    """The address, asked once more."""
    return replace(address, asked=(*_lately(address, now), now))


def mailbox_of(address: str) -> str:
    """The mailbox an address leads to: what follows a plus is only a mark of its owner's."""
    local, _, host = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def _lately(address: AskedAddress, now: datetime) -> tuple[datetime, ...]:
    return tuple(each for each in address.asked if each > now - KEPT_FOR)
