"""What does the gate ask about a message, and how does it stand?

Everything is read afresh: the subject, the card, the address, the other messages of the client.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.reminders.domain.card import Card, Restriction
from services.reminders.domain.contact import MAY_HAVE_COME, WAITING, Contact, State
from services.reminders.domain.firm_restrictions import FIRM
from services.reminders.domain.gate import ASKS, JOINS, Facts, opens_at
from services.reminders.domain.letter_for_approval import REQUESTED
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.outbound import SWITCH, Outbound
from services.reminders.domain.playbook import Rule
from services.reminders.domain.schedule import ELAPSED
from services.reminders.domain.statements import told_lately
from services.reminders.domain.subject import Subject
from services.reminders.ports import (
    CARDS,
    COLLEAGUES,
    CONTACTS,
    FIRM_RESTRICTIONS,
    OUTBOUND,
    SUPPRESSIONS,
    TIMERS,
)
from services.reminders.workflow.channel_choice import chosen, needs_of_choosing
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.former_clients import kept_for, needs_of_kept
from services.reminders.workflow.next_letter import needs_of_next_letter, next_letter_at
from services.reminders.workflow.timers_due import still_wanted
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS

AT_ONCE = timedelta(minutes=1)  # what goes later has waited for something


@dataclass(frozen=True, slots=True)
class Asked:
    """A message with all that is known about it: its rule, its subject, its client, the facts."""

    contact: Contact
    rule: Rule | None
    subject: Subject | None
    card: Card | None
    facts: Facts


def needs_of_asking(config: FirmConfig, contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    """Everything the gates ask about."""
    yield from needs_of_choosing(config, contact, unit)
    contact = chosen(config, contact, unit.peek(CARDS, contact.client_id), unit)
    yield from needs_of_kept(contact, unit)
    yield CARDS.one(contact.client_id)
    yield TIMERS.one(contact.occurrence_id)
    yield OUTBOUND.one(SWITCH)
    yield FIRM_RESTRICTIONS.one(FIRM)
    yield TASKS.by("ref", contact.thread)
    if contact.message_class in ASKS:
        yield CONTACTS.by("asked", contact.client_id)
    card = unit.peek(CARDS, contact.client_id)
    if card is not None and (owner := card.owner_of(contact.ids.get("matter_id"))) is not None:
        yield COLLEAGUES.one(owner)
    if (address := address_of(config, contact, card)) is not None:
        yield SUPPRESSIONS.by("address", normal_address(address))
    if contact.series_key and (_waited(contact, unit) or _is_quiet(config, card, unit)):
        yield CONTACTS.by("series", contact.series_key)
    rule = config.playbooks.version(contact.rule_id, contact.rule_version)
    if rule is not None and rule.send is not None and rule.send.told_within is not None:
        yield CONTACTS.by("telling", contact.thread)
    yield from needs_of_next_letter(config, contact, card, unit.now)


def ask(
    config: FirmConfig, contact: Contact, unit: UnitOfWork, at: datetime | None = None
) -> Asked:
    """The message, by the channel it would go by now, and all that is known about it.

    ``at``: as its moment will be, so far.
    """
    rule = config.playbooks.version(contact.rule_id, contact.rule_version)
    subject = kept_for(contact, unit)
    card = unit.get(CARDS, contact.client_id)
    contact = chosen(config, contact, card, unit)
    facts = _facts(config, contact, rule, subject, card, unit, at or unit.now)
    return Asked(contact, rule, subject, card, facts)


def address_of(config: FirmConfig, contact: Contact, card: Card | None) -> str | None:
    """Where the message's channel reaches the client."""
    return config.channels[contact.channel].can_reach(card) if card else None


def _facts(
    config: FirmConfig, contact: Contact, rule: Rule | None, subject: Subject | None,
    card: Card | None, unit: UnitOfWork, at: datetime,
) -> Facts:  # fmt: skip
    address = address_of(config, contact, card)
    refused = unit.find(SUPPRESSIONS, "address", normal_address(address)) if address else []
    return Facts(
        now=at,
        card=card,
        why_unwanted=_why_unwanted(config, contact, rule, subject, card, unit),
        firm_restriction=_firm_restriction(contact, unit, at),
        held=(unit.get(OUTBOUND, SWITCH) or Outbound()).held,
        sample_values=bool(config.sample_settings),
        address=address,
        address_suppressed=bool(refused),
        last_ask_at=_last_ask(contact, unit),
        last_invitation_at=_last_invitation(contact, unit),
        went_before=_went_before(contact, unit),
        told_lately=_told_lately(contact, rule, subject, unit, at),
        next_letter_at=next_letter_at(config, contact, card, unit),
    )


