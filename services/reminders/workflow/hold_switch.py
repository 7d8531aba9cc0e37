"""Everything to clients stops at once, or goes on: what changes?"""

from collections.abc import Iterable, Iterator

from services.reminders.domain.contact import State
from services.reminders.domain.outbound import SWITCH, Outbound
from services.reminders.ports import CONTACTS, OUTBOUND
from services.reminders.workflow.arming import wake
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork

RELEASE = "release"


def needs_of_switch() -> Iterator[Need]:
    """The one switch."""
    yield OUTBOUND.one(SWITCH)


def switch(unit: UnitOfWork, *, held: bool) -> Outbound:
    """Hold everything back, or let it go on; saying so twice changes nothing."""
    before = unit.get(OUTBOUND, SWITCH) or Outbound()
    if before.held is held:
        return before
    after = Outbound(held=held, since=unit.now)
    unit.put(OUTBOUND, after)
    return after


def needs_of_waking(contact_ids: Iterable[str]) -> Iterator[Need]:
    """These messages."""
    for contact_id in contact_ids:
        yield CONTACTS.one(contact_id)


def wake_up(contact_ids: Iterable[str], unit: UnitOfWork) -> None:
    """Look again at these messages, which were held back."""
    for contact_id in contact_ids:
        contact = unit.get(CONTACTS, contact_id)
        if contact is not None and contact.state is State.DEFERRED:
            wake(contact, unit)
