"""A channel reports what became of a message, perhaps before it has answered: what follows?

What arrived is settled, also where nobody knew. What did not goes by the next way while it is of
use, else a person calls. A failure of an earlier repeat, or of another way, changes nothing; that
one arrived keeps back another that waits to go.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.reminders.domain.contact import DELIVERED, EMAIL, WAITING, Contact, State
from services.reminders.ports import CONTACTS, TIMERS
from services.reminders.workflow.arming import NO_LONGER_NEEDED
from services.reminders.workflow.firm_config import FirmConfig
from services.reminders.workflow.hand_over_outcomes import needs_of_letter, was_handed_over
from services.reminders.workflow.told_clients import needs_of_telling
from shared.contracts.envelope import Event
from shared.contracts.mail import ContactBounced, ContactDelivered
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, cancel_task

Report = ContactBounced | ContactDelivered
ARRIVED, CAME_BACK = "arrived", "came-back"


def is_about(said: Report, contact: Contact) -> bool:
    """Whether it is this repeat of the message, by this way, that is reported of."""
    same_way = (said.channel or EMAIL) == contact.channel
    return same_way and said.number in (None, contact.resends)


def first_report(contact_id: str, what: str, number: int, unit: UnitOfWork) -> bool:
    """Note that this is reported of a message of ours; False: it is none, or it was before.

    Providers and mail servers report as often as they like; to others it is said once.
    """
    contact = unit.get(CONTACTS, contact_id)
    noted = contact.with_report(what, number) if contact is not None else None
    if noted is None or noted is contact:
        return False
    unit.put(CONTACTS, noted)
    return True


@dataclass(frozen=True)
class DeliverySteps:
    """The step for every message that arrived."""

    config: FirmConfig

    def needs(self, event: Event[ContactDelivered], unit: ReadSoFar) -> Iterator[Need]:
        """The message, what it told, and the task that asks what became of it."""
        yield CONTACTS.one(event.data.contact_id)
        yield TASKS.by("ref", event.data.contact_id)
        contact = unit.peek(CONTACTS, event.data.contact_id)
        if contact is not None:
            yield TIMERS.one(contact.occurrence_id)
            yield from needs_of_letter(contact)
            yield from needs_of_telling(contact, unit)

    def hear(self, event: Event[ContactDelivered], unit: UnitOfWork) -> None:
        """It arrived: nobody has to find out any more, and it is not sent again."""
        contact = unit.get(CONTACTS, event.data.contact_id)
        if contact is not None and _waits_though_it_came(event.data, contact):
            tried = State.UNKNOWN if contact.resends else State.HANDING_OVER
            came = replace(contact, state=tried, reported=DELIVERED)
            was_handed_over(self.config, came, unit)
            return
        if contact is None or not _may_have_arrived(event.data, contact):
            return
        arrived = replace(contact, reported=DELIVERED)
        if contact.state is State.UNKNOWN:
            was_handed_over(self.config, arrived, unit)
            for task in unit.find(TASKS, "ref", contact.contact_id):
                if task.state == "open":
                    cancel_task(unit, task, NO_LONGER_NEEDED)
        elif arrived != contact:
            unit.put(CONTACTS, arrived)


def _waits_though_it_came(said: ContactDelivered, contact: Contact) -> bool:
    """Whether it is to go once more, and has come already: nobody is told twice."""
    tried = contact.state in WAITING and bool(contact.resends or contact.retries)
    same_way = (said.channel or EMAIL) == contact.channel
    return tried and same_way and (said.number is None or said.number <= contact.resends)


def _may_have_arrived(said: ContactDelivered, contact: Contact) -> bool:
    in_doubt = contact.state in (State.UNKNOWN, State.HANDING_OVER, State.HANDED_OVER)
    return in_doubt and is_about(said, contact)
