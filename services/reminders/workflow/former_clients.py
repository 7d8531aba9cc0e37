"""A thing has changed hands between clients: who is told what?

The one whose it was is told that it is off for them, if they had been told that it takes place; the
one whose it is hears of it for the first time. A message to the former that was in hand meanwhile
counts as told to them. If the thing comes back, their last word is taken up where it was left.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from services.reminders.domain.contact import Contact
from services.reminders.domain.former_clients import left_behind, left_thread, thing_of
from services.reminders.domain.playbook import Rule
from services.reminders.domain.subject import Subject, client_of
from services.reminders.ports import SUBJECTS, TIMERS
from services.reminders.workflow.arming import arm, needs_of_tasks
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.envelope import Event
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_changing_hands(event: Event[Any], thread: str, unit: ReadSoFar) -> Iterator[Need]:
    """What is kept for the client whose it was, and for the one whose it is."""
    subject, named = unit.peek(SUBJECTS, thread), client_of(event.data)
    if subject is None or named is None or subject.client_id in (None, named):
        return
    for client_id in (subject.client_id, named):
        left = left_thread(thread, str(client_id))
        yield SUBJECTS.one(left)
        yield TIMERS.by("thread", left)
        yield from needs_of_tasks(unit.peek_all(TIMERS, "thread", left))


def change_hands(config: FirmConfig, before: Subject, after: Subject, unit: UnitOfWork) -> Subject:
    """The subject as it is for the client whose it is now; the one before hears that it is off."""
    if before.client_id is None or after.client_id in (None, before.client_id):
        return after
    back = unit.get(SUBJECTS, left_thread(after.thread, str(after.client_id)))
    left = left_behind(after, before.client_id, before.told, _telling(config, after))
    if left is not None:
        unit.put(SUBJECTS, left)
        arm(config, left, unit)
    if back is not None:
        arm(config, replace(back, facts={}, told=None), unit)
        unit.remove(SUBJECTS, back.thread)
    return replace(after, told=back.told if back is not None else None)


def needs_of_kept(contact: Contact, unit: ReadSoFar) -> Iterator[Need]:
    """The thing a message is about, as it is kept for the one it goes to."""
    yield SUBJECTS.one(thing_of(contact.thread))
    if _is_anothers(contact, unit):
        yield SUBJECTS.one(left_thread(thing_of(contact.thread), contact.client_id))


def thread_kept(contact: Contact, unit: ReadSoFar | UnitOfWork) -> str:
    """Under which name that is kept."""
    thing = thing_of(contact.thread)
    return left_thread(thing, contact.client_id) if _is_anothers(contact, unit) else thing


def kept_for(contact: Contact, unit: UnitOfWork) -> Subject | None:
    """The thing as it stands for them; None where nothing is known of it, or none of theirs."""
    return unit.get(SUBJECTS, thread_kept(contact, unit))


def told_too_late(config: FirmConfig, contact: Contact, unit: UnitOfWork) -> Subject | None:
    """They were told of it while it became another's: what is kept for them from now on."""
    subject = unit.peek(SUBJECTS, thing_of(contact.thread))
    if subject is None:
        return None
    return left_behind(subject, contact.client_id, contact.states, _telling(config, subject))


def _is_anothers(contact: Contact, unit: ReadSoFar | UnitOfWork) -> bool:
    subject = unit.peek(SUBJECTS, thing_of(contact.thread))
    return subject is not None and subject.client_id not in (None, contact.client_id)


def _telling(config: FirmConfig, subject: Subject) -> list[Rule]:
    rules = config.playbooks.per(subject.thread.partition(":")[0])
    return [rule for rule in rules if rule.tell is not None]
