"""From when on is a message of no use, whenever it falls due, and whoever chose that moment?

Its own limit, counted from its anchor or from when it falls due, and never past an anchor that
lies ahead of it. Moments are reckoned by the clock of whoever is written to, and the firm's days.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.reminders.domain.business_days import closed_for
from services.reminders.domain.card import Card
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.playbook import Rule
from services.reminders.domain.schedule import Moment, Reckoned, reckon
from shared.calendar import FirmCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """What planning has to know of the firm."""

    calendar: FirmCalendar

    @property
    def zone(self) -> str:
        """The name of the zone the firm lives by."""
        return self.calendar.zone.key


def moved_to(
    rule: Rule, occurrence: Occurrence, at: datetime, card: Card | None, firm: Firm
) -> Occurrence:
    """The occurrence at the moment a person chose; how late it may be counts from then."""
    last = last_moment(rule, occurrence, card, firm)
    counted = valid_until(rule, occurrence.anchor_at, at, occurrence.zone, card, firm)
    limits = [each for each in (last, counted) if each is not None]
    return replace(
        occurrence, due_at=at, wall=None, moved=True, valid_until=min(limits, default=None)
    )


def last_moment(
    rule: Rule, occurrence: Occurrence, card: Card | None, firm: Firm
) -> datetime | None:
    """From when on it is of no use, whoever chooses its moment; None: never."""
    by_anchor = replace(rule, valid_for=None)
    return valid_until(
        by_anchor, occurrence.anchor_at, occurrence.due_at, occurrence.zone, card, firm
    )


def valid_until(
    rule: Rule, anchor_at: datetime | None, due: datetime, zone: str, card: Card | None, firm: Firm
) -> datetime | None:
    """Its own limit, and never past an anchor that lies ahead of it; None: never."""
    limits: list[datetime] = []
    if rule.valid_for is not None:
        limits.append(reckoned(Moment(offset=rule.valid_for), due, zone, card, firm).instant)
    if anchor_at is not None and rule.valid_until is not None:
        moment = Moment(offset=rule.valid_until)
        limits.append(reckoned(moment, anchor_at, zone, card, firm).instant)
    if anchor_at is not None and anchor_at > due:
        limits.append(anchor_at)
    return min(limits) if limits else None


def reckoned(
    moment: Moment, anchor: datetime, zone: str, card: Card | None, firm: Firm,
    day: date | None = None,
) -> Reckoned:  # fmt: skip
    """The moment by this zone and, of a client, their country's days; else the firm's."""
    locale = card.locale if card else None
    closed = closed_for(locale, firm.calendar.days)
    return reckon(moment, anchor, ZoneInfo(zone), closed, day)
