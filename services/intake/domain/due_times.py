"""By when has a person of the firm decided a conflict check, or answered who asked for help?

In business days of the firm: nobody is asked to have decided on a holiday.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.calendar import FirmCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTimes:
    """The firm's calendar, and how many business days each of these may take."""

    calendar: FirmCalendar
    check: int = 1
    answer: int = 2
    letter: int = 1
    outcome: int = 5
    attendance: int = 1  # what came of an appointment; what a client says was misunderstood
    records: int = 10  # to answer a request about records; the law's month is kept by a rule
    answer_with_story: int = 1  # they have told what it is about, and wait
    urgent_within: int = 7  # days until a deadline they named
    soon_within: int = 30

    def check_due(self, now: datetime) -> datetime:
        """By when a possible conflict is decided."""
        return self.calendar.add_business_days(now, self.check)

    def letter_due(self, now: datetime) -> datetime:
        """By when somebody is written to for whom the firm does not act."""
        return self.calendar.add_business_days(now, self.letter)

    def outcome_due(self, now: datetime) -> datetime:
        """By when it is said what came of an inquiry, once somebody was in touch."""
        return self.calendar.add_business_days(now, self.outcome)

    def attendance_due(self, now: datetime) -> datetime:
        """By when it is noted what came of an appointment, or put right what was misunderstood."""
        return self.calendar.add_business_days(now, self.attendance)

    def records_due(self, now: datetime) -> datetime:
        """By when a client is told what the firm holds, or that it is erased."""
        return self.calendar.add_business_days(now, self.records)

    def answer_due(self, now: datetime, *, has_story: bool) -> datetime:
        """By when somebody who asked for help is answered."""
        days = self.answer_with_story if has_story else self.answer
        return self.calendar.add_business_days(now, days)
