"""A matter was opened or closed: what follows?

Whoever leads the matter may not decide its conflict checks, also those that are open already.
"""

from collections.abc import Iterable, Mapping

from services.intake.domain import clients
from services.intake.domain.matters import Matter
from services.intake.domain.registers import stated
from services.intake.ports import CHECKS, MATTERS, FirmConfig
from services.intake.workflow.barring import bar, needs_of_barring
from shared.contracts.envelope import Event
from shared.contracts.firm import MatterClosed, MatterOpened, MatterReopened
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_opening(event: Event[MatterOpened], unit: ReadSoFar) -> Iterable[Need]:
    """The matter, and the open checks about it or its client."""
    yield MATTERS.one(event.data.matter_id)
    yield from needs_of_barring(_checked(event), unit)


def needs_of_closing(
    event: Event[MatterClosed] | Event[MatterReopened], _: ReadSoFar
) -> Iterable[Need]:
    """The matter."""
    yield MATTERS.one(event.data.matter_id)


def open_matter(config: FirmConfig, event: Event[MatterOpened], unit: UnitOfWork) -> None:
    """Keep whose matter it is and who leads it."""
    data = event.data
    facts = {
        "client_id": data.client_id,
        "owner_id": data.owner_id,
        "practice_area": data.practice_area,
        "state": "open",
        "closed_at": None,
    }
    told = _keep(data.matter_id, facts, event.stamp, unit)
    if told and config.sole_practice is None:
        bar(data.owner_id, _checked(event), unit)


def close_matter(event: Event[MatterClosed], unit: UnitOfWork) -> None:
    """Keep that the matter is closed; its parties stay known for ever."""
    data = event.data
    facts = {"client_id": data.client_id, "state": "closed", "closed_at": data.closed_at}
    _keep(data.matter_id, facts, event.stamp, unit)


def reopen_matter(event: Event[MatterReopened], unit: UnitOfWork) -> None:
    """Keep that the matter is open again."""
    facts = {"client_id": event.data.client_id, "state": "open", "closed_at": None}
    _keep(event.data.matter_id, facts, event.stamp, unit)


def _checked(event: Event[MatterOpened]) -> list[Need]:
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
