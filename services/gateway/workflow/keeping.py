"""A delivery is kept as it came, once, before its sender is told that it has arrived."""

from collections.abc import Iterable

from services.gateway.domain.deliveries import Delivery
from services.gateway.ports import DELIVERIES
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_keeping(delivery: Delivery, _: ReadSoFar) -> Iterable[Need]:
    """The same delivery, should it have come before."""
    yield DELIVERIES.one(delivery.delivery_id)


def keep(delivery: Delivery, unit: UnitOfWork) -> bool:
    """Whether it is new; one that came before stays as it is."""
    if unit.get(DELIVERIES, delivery.delivery_id) is not None:
        return False
    unit.put(DELIVERIES, delivery)
    return True
