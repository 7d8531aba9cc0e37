"""Deliveries are kept as they came, each once, before their senders are told that they arrived."""

from collections.abc import Iterable, Sequence

from services.gateway.domain.deliveries import Delivery
from services.gateway.ports import DELIVERIES
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_keeping_all(deliveries: Sequence[Delivery], _: ReadSoFar) -> Iterable[Need]:
    """The same deliveries, should they have come before."""
    yield from (DELIVERIES.one(each.delivery_id) for each in deliveries)


def keep_all(deliveries: Sequence[Delivery], unit: UnitOfWork) -> list[bool]:
    """Whether each is new; one that came before, or twice among these, stays as it is."""
    return [_keep(each, unit) for each in deliveries]


def _keep(delivery: Delivery, unit: UnitOfWork) -> bool:
    if unit.get(DELIVERIES, delivery.delivery_id) is not None:
        return False
    unit.put(DELIVERIES, delivery)
    return True
