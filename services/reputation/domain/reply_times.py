"""By when is what has to do with a review due, in business days of the firm?"""

from dataclasses import dataclass
from datetime import datetime

from services.reputation.domain.triage import Severity
from shared.calendar import FirmCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTimes:
    """How many business days the firm gives itself, and its calendar."""

    calendar: FirmCalendar
    answering: dict[Severity, int]
    posting: int
    looking_after_report: int
    words: int = 5

    def __post_init__(self) -> None:
        if min(*self.answering.values(), self.posting, self.looking_after_report, self.words) < 1:
            raise ValueError("nothing can be due at once: give at least one business day")

    def answer_due(self, severity: Severity, now: datetime) -> datetime:
        """By when somebody should have decided about the reply."""
        return self.calendar.add_business_days(now, self.answering[severity])

    def posting_due(self, now: datetime) -> datetime:
        """By when the approved reply should stand on its site."""
        return self.calendar.add_business_days(now, self.posting)

    def words_due(self, now: datetime) -> datetime:
        """By when a client's words are proposed, or published once they agreed."""
        return self.calendar.add_business_days(now, self.words)

    def look_due(self, now: datetime) -> datetime:
        """When somebody looks what the site did about a reported review."""
        return self.calendar.add_business_days(now, self.looking_after_report)
