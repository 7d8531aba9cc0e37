"""Events that a system says itself are passed on as they are, each once."""

from collections.abc import Iterable, Sequence
from typing import Any

from services.gateway.domain.taken_in import TakenIn
from services.gateway.ports import TAKEN_IN
from shared.contracts.envelope import Event
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_passing_on(events: Sequence[Event[Any]], _: ReadSoFar) -> Iterable[Need]:
    """Which of them were taken in before."""
    yield from (TAKEN_IN.one(each.msg_id) for each in events)


def pass_on(source: str, events: Sequence[Event[Any]], unit: UnitOfWork) -> int:
    """Say each that is new; how many were."""
    new = 0
    for event in events:
        if unit.get(TAKEN_IN, event.msg_id) is None:
            unit.put(TAKEN_IN, TakenIn(key=event.msg_id, source=source, at=unit.now))
            unit.pass_on(event)
            new += 1
    return new
