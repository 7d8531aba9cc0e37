"""What time is it?

The only place in Clientele that reads a clock, and puts it right where the host's differs from the
database's. Business time (due dates, quiet hours, the time on events) can be moved forward for
demonstrations and tests; leases, retries and time-outs use real time, which never moves.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.errors import ClienteleError

APART = timedelta(seconds=1)


@dataclass(slots=True)
class _Host:
    """How far the clock of this host runs ahead of the one this process goes by."""

    ahead: timedelta = timedelta(0)


_this_host = _Host()


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
    """The real UTC instant: for retries, dead letters and logs."""
    return host_now() - _this_host.ahead


def host_now() -> datetime:
    """What the clock of this host says, right or wrong."""
    return datetime.now(UTC)


def set_by(asked: datetime, there: datetime, answered: datetime) -> None:
    """From now on go by the clock that said ``there``, asked and answered by this host's clock.

    Two hosts with different clocks would overrule each other's statements, and refuse each other's
    signatures. Up to a second is left as it is; an answer that took as long says too little.
    """
    if answered - asked > APART:
        return
    ahead = asked + (answered - asked) / 2 - there
    if abs(ahead - _this_host.ahead) > APART:
        _this_host.ahead = ahead if abs(ahead) > APART else timedelta(0)


def host_nanoseconds() -> int:
    """Nanoseconds since 1970 by the clock of this host: for traces."""
    return time.time_ns()


def monotonic() -> float:
    """Seconds that only ever grow: for durations and deadlines inside one process."""
    return time.monotonic()


def to_millisecond(instant: datetime) -> datetime:
    """The same instant cut to the millisecond, so that what is stored equals what was decided."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
