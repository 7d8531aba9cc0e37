"""Whose e-mail address is whose is heard of, so that a calendar's words find their client."""

from collections.abc import Iterable

from services.gateway.domain.known_clients import with_email
from services.gateway.ports import KNOWN
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientOnboarded, ClientUpdated
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

ClientSaid = ClientOnboarded | ClientUpdated


def needs_of_knowing(event: Event[ClientSaid], _: ReadSoFar) -> Iterable[Need]:
    """What is known of the client."""
    yield KNOWN.one(event.data.client_id)


def know(event: Event[ClientSaid], unit: UnitOfWork) -> None:
    """Note the address; what says nothing of it changes nothing."""
    said = event.data
    if isinstance(said, ClientUpdated) and "email" not in said.model_fields_set:
        return
    known = unit.get(KNOWN, said.client_id)
    if known is not None and known.stamp >= event.stamp:
        return
    unit.put(KNOWN, with_email(said.client_id, said.email, event.stamp))
