"""What time is it?

The only place in Clientele that reads a clock, and puts it right where the host's differs from the
database's. Where the host's clock is set anew, the stopwatch is believed until the database has
been asked again. Business time (due dates, quiet hours, the time on events) can be moved forward
for demonstrations and tests; leases, retries and time-outs use real time, which never moves.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.errors import ClienteleError

APART = timedelta(seconds=1)
_STOPWATCH = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the host's clock said when it was last looked at, and how it differed."""

    host: datetime
    stopwatch: float
    ahead: timedelta = timedelta(0)  # of the clock this process goes by


@dataclass(slots=True)
class _Host:
    """The last reading; replaced as a whole, so that threads may read at once."""

    last: _Reading | None = None


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
    """The real UTC instant: for retries, dead letters and logs.

    A host's clock that was set by more than a second since the last reading moves nothing: only
    the database can say which of the two was right (``set_by``).
    """
    reading = _read()
    _this_host.last = reading
    return reading.host - reading.ahead


def _read() -> _Reading:
    last, host, stopwatch = _this_host.last, host_now(), _with_sleep()
    if last is None:
        return _Reading(host, stopwatch)
    set_anew = host - last.host - timedelta(seconds=stopwatch - last.stopwatch)
    ahead = last.ahead + set_anew if abs(set_anew) > APART else last.ahead
    return _Reading(host, stopwatch, ahead)


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
    found = asked + (answered - asked) / 2 - there
    gone_by = _this_host.last.ahead if _this_host.last else timedelta(0)
    if abs(found - gone_by) > APART:
        gone_by = found if abs(found) > APART else timedelta(0)
    _this_host.last = _Reading(answered, _with_sleep(), gone_by)


def host_nanoseconds() -> int:
    """Nanoseconds since 1970 by the clock of this host: for traces."""
    return time.time_ns()


def monotonic() -> float:
    """Seconds that only ever grow: for durations and deadlines inside one process."""
    return time.monotonic()


def _with_sleep() -> float:
    """As ``monotonic``, but counting also the time this machine slept, where the system can say."""
    return time.clock_gettime(_STOPWATCH)


def to_millisecond(instant: datetime) -> datetime:
    """The same instant cut to the millisecond, so that what is stored equals what was decided."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
