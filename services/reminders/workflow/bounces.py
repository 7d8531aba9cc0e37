"""A message that had been handed over came back: what follows?

The client has not heard: the timeline says so, and a person calls. The address is given up only
where it is the address that is wrong. A letter to somebody who asked for help comes back the same
way; whoever decided that it goes is told by intake.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.reminders.domain.channel_order import SMS
from services.reminders.domain.contact import MAY_HAVE_COME, Contact, State
from services.reminders.domain.mail_status import means_the_address
from services.reminders.domain.text_status import means_the_number, reason_of
from services.reminders.ports import CONTACTS, INQUIRER_LETTERS, TIMERS
from services.reminders.workflow import inquirer_letters
from services.reminders.workflow.arming import NO_LONGER_NEEDED
from services.reminders.workflow.channel_choice import needs_of_choosing
from services.reminders.workflow.contact_events import announce_contact
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.hand_over_outcomes import (
    call_instead_of,
    carried_by,
    go_by_another_way,
    needs_of_letter,
    suppress_address,
)
from services.reminders.workflow.text_reports import CAME_BACK, first_report, is_about
from services.reminders.workflow.told_clients import forget_what_was_told, needs_of_not_telling
from shared.contracts.envelope import Event
from shared.contracts.mail import ContactBounced
from shared.contracts.reminders import ContactFailed
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, cancel_task


@dataclass(frozen=True)
class BounceSteps:
    """The step for every message that came back."""

    config: FirmConfig

    def needs(self, event: Event[ContactBounced], unit: ReadSoFar) -> Iterator[Need]:
        """The message and what went in its letter, their timers, and the tasks about them."""
        yield INQUIRER_LETTERS.one(event.data.contact_id)
        yield from self._needs_of(event.data.contact_id, unit)
        contact = unit.peek(CONTACTS, event.data.contact_id)
        for contact_id in contact.carries if contact is not None else ():
            yield from self._needs_of(contact_id, unit)

    def hear(self, event: Event[ContactBounced], unit: UnitOfWork) -> None:
        """It did not arrive. What came back twice, or was never handed over, changes nothing."""
        said = event.data
        reason = reason_of(said.code) if said.channel == SMS else _of_mail(said)
        letter = unit.get(INQUIRER_LETTERS, said.contact_id)
        if letter is not None:
            inquirer_letters.come_back(letter, reason, unit)
            return
        contact = unit.get(CONTACTS, said.contact_id)
        if contact is None or contact.state not in MAY_HAVE_COME or not is_about(said, contact):
            return
        if _gives_up_the_address(said, reason):
            suppress_address(contact, reason, said.at, unit)
        for each in (contact, *carried_by(contact, unit)):
            if each.state in MAY_HAVE_COME:
                self._came_back(each, reason, event, unit)

    def _needs_of(self, contact_id: str, unit: ReadSoFar) -> Iterator[Need]:
        yield CONTACTS.one(contact_id)
        yield TASKS.by("ref", contact_id)
        contact = unit.peek(CONTACTS, contact_id)
        if contact is not None:
            yield TIMERS.one(contact.occurrence_id)
            yield TASKS.by("ref", contact.thread)
            yield from needs_of_letter(contact)
            yield from needs_of_not_telling(contact, unit)
            yield from needs_of_choosing(self.config, contact, unit)

    def _came_back(
        self, contact: Contact, reason: str, event: Event[ContactBounced], unit: UnitOfWork
    ) -> None:
        forget_what_was_told(contact, unit)
        for task in unit.find(TASKS, "ref", contact.contact_id):
            if task.state == "open":
                cancel_task(unit, task, NO_LONGER_NEEDED)
        if not event.history and go_by_another_way(self.config, contact, reason, unit):
            return
        failed = contact.to(State.REFUSED, reason=reason, handed_by=None)
        unit.put(CONTACTS, failed)
        announce_contact(ContactFailed, failed, unit)
        if not event.history:
            call_instead_of(self.config, failed, unit)


def first_bounce(contact_id: str, unit: UnitOfWork) -> bool:
    """Note that this came back; False where an earlier report has said so: several servers may."""
    letter, contact = unit.get(INQUIRER_LETTERS, contact_id), unit.get(CONTACTS, contact_id)
    if letter is not None:
        unit.put(INQUIRER_LETTERS, replace(letter, came_back=True))
        return not letter.came_back
    return contact is not None and first_report(contact_id, CAME_BACK, contact.resends, unit)


def _of_mail(said: ContactBounced) -> str:
    return f"bounced-{said.status or said.kind}"


def _gives_up_the_address(said: ContactBounced, reason: str) -> bool:
    if said.channel == SMS:
        return means_the_number(reason)
    return said.kind == "hard" and (said.status is None or means_the_address(said.status))
