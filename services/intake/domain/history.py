"""Is an event that calls itself history really of the past, so that nobody has to be checked?

An import makes names known and checks nobody. Anybody who may publish can call an event history, so
only what happened long enough ago is believed; the rest is checked like any other.
"""

from datetime import datetime, timedelta
from typing import Protocol


class Told(Protocol):
    """As much of an event as this rule looks at."""

    @property
    def history(self) -> bool:
        """Whether it calls itself an import of the past."""

    @property
    def time(self) -> datetime:
        """When it happened."""


def is_past(event: Told, now: datetime, old_after: timedelta) -> bool:
    """Whether it is an import of something that happened longer ago than this."""
    return event.history and event.time <= now - old_after
