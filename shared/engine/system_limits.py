"""How much may one system of the firm say, and how large may it be?

The broker has no limit for a single user, so each service keeps it for what it hears: what is
beyond becomes a dead letter that says so. Counted is by the minute in which the stream received an
event, and each event once; a replay is not counted, and a process that starts counts anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.contracts.refusals import Invalid, refuse
from shared.engine.received_events import Received

MINUTE, KIB = 60, 1024


class Limit(Protocol):
    """What a system may do, as the settings say it; None: no limit."""

    @property
    def kib(self) -> int | None:
        """How large one event may be."""

    @property
    def per_minute(self) -> int | None:
        """How many events it may say in a minute."""


@dataclass(slots=True)
class _Counted:
    minute: int = -1
    events: int = 0
    last: int = -1  # the highest sequence that was counted


class SystemLimits:
    """The limits of all systems that have one."""

    def __init__(self, limits: Mapping[str, Limit]) -> None:
        self._limits = limits
        self._counted = {name: _Counted() for name in limits}

    def beyond(self, received: Received) -> Invalid | None:
        """Why this event is more than its system may say; None where it is not."""
        name = received.system
        limit = self._limits.get(name) if name else None
        if limit is None or name is None:
            return None
        if limit.kib is not None and len(received.body) > limit.kib * KIB:
            return refuse("body", f"must be at most {limit.kib} KiB, the limit of this system")
        if limit.per_minute is not None and self._count(name, received) > limit.per_minute:
            message = (
                f"has said more than {limit.per_minute} events in a minute, its limit: slow down"
            )
            return refuse("source", message)
        return None

    def _count(self, name: str, received: Received) -> int:
        """How many events of its minute this is; 0 where it is not counted."""
        counted = self._counted[name]
        if received.origin != "stream" or received.sequence <= counted.last:
            return 0
        minute = _minute(received.stored_at)
        if minute != counted.minute:
            counted.minute, counted.events = minute, 0
        counted.events += 1
        counted.last = received.sequence
        return counted.events


def _minute(stored_at: datetime | None) -> int:
    return int(stored_at.timestamp() // MINUTE) if stored_at else -1
