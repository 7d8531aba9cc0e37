"""When does the next letter to a client go, which a message may join?

Within minutes, where something else is planned for the same client; or tomorrow, where they were
written to today and the message can wait. Else there is nothing to wait for.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.reminders.domain.card import Card
from services.reminders.domain.contact import Contact
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.playbook import LetterRule
from services.reminders.domain.schedule import from_wall
from services.reminders.ports import CONTACTS, TIMERS, letters_on
from services.reminders.workflow.firm_config import FirmConfig
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork

SETTLE = timedelta(seconds=5)  # until what has fallen due has become a message too
DAY = timedelta(days=1)


def needs_of_next_letter(
    config: FirmConfig, contact: Contact, card: Card | None, now: datetime
) -> Iterator[Need]:
    """What went to the client today; what is planned, at the times of day the rules name."""
    if contact.letter is LetterRule.OWN or card is None:
        return
    zone = _zone(config, card)
    if contact.letter is LetterRule.WAITS:
        for day in _days(now, zone):
            yield CONTACTS.by("letter", letters_on(contact.client_id, day))
    if _is_near(config, zone, now):
        yield TIMERS.by("client", contact.client_id)


def next_letter_at(
    config: FirmConfig, contact: Contact, card: Card | None, unit: UnitOfWork
) -> datetime | None:
    """When the message may go together with others; None: it need not wait for any."""
    if contact.letter is LetterRule.OWN or card is None:
        return None
    timers = unit.peek_all(TIMERS, "client", contact.client_id)
    soon = [each.due_at for each in timers if _comes_soon(config, each, contact, unit.now)]
    if soon:
        return min(soon) + SETTLE
    zone = _zone(config, card)
    if contact.letter is LetterRule.WAITS and _written_today(contact, zone, unit):
        tomorrow = unit.now.astimezone(zone).date() + DAY
        return from_wall(datetime.combine(tomorrow, config.policy.letters_at), zone)
    return None


def _comes_soon(config: FirmConfig, timer: Occurrence, contact: Contact, now: datetime) -> bool:
    rule = config.playbooks.version(timer.rule_id, timer.rule_version)
    of_a_day = rule is not None and rule.moment is not None and rule.moment.time is not None
    return (
        timer.waits
        and of_a_day
        and rule is not None
        and rule.shares_letters
        and config.playbooks.in_force(rule.rule_id)
        and timer.thread != contact.thread
        and config.policy.join_within > timedelta()
        and now - SETTLE < timer.due_at <= now + config.policy.join_within
    )


def _is_near(config: FirmConfig, zone: ZoneInfo, now: datetime) -> bool:
    """Whether any rule may fall due about now: most of the day there is nothing to look for."""
    first = (now - SETTLE).astimezone(zone).strftime("%H:%M")
    last = (now + config.policy.join_within).astimezone(zone).strftime("%H:%M")
    times = config.playbooks.letter_times
    if last < first:  # over midnight
        return any(each >= first or each <= last for each in times)
    return any(first <= each <= last for each in times)


def _written_today(contact: Contact, zone: ZoneInfo, unit: UnitOfWork) -> bool:
    today = unit.now.astimezone(zone).date()
    gone = [
        each.written_at
        for day in _days(unit.now, zone)
        for each in unit.peek_all(CONTACTS, "letter", letters_on(contact.client_id, day))
        if each.contact_id != contact.contact_id
    ]
    return any(at is not None and at.astimezone(zone).date() == today for at in gone)


def _days(now: datetime, zone: ZoneInfo) -> list[date]:
    """The days in UTC over which the client's today goes, until now."""
    begins = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return sorted({begins.astimezone(now.tzinfo).date(), now.date()})


def _zone(config: FirmConfig, card: Card) -> ZoneInfo:
    return ZoneInfo(card.timezone or config.policy.zone)
