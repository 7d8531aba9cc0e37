"""A message has gone, or may have: what does the client believe now, and is that still true?

What it told is kept with its subject. If something else stands by then, the next message is planned
in the same step, so the last word is never an old one.
"""

from collections.abc import Iterator
from dataclasses import replace

from services.reminders.domain.contact import Contact
from services.reminders.ports import CARDS, CONTACTS, SUBJECTS, TIMERS
from services.reminders.workflow.arming import arm, needs_of_tasks
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.former_clients import (
    kept_for,
    needs_of_kept,
    thread_kept,
    told_too_late,
)
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_telling(contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    """The subject, and what is planned for it."""
    if contact.states is not None:
        yield from needs_of_planning_on(contact, unit)


def needs_of_planning_on(contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    """The same, before it is known what the message states."""
    yield from needs_of_kept(contact, unit)
    yield CARDS.one(contact.client_id)
    for thread in dict.fromkeys((contact.thread, thread_kept(contact, unit))):
        yield TIMERS.by("thread", thread)
        yield from needs_of_tasks(unit.peek_all(TIMERS, "thread", thread))


def needs_of_planning_on_all(contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    """The same, of all that may go in its letter."""
    yield from needs_of_planning_on(contact, unit)
    for other in unit.peek_all(CONTACTS, "letter", contact.client_id):
        yield from needs_of_planning_on(other, unit)


def needs_of_not_telling(contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    """The subject."""
    if contact.states is not None:
        yield from needs_of_kept(contact, unit)


def forget_what_was_told(contact: Contact, unit: UnitOfWork) -> None:
    """This message did not come: what was told before it is the last that the client heard."""
    subject = kept_for(contact, unit) if contact.states is not None else None
    if subject is None or subject.told is None:
        return
    told = subject.told.without(contact.contact_id)
    if told != subject.told:
        unit.put(SUBJECTS, replace(subject, told=told))


def keep_what_was_told(config: FirmConfig, contact: Contact, unit: UnitOfWork) -> None:
    """This message may have come: what it states is what the client was told last."""
    if contact.states is None:
        return
    subject = kept_for(contact, unit) or told_too_late(config, contact, unit)
    if subject is None:
        return
    before = subject.told.without(contact.contact_id) if subject.told is not None else None
    told = replace(
        contact.states, contact_id=contact.contact_id, number=contact.resends, at=unit.now,
        before=replace(before, before=None) if before is not None else None,
    )  # fmt: skip
    subject = replace(subject, told=told)
    unit.put(SUBJECTS, subject)
    arm(config, subject, unit)