def _firm_restriction(contact: Contact, unit: UnitOfWork, at: datetime) -> Restriction | None:
    firm = unit.get(FIRM_RESTRICTIONS, FIRM)
    return firm.restricted(contact.message_class.value, at) if firm is not None else None


def _why_unwanted(
    config: FirmConfig, contact: Contact, rule: Rule | None, subject: Subject | None,
    card: Card | None, unit: UnitOfWork,
) -> str | None:  # fmt: skip
    if contact.rule_id == REQUESTED:
        return None  # what an event asked for and a person approved is wanted
    if rule is None or subject is None or not config.playbooks.in_force(rule.rule_id):
        return State.CANCELLED.value
    ended = still_wanted(rule, contact.anchor, subject, card, contact.contact_id)[1]
    if ended is not None:
        return ended.value
    return State.SUPERSEDED.value if overtaken(contact, config, unit) else None


def _told_lately(
    contact: Contact, rule: Rule | None, subject: Subject | None, unit: UnitOfWork, at: datetime
) -> bool:
    """Whether the client was told the very same lately, or is being told it just now."""
    if rule is None or rule.send is None or rule.send.told_within is None or subject is None:
        return False
    within = ELAPSED[rule.send.told_within.span] * rule.send.told_within.amount
    if told_lately(rule, subject, at, within):
        return True
    return at <= unit.now and any(
        each.contact_id != contact.contact_id
        and each.client_id == contact.client_id
        and (
            each.state is State.HANDING_OVER
            or (each.state in WAITING and (each.due_at <= unit.now or each.reason == JOINS))
        )
        for each in unit.find(CONTACTS, "telling", contact.thread)
    )


def overtaken(contact: Contact, config: FirmConfig, unit: UnitOfWork) -> bool:
    """Whether a later reminder of the same anchor has gone, or waited as well and may go now."""
    if contact.series_key is None:
        return False
    return any(
        each.client_id == contact.client_id
        and contact.planned_for < each.planned_for
        and (each.state in MAY_HAVE_COME or _may_go(each, config, unit))
        for each in unit.peek_all(CONTACTS, "series", contact.series_key)
    )


def _may_go(contact: Contact, config: FirmConfig, unit: UnitOfWork) -> bool:
    of_use = contact.valid_until is None or unit.now < contact.valid_until
    waits = contact.state in WAITING and contact.due_at <= unit.now
    return waits and of_use and config.playbooks.in_force(contact.rule_id)


def _waited(contact: Contact, unit: ReadSoFar) -> bool:
    return unit.now - contact.planned_for >= AT_ONCE


def _last_ask(contact: Contact, unit: UnitOfWork) -> Any:
    if contact.message_class not in ASKS:
        return None
    others = unit.find(CONTACTS, "asked", contact.client_id)
    times = [
        each.sent_at or each.due_at for each in others if each.contact_id != contact.contact_id
    ]
    return max(times, default=None)


def _last_invitation(contact: Contact, unit: UnitOfWork) -> datetime | None:
    """When the client was last invited to something else of the same class, reminders aside."""
    if contact.message_class not in ASKS:
        return None
    invited: dict[str, datetime] = {}
    for each in unit.find(CONTACTS, "asked", contact.client_id):
        if each.message_class is contact.message_class and each.thread != contact.thread:
            at = each.sent_at or each.due_at
            invited[each.thread] = min(at, invited.get(each.thread, at))
    return max(invited.values(), default=None)


def _went_before(contact: Contact, unit: UnitOfWork) -> bool:
    """Whether another reminder of the same anchor reached the client, or a person was asked to."""
    if contact.series_key is None:
        return False
    others = unit.peek_all(CONTACTS, "series", contact.series_key)
    return any(
        each.contact_id != contact.contact_id
        and each.client_id == contact.client_id
        and (each.state is State.HANDED_OVER or each.reason == "quiet-hours")
        for each in others
    )


def _is_quiet(config: FirmConfig, card: Card | None, unit: ReadSoFar) -> bool:
    return card is not None and opens_at(card, config.policy, unit.now) != unit.now
