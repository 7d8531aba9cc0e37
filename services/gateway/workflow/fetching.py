"""What a delivery only names is fetched: taken in hand in one transaction, kept in another."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.gateway.domain.deliveries import Delivery
from services.gateway.domain.fetching import fetched, in_hand, not_fetched, remedy
from services.gateway.ports import DELIVERIES
from shared.contracts.refusals import refuse
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

PLACE = "the review"  # what a dead letter names


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one try: the thing, or why not."""

    content: bytes = b""
    problem: str = ""


def take_in_hand(delivery: Delivery, unit: UnitOfWork) -> None:
    """This process fetches it, once this is kept; raises Invalid where a person has to act."""
    if said := remedy(delivery, unit.now):
        raise refuse(PLACE, said)
    unit.put(DELIVERIES, in_hand(delivery, unit.now))


def needs_of_fetched(delivery_id: str, _: ReadSoFar) -> Iterable[Need]:
    """The delivery as it is by then."""
    yield DELIVERIES.one(delivery_id)


def keep_fetched(delivery_id: str, came: Fetched, unit: UnitOfWork) -> None:
    """Keep what came of it, unless somebody else has done so, or it was erased."""
    delivery = unit.get(DELIVERIES, delivery_id)
    if delivery is None or delivery.fetch_until is None:
        return
    if came.problem:
        unit.put(DELIVERIES, not_fetched(delivery, came.problem, unit.now))
    else:
        unit.put(DELIVERIES, fetched(delivery, came.content, unit.now))
