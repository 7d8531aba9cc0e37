"""By which channel does a message go now, and by which one after this one failed?

Asked anew until it is in hand: a wish, a number or a word of the client may have changed. It stays
one message: while it goes by one way it cannot go by another, and after a way that failed for
certain the next is tried, as long as the message is of use.
"""

from collections.abc import Iterator
from dataclasses import replace

from services.reminders.domain.card import Card
from services.reminders.domain.channel_order import SMS, ways_for
from services.reminders.domain.contact import WAITING, Contact, State, Verdict
from services.reminders.domain.gate import may_go_by, purpose_of
from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.playbook import LetterRule
from services.reminders.ports import CARDS, SUPPRESSIONS
from services.reminders.workflow.firm_config import FirmConfig
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

OTHER_WAY = "other-channel"  # the reason of what goes by another way than the one that failed


def needs_of_choosing(config: FirmConfig, contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    """The card, and which of the client's addresses take nothing any more."""
    if not _has_a_choice(config, contact):
        return
    yield CARDS.one(contact.client_id)
    card = unit.peek(CARDS, contact.client_id)
    for address in _addresses(config, card).values():
        yield SUPPRESSIONS.by("address", normal_address(address))


def chosen(
    config: FirmConfig, contact: Contact, card: Card | None, unit: ReadSoFar | UnitOfWork
) -> Contact:
    """The message by the first way that is open; as it is where none is, or it is on its way."""
    if contact.state not in WAITING or card is None or not _has_a_choice(config, contact):
        return contact
    found = next(iter(_open_ways(config, contact, card, unit)), contact.channel)
    return contact if found == contact.channel else _by(config, contact, found)


def other_way(
    config: FirmConfig, contact: Contact, reason: str | None, unit: UnitOfWork
) -> Contact | None:
    """The message by the next way, now that this one failed for certain; None: there is none left,
    or it would come too late.
    """
    card = unit.get(CARDS, contact.client_id) if _has_a_choice(config, contact) else None
    late = contact.valid_until is not None and unit.now >= contact.valid_until
    if card is None or late:
        return None
    failed = replace(contact, given_up=(*contact.given_up, contact.channel))
    found = next(iter(_open_ways(config, failed, card, unit)), None)
    if found is None:
        return None
    waiting = failed.to(
        State.DUE if contact.state in WAITING else State.RETRY,
        reason=OTHER_WAY, due_at=unit.now, handed_by=None, reported=None,
        retries=0, resends=contact.resends + 1, sent_at=None,
        gates=(*contact.gates, Verdict(f"channel-{contact.channel}", "stop", reason)),
    )  # fmt: skip
    return _by(config, waiting, found)


def _has_a_choice(config: FirmConfig, contact: Contact) -> bool:
    """A letter that a person approved goes as it was approved."""
    return len(config.channels) > 1 and contact.letter_for_approval is None


def _open_ways(
    config: FirmConfig, contact: Contact, card: Card, unit: ReadSoFar | UnitOfWork
) -> Iterator[str]:
    addresses = _addresses(config, card)
    purpose = purpose_of(contact.message_class, config.policy)
    for way in ways_for(card, contact.message_class, config.policy.channel_order):
        address = addresses.get(way)
        if address is None or way in contact.given_up:
            continue
        if purpose is not None and card.consented([purpose], way) is False:
            continue
        if unit.peek_all(SUPPRESSIONS, "address", normal_address(address)):
            continue
        if not may_go_by(way, contact, card, config.policy):
            continue
        if way != SMS or config.wording.has_text(contact.template, card.locale or ""):
            yield way


def _addresses(config: FirmConfig, card: Card | None) -> dict[str, str]:
    if card is None:
        return {}
    found = {name: each.can_reach(card) for name, each in config.channels.items()}
    return {name: address for name, address in found.items() if address is not None}


def _by(config: FirmConfig, contact: Contact, channel: str) -> Contact:
    """The message by this channel; a text message shares no letter."""
    rule = config.playbooks.version(contact.rule_id, contact.rule_version)
    send = rule.send if rule is not None else None
    shared = send.letter if send is not None and channel != SMS else LetterRule.OWN
    return replace(contact, channel=channel, letter=shared)
