"""What nobody could read is filed under the client whose address is in it, once they ask.

A delivery that was read is filed under its client at once. One that waits as a dead letter is found
by the address, so that an access file tells of it and an erasure takes it along.
"""

from collections.abc import Iterable

from services.gateway.domain.deliveries import filed_under
from services.gateway.ports import DELIVERIES, KNOWN
from shared.contracts.envelope import Event
from shared.contracts.records import RecordsOrdered
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_filing(event: Event[RecordsOrdered], unit: ReadSoFar) -> Iterable[Need]:
    """The client's addresses, and what is found by them."""
    for client_id in _ids(event.data):
        yield KNOWN.one(client_id)
        known = unit.peek(KNOWN, client_id)
        if known is not None and known.email:
            yield DELIVERIES.by("email", known.email)


def file_unread(event: Event[RecordsOrdered], unit: UnitOfWork) -> None:
    """Before the order is carried out."""
    for client_id in _ids(event.data):
        known = unit.get(KNOWN, client_id)
        if known is not None and known.email:
            for each in unit.find(DELIVERIES, "email", known.email):
                unit.put(DELIVERIES, filed_under(each, event.data.client_id))


def _ids(said: RecordsOrdered) -> tuple[str, ...]:
    return (said.client_id, *said.merged_ids)
