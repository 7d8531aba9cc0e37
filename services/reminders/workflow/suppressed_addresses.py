"""An address to which nothing goes any more works again: what changes?

Somebody of the firm lifts it, or the practice management states that very address after it failed.
What was not sent meanwhile stays unsent: its timeline says why, and a person was asked to call.
"""

from collections.abc import Iterable, Iterator

from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.outbound import Suppression
from services.reminders.domain.phone_number import number_of
from services.reminders.ports import SUPPRESSIONS
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientUpdated
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_stating(event: Event[ClientUpdated], _: ReadSoFar) -> Iterator[Need]:
    """Whether an address or a number stated is one to which nothing goes."""
    for address in _stated(event):
        yield SUPPRESSIONS.by("address", normal_address(address))


def hear_address(event: Event[ClientUpdated], unit: UnitOfWork) -> None:
    """The firm states an address or a number anew: it may be written to again.

    A new client with the same address says nothing of whether it works.
    """
    if event.history:
        return
    for address in _stated(event):
        for each in unit.find(SUPPRESSIONS, "address", normal_address(address)):
            if each.at < event.time:
                unit.remove(SUPPRESSIONS, each.suppression_id)


def _stated(event: Event[ClientUpdated]) -> list[str]:
    stated = (event.data.email, number_of(event.data.phone))
    return [each for each in stated if each]


def needs_of_address(address: str) -> Iterator[Need]:
    """Everything that stands against one address."""
    yield SUPPRESSIONS.by("address", normal_address(address))


def lift_address(address: str, unit: UnitOfWork) -> int:
    """Let mail go to this address again; how many entries stood against it."""
    return lift([each.suppression_id for each in standing(address, unit)], unit)


def standing(address: str, unit: UnitOfWork) -> list[Suppression]:
    """What stands against this address."""
    return list(unit.find(SUPPRESSIONS, "address", normal_address(address)))


def needs_of(suppression_ids: Iterable[str]) -> Iterator[Need]:
    """These entries."""
    for each in suppression_ids:
        yield SUPPRESSIONS.one(each)


def lift(suppression_ids: Iterable[str], unit: UnitOfWork) -> int:
    """Take these entries away; how many there still were."""
    found = [each for each in suppression_ids if unit.get(SUPPRESSIONS, each) is not None]
    for each in found:
        unit.remove(SUPPRESSIONS, each)
    return len(found)
