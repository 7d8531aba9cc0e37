"""In which words does a message go?

What its event said, the client's name, the firm's signature, and what the client was told before.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from services.reminders.domain.card import Card
from services.reminders.domain.contact import Contact
from services.reminders.domain.gate import ASKS
from services.reminders.domain.lawyer import named_to_clients
from services.reminders.domain.moments import with_days
from services.reminders.domain.playbook import Rule
from services.reminders.domain.salutation import addressing
from services.reminders.domain.statements import words_of
from services.reminders.domain.subject import Subject
from services.reminders.domain.wording import LINK, PREFERENCES, UNSUBSCRIBE, Occasion, Worded
from services.reminders.ports import COLLEAGUES, Draft
from services.reminders.workflow.firm_config import FirmConfig
from shared.state.unit_of_work import UnitOfWork


def word(
    config: FirmConfig, contact: Contact, rule: Rule, subject: Subject, card: Card, unit: UnitOfWork
) -> Worded:
    """The message in the client's language; raises WordingError where a word is missing."""
    return config.channels[contact.channel].word(
        draft_of(config, contact, rule, subject, card, unit)
    )


def draft_of(
    config: FirmConfig, contact: Contact, rule: Rule, subject: Subject, card: Card, unit: UnitOfWork
) -> Draft:
    """What the message is worded from."""
    fact = subject.latest(rule.on)
    zone = config.firm.zone
    words = with_days(subject.words(fact), fact, zone) if fact else {}
    words.update(_told_words(contact, rule, subject))
    words.update(
        config.signature, **addressing(card), **_lawyer(contact, card, unit), firm=config.name
    )
    if contact.link is not None:
        words["link"] = LINK
    words["preferences"] = PREFERENCES
    if contact.message_class in ASKS:
        words["unsubscribe"] = UNSUBSCRIBE
    occasion = Occasion(
        locale=card.locale or "",
        zone=ZoneInfo(card.timezone or config.policy.zone),
        now=unit.now,
        firm=ZoneInfo(zone),
        place=_place(words),
    )
    return Draft(wording=config.wording, template=contact.template, words=words, occasion=occasion)


def _lawyer(contact: Contact, card: Card, unit: UnitOfWork) -> dict[str, str]:
    """Who is in charge of the matter, where the firm has said what they are called."""
    matter_id = contact.ids.get("matter_id")
    owner = card.owner_of(matter_id)
    listed = unit.peek(COLLEAGUES, owner) if owner is not None else None
    lawyer = named_to_clients(card.lawyer_of(matter_id), listed)
    if lawyer is None:
        return {}
    return {"lawyer_name": lawyer.name, "lawyer_phone": lawyer.phone or ""}


def _told_words(contact: Contact, rule: Rule, subject: Subject) -> dict[str, Any]:
    """What the client was told before, as ``was``; where it is off, that is what it says."""
    if rule.tell is None or subject.told is None:
        return {}
    was = words_of(subject.told)
    return {**(was if contact.template == rule.tell.ended else {}), "was": was}


def _place(words: Mapping[str, Any]) -> ZoneInfo | None:
    """Where what is told takes place, if the event says so."""
    said = words.get("timezone")
    return ZoneInfo(said) if isinstance(said, str) else None
