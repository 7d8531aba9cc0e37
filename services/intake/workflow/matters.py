"""A matter was opened, closed or handed over: what follows?

Whoever leads the matter may not decide its conflict checks, also those that are open already. A
client whom only an import made known is checked now, before the firm acts for them.
"""

from collections.abc import Iterable, Mapping

from services.intake.domain import clients
from services.intake.domain.assessment import searched_for
from services.intake.domain.checks import Searched
from services.intake.domain.clients import Client
from services.intake.domain.history import is_past
from services.intake.domain.identifiers import identifiers_of
from services.intake.domain.matters import Matter
from services.intake.domain.registers import stated
from services.intake.ports import CHECKS, CLIENTS, MATTERS, FirmConfig
from services.intake.workflow.barring import bar, needs_of_barring
from services.intake.workflow.checking import check, needs_of_checking
from services.intake.workflow.clients import subject_of
from shared.contracts.envelope import Event
from shared.contracts.firm import MatterClosed, MatterOpened, MatterReopened
from shared.contracts.handovers import HandoverCompleted
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_opening(
    config: FirmConfig, event: Event[MatterOpened], unit: ReadSoFar
) -> Iterable[Need]:
    """The matter, the checks about it and its client, and whoever is called like one unchecked."""
    data = event.data
    yield MATTERS.one(data.matter_id)
    yield CLIENTS.one(data.client_id)
    yield from needs_of_barring(_checked(event), unit)
    client = _never_checked(config, event, unit)
    if client is not None:
        yield from needs_of_checking(subject_of(client), _names(client), unit)


def needs_of_closing(
    event: Event[MatterClosed] | Event[MatterReopened], _: ReadSoFar
) -> Iterable[Need]:
    """The matter."""
    yield MATTERS.one(event.data.matter_id)


def open_matter(config: FirmConfig, event: Event[MatterOpened], unit: UnitOfWork) -> None:
    """Keep whose matter it is and who leads it; a client nobody has checked yet is checked now."""
    data = event.data
    facts = {
        "client_id": data.client_id,
        "owner_id": data.owner_id,
        "practice_area": data.practice_area,
        "state": "open",
        "opened_at": event.time,
        "closed_at": None,
    }
    told = _keep(data.matter_id, facts, event.stamp, unit)
    if told and config.sole_practice is None:
        bar(data.owner_id, _checked(event), unit)
    client = _never_checked(config, event, unit)
    if told and client is not None:
        check(config, subject_of(client), _names(client), [client.owner_id, data.owner_id], unit)


def close_matter(event: Event[MatterClosed], unit: UnitOfWork) -> None:
    """Keep that the matter is closed; its parties stay known for ever."""
    data = event.data
    facts = {"client_id": data.client_id, "state": "closed", "closed_at": data.closed_at}
    _keep(data.matter_id, facts, event.stamp, unit)


def reopen_matter(event: Event[MatterReopened], unit: UnitOfWork) -> None:
    """Keep that the matter is open again."""
    facts = {"client_id": event.data.client_id, "state": "open", "closed_at": None}
    _keep(event.data.matter_id, facts, event.stamp, unit)


def needs_of_handover(event: Event[HandoverCompleted], unit: ReadSoFar) -> Iterable[Need]:
    """The matter, its client, and the checks about both."""
    yield MATTERS.one(event.data.matter_id)
    yield CLIENTS.one(event.data.client_id)
    yield from needs_of_barring(_checked(event), unit)


def hand_over(config: FirmConfig, event: Event[HandoverCompleted], unit: UnitOfWork) -> None:
    """Keep who leads the matter from now on; they do not clear its conflicts either."""
    data = event.data
    facts = {"client_id": data.client_id, "owner_id": data.to}
    told = _keep(data.matter_id, facts, event.stamp, unit)
    if told and config.sole_practice is None:
        bar(data.to, _checked(event), unit)
    client = unit.get(CLIENTS, data.client_id)
    if client is not None and client.matter_id in (None, data.matter_id):
        unit.put(CLIENTS, stated(client, {"owner_id": data.to}, event.stamp))


def _never_checked(
    config: FirmConfig, event: Event[MatterOpened], unit: ReadSoFar
) -> Client | None:
    """The client, where only an import of the past spoke of them and no check was ever made."""
    client = unit.peek(CLIENTS, event.data.client_id)
    if client is None or not client.onboarded or not client.names:
        return None
    if is_past(event, unit.now, config.history_after):
        return None
    made = unit.peek_all(CHECKS, "subject", clients.ref_of(client.client_id))
    return client if not made else None


def _names(client: Client) -> list[Searched]:
    known_by = identifiers_of(client)
    return [searched_for(name, "client", known_by) for name in client.names]


def _checked(event: Event[MatterOpened] | Event[HandoverCompleted]) -> list[Need]:
    return [
        CHECKS.by("matter", event.data.matter_id),
        CHECKS.by("subject", clients.ref_of(event.data.client_id)),
    ]


def _keep(matter_id: str, facts: Mapping[str, object], stamp: str, unit: UnitOfWork) -> bool:
    before = unit.get(MATTERS, matter_id)
    after = stated(before or Matter(matter_id=matter_id), facts, stamp)
    if after == before:
        return False
    unit.put(MATTERS, after)
    return True
