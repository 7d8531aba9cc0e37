"""When is the firm at work?

One calendar names every due time of every service: the business days of the firm's jurisdiction
(its weekend and public holidays, and the days on which this firm is closed) and the hours within
them. Pure: which firm it is comes from the settings, what time it is from whoever asks.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

DAY = timedelta(days=1)
WEEKEND = frozenset({5, 6})  # where no jurisdiction is named
MOST_YEARLY_CLOSED_DAYS = 100  # a firm that is never open would never have anything due
_JURISDICTION = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?", re.ASCII)
_CLOSED_DAY = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)", re.ASCII)


class UnknownJurisdictionError(ValueError):
    """Neither a country nor a part of one whose public holidays are known."""


@lru_cache(maxsize=256)
def _public_holidays(jurisdiction: str) -> holidays.HolidayBase | None:
    if not jurisdiction:
        return None
    match = _JURISDICTION.fullmatch(jurisdiction)
    try:
        if match:
            return holidays.country_holidays(match[1], subdiv=match[2])
    except NotImplementedError:  # a country or part the library does not know
        pass
    raise UnknownJurisdictionError(
        f"{jurisdiction} is not a country or part of one with known public holidays"
    )


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which this firm is closed: once, or every year."""

    month: int
    day: int
    year: int | None = None

    @classmethod
    def parse(cls, text: str) -> "ClosedDay":
        """Read ``2026-05-15`` or ``12-24`` (every year); raises ValueError."""
        match = _CLOSED_DAY.fullmatch(text.strip())
        if match is None:
            raise ValueError("write a day as 2026-05-15, or as 12-24 for every year")
        year = int(match[1]) if match[1] else None
        month, day = int(match[2]), int(match[3])
        date(year or 2000, month, day)  # 2000 has a 29 February
        return cls(month, day, year)

    def __str__(self) -> str:
        day = f"{self.month:02}-{self.day:02}"
        return day if self.year is None else f"{self.year}-{day}"

    def is_on(self, day: date) -> bool:
        """Whether it falls on this day."""
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """The days on which people are at work somewhere: a jurisdiction, and a firm's own closed days.

    A jurisdiction is a country or a country and its part, such as ``DE``, ``DE-BE`` or ``US-NY``;
    an unknown one raises UnknownJurisdictionError. Without one, only weekends are closed.
    """

    jurisdiction: str = ""
    own_closed_days: tuple[ClosedDay, ...] = ()

    def __post_init__(self) -> None:
        _public_holidays(self.jurisdiction)
        yearly = {(each.month, each.day) for each in self.own_closed_days if each.year is None}
        if len(yearly) > MOST_YEARLY_CLOSED_DAYS:
            raise ValueError(f"at most {MOST_YEARLY_CLOSED_DAYS} days can be closed every year")

    def is_business_day(self, day: date) -> bool:
        """Whether people are at work that day."""
        known = _public_holidays(self.jurisdiction)
        weekend = WEEKEND if known is None else known.weekend
        if day.weekday() in weekend or (known is not None and day in known):
            return False
        return not any(closed.is_on(day) for closed in self.own_closed_days)

    def holiday(self, day: date) -> str:
        """What the public holiday of this day is called; empty where it is none."""
        known = _public_holidays(self.jurisdiction)
        return str(known.get(day) or "") if known is not None else ""

    def is_closed(self, day: date) -> bool:
        """Whether it is a weekend day, a public holiday or a closed day of the firm."""
        return not self.is_business_day(day)

    def roll_forward(self, day: date) -> date:
        """The day itself, or the first business day after it."""
        while self.is_closed(day):
            day += DAY
        return day

    def roll_back(self, day: date) -> date:
        """The day itself, or the last business day before it."""
        while self.is_closed(day):
            day -= DAY
        return day

    def add(self, day: date, amount: int) -> date:
        """That many business days later (earlier, if negative); 0 is the day rolled forward."""
        step = DAY if amount >= 0 else -DAY
        for _ in range(abs(amount)):
            day += step
            while self.is_closed(day):
                day += step
        return day if amount else self.roll_forward(day)


@dataclass(frozen=True, slots=True)
class FirmCalendar:
    """The firm's business days with its hours, on its own clock."""

    zone: ZoneInfo
    days: BusinessDays = BusinessDays()
    opens: time = time(9)
    closes: time = time(18)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("the firm must open before it closes")

    def day_of(self, instant: datetime) -> date:
        """Which day it is at the firm."""
        return instant.astimezone(self.zone).date()

    def is_business_day(self, day: date) -> bool:
        """Whether the firm is at work that day."""
        return self.days.is_business_day(day)

    def is_open(self, instant: datetime) -> bool:
        """Whether the firm is at work at that instant."""
        local = instant.astimezone(self.zone)
        return self.is_business_day(local.date()) and self.opens <= local.time() < self.closes

    def next_business_instant(self, instant: datetime) -> datetime:
        """The instant itself while the firm is at work, or else when it opens next; in UTC."""
        if self.is_open(instant):
            return instant.astimezone(UTC)
        local = instant.astimezone(self.zone)
        day = local.date() if local.time() < self.opens else local.date() + DAY
        return self._at(self.days.roll_forward(day), self.opens)

    def add_business_days(self, instant: datetime, amount: int) -> datetime:
        """When something is due that is to be done within that many business days; in UTC.

        The time of day is kept within the firm's hours. What came on a closed day is due by closing
        time: whoever asks later is never due earlier.
        """
        local = instant.astimezone(self.zone)
        day = self.days.add(local.date(), amount)
        if not self.is_business_day(local.date()):
            return self._at(day, self.closes)
        return self._at(day, min(max(local.time(), self.opens), self.closes))

    def add_business_hours(self, instant: datetime, hours: int) -> datetime:
        """The instant that many hours of being open later (earlier, if negative); in UTC.

        Hours in which the firm is closed do not count. 0: when the firm is at work next.
        """
        if hours < 0:
            return self._hours_back(instant, timedelta(hours=-hours))
        at, left = self.next_business_instant(instant), timedelta(hours=hours)
        while left > (rest := self.close_of_business(self.day_of(at)) - at):
            at, left = self.next_business_instant(at + rest), left - rest
        return at + left

    def open_between(self, since: datetime, until: datetime) -> timedelta:
        """For how long the firm was open between two instants; nothing where they are reversed."""
        total, day, last = timedelta(0), self.day_of(since), self.day_of(until)
        while day <= last:
            if self.is_business_day(day):
                begins = max(self._at(day, self.opens), since)
                ends = min(self._at(day, self.closes), until)
                total += max(ends - begins, timedelta(0))
            day += DAY
        return total

    def _hours_back(self, instant: datetime, left: timedelta) -> datetime:
        local = instant.astimezone(self.zone)
        day = self.days.roll_back(local.date())
        if day == local.date() and local.time() <= self.opens:
            day = self.days.roll_back(day - DAY)
        at = min(instant.astimezone(UTC), self._at(day, self.closes))
        while left > (rest := at - self._at(day, self.opens)):
            day, left = self.days.roll_back(day - DAY), left - rest
            at = self._at(day, self.closes)
        return at - left

    def close_of_business(self, day: date) -> datetime:
        """When the firm closes on that day, or on the first business day after it; in UTC."""
        return self._at(self.days.roll_forward(day), self.closes)

    def _at(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, tzinfo=self.zone).astimezone(UTC)
