"""Until when does the firm keep its working records of a client, and what is over by now?

They are counted from the day the last matter of the client was closed, by the profile's own class.
From then on it is looked at once a year, and each time what has been over for as long goes: what
came after the closing, such as a survey, is kept for just as many years.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from services.intake.domain.matters import Matter
from shared.profiles.profile import Retention

WORKING_RECORDS = "working-records"
WHILE_HELD = timedelta(days=30)  # a hold may be lifted any day: asked again, not waited for
A_YEAR = timedelta(days=365)  # where another matter stands, or no rule: both may change


@dataclass(frozen=True, slots=True)
class Span:
    """So many years, at the end of a year where the law counts so, by the firm's clock."""

    years: int
    year_end: bool
    zone: ZoneInfo

    def after(self, instant: datetime) -> datetime:
        """When that long has passed since then."""
        local = instant.astimezone(self.zone)
        if self.year_end:
            return datetime(local.year + self.years + 1, 1, 1, tzinfo=self.zone).astimezone(UTC)
        return _in_year(local, local.year + self.years)

    def before(self, instant: datetime) -> datetime:
        """The latest instant since which that long has passed."""
        local = instant.astimezone(self.zone)
        if self.year_end:
            return datetime(local.year - self.years, 1, 1, tzinfo=self.zone).astimezone(UTC)
        return _in_year(local, local.year - self.years)

    def next_look(self, now: datetime) -> datetime:
        """A year later; where the law counts whole years, when the next one begins."""
        local = now.astimezone(self.zone)
        if self.year_end:
            return datetime(local.year + 1, 1, 1, tzinfo=self.zone).astimezone(UTC)
        return _in_year(local, local.year + 1)


def span_of(rules: Mapping[str, Retention], zone: ZoneInfo) -> Span | None:
    """For how long they are kept; None where the firm's profile says nothing of an end."""
    rule = rules.get(WORKING_RECORDS)
    if rule is None or rule.plan != "clear" or rule.years is None:
        return None
    return Span(rule.years, rule.year_end, zone)


def is_the_last(matter: Matter, others: Iterable[Matter]) -> bool:
    """Whether the firm does nothing for its client any more, and did nothing after it."""
    mine = _closing(matter)
    return all(
        each.state == "closed" and _closing(each) <= mine
        for each in others
        if each.matter_id != matter.matter_id
    )


def _closing(matter: Matter) -> tuple[datetime, str]:
    return matter.closed_at or datetime.max.replace(tzinfo=UTC), matter.matter_id


def _in_year(local: datetime, year: int) -> datetime:
    day = min(local.day, 28) if (local.month, local.day) == (2, 29) else local.day
    return local.replace(year=year, day=day).astimezone(UTC)
