"""What is on its way to a client: planned by a rule, or fallen due and waiting?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.reminders.domain.card import Card
from services.reminders.domain.contact import Contact, contact_for
from services.reminders.domain.letter_for_approval import REQUESTED
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.playbook import Rule
from services.reminders.ports import CARDS, CONTACTS, OUTGOING_DECISIONS, SUBJECTS, TIMERS
from services.reminders.workflow.contact_events import ids_of
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.message_facts import needs_of_asking
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message on its way, with the occurrence and the rule that want it."""

    contact: Contact  # as it waits; of a planned one as it would be made when it falls due
    rule: Rule
    timer: Occurrence
    planned: bool  # it has still to fall due

    @property
    def matter_id(self) -> str | None:
        """The matter it is about."""
        return self.contact.ids.get("matter_id")

    def moment(self, now: datetime) -> datetime:
        """When it is looked at next."""
        return max(self.contact.due_at, now)


def needs_of_outgoing(config: FirmConfig, client_id: str, unit: ReadSoFar) -> Iterator[Need]:
    """The card, what is planned and what waits, and everything the gates ask about each."""
    yield CARDS.one(client_id)
    yield TIMERS.by("client", client_id)
    yield CONTACTS.by("outgoing", client_id)
    yield OUTGOING_DECISIONS.by("client", client_id)
    for contact in unit.peek_all(CONTACTS, "outgoing", client_id):
        yield from needs_of_asking(config, contact, unit)
    for timer in unit.peek_all(TIMERS, "client", client_id):
        if _sends(config, timer) is None:
            continue
        yield SUBJECTS.one(timer.thread)
        if unit.peek(SUBJECTS, timer.thread) is not None:
            made = _as_planned(config, timer, unit)
            if made is not None:
                yield CONTACTS.one(made.contact_id)
                yield from needs_of_asking(config, made, unit)


def outgoing_of(config: FirmConfig, client_id: str, unit: UnitOfWork) -> list[Outgoing]:
    """Everything on its way to this client, what is soonest first."""
    found = [*_waiting(config, client_id, unit), *_planned(config, client_id, unit)]
    return sorted(found, key=lambda each: (each.contact.due_at, each.contact.contact_id))


def letters_of(client_id: str, unit: UnitOfWork) -> list[Contact]:
    """Letters that a person approved and an event had asked for, on their way by e-mail.

    No rule wants them, so nobody decides about them here: whoever approved them did.
    """
    found = [
        each
        for each in unit.find(CONTACTS, "outgoing", client_id)
        if each.letter_for_approval is not None and each.rule_id == REQUESTED
    ]
    return sorted(found, key=lambda each: (each.due_at, each.contact_id))


def of_matter(messages: Sequence[Outgoing], matter_id: str | None) -> list[Outgoing]:
    """Those about this matter."""
    return [each for each in messages if each.matter_id == matter_id]


def known_client(client_id: str, unit: UnitOfWork) -> Card | None:
    """The client's card, where they are known and not erased."""
    card = unit.get(CARDS, client_id)
    return card if card is not None and not card.erased else None


def _waiting(config: FirmConfig, client_id: str, unit: UnitOfWork) -> Iterator[Outgoing]:
    for contact in unit.find(CONTACTS, "outgoing", client_id):
        rule = config.playbooks.version(contact.rule_id, contact.rule_version)
        timer = unit.peek(TIMERS, contact.occurrence_id)
        if rule is not None and timer is not None:
            yield Outgoing(contact=contact, rule=rule, timer=timer, planned=False)


def _planned(config: FirmConfig, client_id: str, unit: UnitOfWork) -> Iterator[Outgoing]:
    for timer in unit.find(TIMERS, "client", client_id):
        rule = _sends(config, timer)
        contact = _as_planned(config, timer, unit) if rule is not None else None
        if rule is not None and contact is not None:
            yield Outgoing(contact=contact, rule=rule, timer=timer, planned=True)


def _sends(config: FirmConfig, timer: Occurrence) -> Rule | None:
    """The rule of a planned message; None of what is no message, or not planned any more."""
    rule = config.playbooks.version(timer.rule_id, timer.rule_version)
    in_force = config.playbooks.in_force(timer.rule_id)
    if rule is None or rule.send is None or not timer.waits or not in_force:
        return None
    return rule


def _as_planned(
    config: FirmConfig, timer: Occurrence, unit: ReadSoFar | UnitOfWork
) -> Contact | None:
    rule, subject = _sends(config, timer), unit.peek(SUBJECTS, timer.thread)
    if rule is None or subject is None:
        return None
    made = contact_for(timer, rule, ids_of(subject, rule.on), config.usual_channel)
    before = unit.peek(CONTACTS, made.contact_id)
    return replace(made, resends=before.resends, retries=before.retries) if before else made
