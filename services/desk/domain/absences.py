"""Who is away, until when, and who acts for them meanwhile?

What falls due while somebody is away, and what is escalated to them, goes to their substitute, as
far as that person may deal with it and is there; else to everybody. Nobody who is away is given a
client to call.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.errors import RuleError

LONGEST_DAYS = 366
CALLS = ("call-client", "contact-gap", "client-check-in", "acknowledge-contact", "client-mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """From one instant until another nobody finds this person; at ``until`` they are back."""

    since: datetime
    until: datetime
    substitute: str | None = None

    def covers(self, at: datetime) -> bool:
        """Whether they are away at that instant."""
        return self.since <= at < self.until


Absences = tuple[Absence, ...]


def away_at(absences: Iterable[Absence], at: datetime) -> Absence | None:
    """The absence of that instant; None for whoever is there."""
    return next((each for each in absences if each.covers(at)), None)


def keeps_from(
    absences: Iterable[Absence], kind: str, due_at: datetime | None, now: datetime
) -> Absence | None:
    """Which absence keeps somebody from a task: it falls due meanwhile, or is a call to make."""
    every = tuple(absences)
    away_now = away_at(every, now)
    if away_now is not None and (kind in CALLS or due_at is None or due_at <= now):
        return away_now
    return away_at(every, max(due_at, now)) if due_at is not None else None


def with_absence(absences: Absences, new: Absence, now: datetime) -> Absences:
    """All that are not over, with one more; RuleError where it makes no sense or overlaps."""
    if new.until <= max(new.since, now):
        raise RuleError("Give a last day that is not over.", code="not-ahead", field="until")
    if (new.until - new.since).days > LONGEST_DAYS:
        raise RuleError("An absence is a year at most.", code="too-long", field="until")
    ahead = [each for each in absences if each.until > now and each.since != new.since]
    if any(each.since < new.until and new.since < each.until for each in ahead):
        message = "There is an absence within these days already; take that one away first."
        raise RuleError(message, code="overlaps", field="since")
    return tuple(sorted((*ahead, new), key=lambda each: each.since))


def without_absence(absences: Absences, since: datetime) -> Absences:
    """All but the one that begins then."""
    return tuple(each for each in absences if each.since != since)
