"""How does a date or a time read for somebody who may be elsewhere?

A meeting shows the clock of the place where it is, and the reader's beside it where the two differ.
A day (an invoice is due, a matter was closed) is a day of the firm's calendar for everybody. A zone
is named only where it helps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_time, get_timezone_location

from services.reminders.domain.moment_words import MomentWords
from services.reminders.domain.subject import Fact
from services.reminders.domain.whole_days import day_said
from shared.contracts.catalogue import CATALOGUE
from shared.firm.dates import written_out

Moment = datetime | date


def day_of(instant: datetime, firm: ZoneInfo) -> date:
    """The day of the firm's calendar that a system meant which can only say instants.

    Midnight in UTC is how such systems write a bare date.
    """
    in_utc = instant.astimezone(UTC)
    return in_utc.date() if in_utc.time() == time() else instant.astimezone(firm).date()


def day_meant(fact: Fact, name: str, firm_zone: str) -> date | None:
    """The day an anchor of an event means; None where it is an instant."""
    said = day_said(name, fact.values)
    if said is not None:
        return said
    contract = CATALOGUE.get(fact.type)
    if contract is None or name not in contract.DAYS:
        return None
    return day_of(fact.instants[name], ZoneInfo(firm_zone))


def with_days(words: Mapping[str, Any], fact: Fact, firm_zone: str) -> dict[str, Any]:
    """An event's words, with a day in place of each instant that means one."""
    days = {name: day_meant(fact, name, firm_zone) for name in fact.instants}
    return {**words, **{name: day for name, day in days.items() if day is not None}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads, where and when; and where what is told takes place."""

    locale: Locale
    words: MomentWords
    zone: ZoneInfo
    firm: ZoneInfo
    now: datetime
    place: ZoneInfo | None = None  # of an appointment

    @property
    def clock_zone(self) -> ZoneInfo:
        """Whose clock a time of day is shown on."""
        return self.place or self.zone

    def day(self, moment: Moment) -> str:
        """Monday, 16 March 2026."""
        return written_out(self._date(moment), self.locale)

    def clock(self, moment: Moment) -> str:
        """14:00, or 2:00 PM; nothing of a whole day."""
        return self._clock(moment, self.clock_zone) if isinstance(moment, datetime) else ""

    def clock_note(self, instant: Moment) -> str:
        """Whose time that is, in brackets, where the reader's clock shows another."""
        if not isinstance(instant, datetime):
            return ""
        here, there = instant.astimezone(self.zone), instant.astimezone(self.clock_zone)
        if here.utcoffset() != there.utcoffset():
            one_day = here.date() == there.date()
            words = self.words.other_clock if one_day else self.words.other_day
            return self._note(words, city=self._city(self.clock_zone), day=self._day_of(here),
                              clock=self._clock(instant, self.zone))  # fmt: skip
        if self.place is None and here.utcoffset() != instant.astimezone(self.firm).utcoffset():
            return self._note(self.words.your_time)
        return ""

    def relative(self, moment: Moment) -> str:
        """Today, tomorrow, in 6 days; the day itself where two calendars disagree about today."""
        days = {self._days_ahead(moment, zone) for zone in self._calendars(moment)}
        ahead = days.pop() if len(days) == 1 else -1
        if ahead in (0, 1):
            return (self.words.today, self.words.tomorrow)[ahead]
        if ahead > 1:
            return self.words.in_days.format(days=ahead)
        return self.words.on_day.format(day=self.day(moment))

    def when(self, instant: Moment) -> str:
        """Tomorrow at 2:00 PM; on Monday, 16 March 2026 at 2:00 PM; of a whole day, the day."""
        near = self.relative(instant)
        if not isinstance(instant, datetime):
            return near
        words = self.words.on_day_at if self.day(instant) in near else self.words.at
        return words.format(day=near, clock=self.clock(instant))

    def gone(self, moment: Moment) -> bool:
        """Whether it lies behind; a day does so once it is over."""
        if isinstance(moment, datetime):
            return moment < self.now
        return moment < self.now.astimezone(self.firm).date()

    def _date(self, moment: Moment) -> date:
        if isinstance(moment, datetime):
            return moment.astimezone(self.clock_zone).date()
        return moment

    def _calendars(self, moment: Moment) -> set[ZoneInfo]:
        at_the_firm = not isinstance(moment, datetime)
        return {self.firm, self.zone} if at_the_firm else {self.clock_zone, self.zone}

    def _days_ahead(self, moment: Moment, zone: ZoneInfo) -> int:
        return (self._date(moment) - self.now.astimezone(zone).date()).days

    def _clock(self, instant: datetime, zone: ZoneInfo) -> str:
        shown = format_time(instant, "short", tzinfo=zone, locale=self.locale)
        return shown.replace("\u202f", " ")

    def _day_of(self, local: datetime) -> str:
        return written_out(local.date(), self.locale)

    def _city(self, zone: ZoneInfo) -> str:
        return get_timezone_location(zone, locale=self.locale, return_city=True)

    def _note(self, words: str, **said: str) -> str:
        return f" ({words.format(**said)})"
