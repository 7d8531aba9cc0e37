"""What else is due for the same client, and goes in the same letter?

One message carries the letter; the others are handed over, retried, held and recorded each as
itself, with the outcome of the letter they went in. What the gates stop stays behind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.reminders.domain.contact import WAITING, Contact, State
from services.reminders.domain.gate import JOINS, judge
from services.reminders.domain.playbook import LetterRule
from services.reminders.domain.wording import Worded, WordingError
from services.reminders.ports import CONTACTS, Draft
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.letters_on_their_way import (
    draft_as_approved,
    worded_as_approved,
)
from services.reminders.workflow.message_facts import Asked, ask, needs_of_asking
from services.reminders.workflow.message_words import draft_of
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

MOST = 20  # messages in one letter; what is more goes in the next


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a letter, in its own words and in all that they are made from."""

    asked: Asked
    draft: Draft
    worded: Worded

    @property
    def contact(self) -> Contact:
        """The message, with the answers of its gates."""
        return self.asked.contact


def part_of(config: FirmConfig, asked: Asked, unit: UnitOfWork) -> Part:
    """A message that may go, in words; raises WordingError where one is missing."""
    if asked.contact.text_hash is not None:
        draft = draft_as_approved(config, asked.contact, unit)
        return Part(asked, draft, worded_as_approved(asked.contact))
    send = asked.rule.send if asked.rule is not None else None
    if send is not None and send.approve is not None:
        raise WordingError("Nobody has approved this letter.", code="wording")
    if asked.rule is None or asked.subject is None or asked.card is None:
        raise WordingError("The message has no rule, subject or client.", code="wording")
    draft = draft_of(config, asked.contact, asked.rule, asked.subject, asked.card, unit)
    worded = config.channels[asked.contact.channel].word(draft)
    return Part(asked, draft, worded)


def needs_of_others(config: FirmConfig, contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    """The client's other messages that wait, and all that is asked about them."""
    if contact.letter is LetterRule.OWN or contact.state not in WAITING:
        return
    yield CONTACTS.by("letter", contact.client_id)
    for other in unit.peek_all(CONTACTS, "letter", contact.client_id):
        if _may_join(other, contact, unit.now):
            yield from needs_of_asking(config, other, unit)


def others_for(config: FirmConfig, carrier: Part, unit: UnitOfWork) -> list[Part]:
    """What goes in the letter of this message: one word about each thing, in one language."""
    contact, found, about = carrier.contact, list[Part](), {carrier.contact.thread}
    if contact.letter is LetterRule.OWN:
        return found
    waiting = unit.find(CONTACTS, "letter", contact.client_id)
    for other in sorted(waiting, key=lambda each: (each.planned_for, each.contact_id)):
        if len(found) + 1 == MOST:
            break
        if other.thread in about or not _may_join(other, contact, unit.now):
            continue
        part = _passing(config, other, unit)
        if part is not None and part.worded.locale == carrier.worded.locale:
            found.append(part)
            about.add(other.thread)
    return found


def letter_of(config: FirmConfig, parts: Sequence[Part]) -> Worded:
    """All of these in one letter, what is soonest first."""
    first, *others = sorted(parts, key=_order)
    draft = replace(first.draft, others=tuple(each.draft for each in others))
    return config.channels[first.contact.channel].word(draft)


def _passing(config: FirmConfig, other: Contact, unit: UnitOfWork) -> Part | None:
    """The other message, where every gate lets it go and no word is missing."""
    asked = ask(config, other, unit)
    if asked.contact.letter is LetterRule.OWN:  # it goes as a text message now
        return None
    judgement = judge(asked.contact, replace(asked.facts, next_letter_at=None), config.policy)
    if judgement.verdict != "pass":
        return None
    asked = replace(asked, contact=replace(asked.contact, gates=judgement.gates))
    try:
        return part_of(config, asked, unit)
    except WordingError:
        return None  # said when its own turn comes


def _may_join(other: Contact, contact: Contact, now: datetime) -> bool:
    return (
        other.contact_id != contact.contact_id
        and other.channel == contact.channel
        and other.state in WAITING
        and (other.due_at <= now or (other.state is State.DEFERRED and other.reason == JOINS))
    )


def _order(part: Part) -> tuple[bool, datetime, str]:
    contact = part.contact
    return not contact.telling, contact.anchor_at or contact.planned_for, contact.thread
