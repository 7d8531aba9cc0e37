"""What time is it?

The only place in Clientele that reads a clock. Business time (due dates, quiet hours, the time on
events) can be moved forward for demonstrations and tests; leases, retries and time-outs use real
time, which never moves.
"""

import time
from datetime import UTC, datetime, timedelta

from shared.errors import ClienteleError


class TimeTravelRefusedError(ClienteleError):
    """Time can be moved only where CLIENTELE_TIME_TRAVEL=1 is set, and never backwards."""


class Clock:
    """Business time: real UTC time plus the distance travelled."""

    def __init__(self, *, travel_allowed: bool = False) -> None:
        self._offset = timedelta(0)
        self.travel_allowed = travel_allowed

    @property
    def offset(self) -> timedelta:
        """How far business time runs ahead of real time."""
        return self._offset

    def now(self) -> datetime:
        """The business instant, in UTC, to the millisecond (what MongoDB keeps)."""
        return to_millisecond(real_now() + self._offset)

    def travel(self, offset: timedelta) -> None:
        """Set how far business time runs ahead; refuses to go back or where not allowed."""
        if not self.travel_allowed or offset < self._offset:
            raise TimeTravelRefusedError
        self._offset = offset


def real_now() -> datetime:
    """The real UTC instant: for leases, retries, dead letters and logs."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that only ever grow: for durations and deadlines inside one process."""
    return time.monotonic()


def to_millisecond(instant: datetime) -> datetime:
    """The same instant cut to the millisecond, so that what is stored equals what was decided."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
