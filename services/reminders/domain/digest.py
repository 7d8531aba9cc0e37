"""When does a person of the firm get their digest, and what became of it?

One small document per person. It goes at their time of day on business days of the firm, at most
once a day, and is of use for two hours: what could not go by then goes not at all. From the moment
it is in somebody's hands, only an answer can make it go again.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.reminders.domain.occurrence import derived_id
from services.reminders.domain.schedule import DAY, Closed, Roll, from_wall, roll
from shared.channels import retry_at

OF_USE = timedelta(hours=2)
LOOK_AGAIN = timedelta(minutes=10)  # at the latest, as long as it is of use
FIRST_LOOK_BACK = timedelta(days=1)  # what counts as new in somebody's first digest


class State(StrEnum):
    """Where a person's digest stands."""

    OFF = "off"
    WAITING = "waiting"
    HANDING_OVER = "handing-over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One person's digest: when it goes next, and what became of the last."""

    staff_id: str
    at: str | None = None  # time of day; None is off
    zone: str = "UTC"
    said: str = ""  # which event told so
    state: State = State.OFF
    planned_for: datetime | None = None  # the instant that was chosen
    due_at: datetime | None = None  # when to look at it: later than planned, if it waits
    retries: int = 0
    handed_by: str | None = None
    hand_over_until: datetime | None = None
    last_for: datetime | None = None  # the last one that is done: handed over or not
    last_outcome: str | None = None
    sent_for: datetime | None = None  # the last one that went

    @property
    def number(self) -> str:
        """The id of the message of that day: the same for every attempt at it."""
        day = self.planned_for.astimezone(ZoneInfo(self.zone)).date() if self.planned_for else None
        return derived_id("d", self.staff_id, str(day))

    def new_since(self, now: datetime) -> datetime:
        """What came after this instant is new to its reader."""
        return self.sent_for or now - FIRST_LOOK_BACK

    def is_of_use(self, instant: datetime) -> bool:
        """Whether the one that is planned would still help then."""
        return self.planned_for is not None and instant < self.planned_for + OF_USE


def next_time(
    at: str, zone: ZoneInfo, closed: Closed, after: datetime, not_on: date | None = None
) -> datetime:
    """The first instant after this one, and after that day, when it is this time on an open day."""
    day = after.astimezone(zone).date()
    if not_on is not None:
        day = max(day, not_on + DAY)
    while True:
        day = roll(day, Roll.FOLLOWING, closed)
        instant = from_wall(datetime.combine(day, time.fromisoformat(at)), zone)
        if instant > after:
            return instant
        day += DAY


def planned(digest: Digest, closed: Closed, now: datetime) -> Digest:
    """The digest with its next instant, or none; never again on the day of the last one."""
    free = replace(digest, state=State.OFF, planned_for=None, due_at=None, retries=0,
                   handed_by=None, hand_over_until=None)  # fmt: skip
    if digest.at is None:
        return free
    zone = ZoneInfo(digest.zone)
    last_day = digest.last_for.astimezone(zone).date() if digest.last_for is not None else None
    instant = next_time(digest.at, zone, closed, now, last_day)
    return replace(free, state=State.WAITING, planned_for=instant, due_at=instant)


def chosen(
    digest: Digest, at: str | None, zone: str, said: str, closed: Closed, now: datetime
) -> Digest:
    """The person chose another time, or none. One in somebody's hands comes to its end first."""
    if said <= digest.said:
        return digest
    changed = replace(digest, at=at, zone=zone, said=said)
    if digest.state is State.HANDING_OVER or (digest.at, digest.zone) == (at, zone):
        return changed
    return planned(changed, closed, now)


def handing_over(digest: Digest, sender: str, now: datetime, until: datetime) -> Digest:
    """The digest in this sender's hands."""
    return replace(
        digest, state=State.HANDING_OVER, due_at=now, handed_by=sender, hand_over_until=until
    )


def again(digest: Digest, reason: str, closed: Closed, now: datetime) -> Digest:
    """It could not go now: once more, as long as it is of use."""
    due_at = min(retry_at(now, digest.retries), now + LOOK_AGAIN)
    if digest.at is None or not digest.is_of_use(due_at):
        return done_for_the_day(digest, reason, closed, now)
    return replace(
        digest, state=State.WAITING, due_at=due_at, retries=digest.retries + 1,
        handed_by=None, hand_over_until=None,
    )  # fmt: skip


def done_for_the_day(
    digest: Digest, outcome: str, closed: Closed, now: datetime, *, went: bool = False
) -> Digest:
    """The one of that day has come to its end; the next is planned."""
    done = replace(digest, last_for=digest.planned_for, last_outcome=outcome)
    if went:
        done = replace(done, sent_for=digest.planned_for)
    return planned(done, closed, now)
