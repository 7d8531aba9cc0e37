"""Which events does a service hear, and which step follows?

A service's ``listeners.py`` is one list of these. A step is an ordinary function over the unit of
work; what it needs read is declared beside it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from shared.contracts.base import EventData
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.envelope import Event
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

D = TypeVar("D", bound=EventData)

Step = Callable[[Event[D], UnitOfWork], None]
Needs = Callable[[Event[D], ReadSoFar], Iterable[Need]]


@dataclass(frozen=True, slots=True)
class Listener(Generic[D]):
    """One line of ``listeners.py``: this event, then this step, with these needs read first."""

    event: type[D]
    step: "Step[D]"
    needs: "Needs[D]"


def listen(event: type[D], step: "Step[D]", needs: "Needs[D]") -> Listener[D]:
    """Hear one event type."""
    return Listener(event, step, needs)


def hear_all(step: "Step[Any]", needs: "Needs[Any]") -> list[Listener[Any]]:
    """Hear every event type there is: for timers (any playbook) and for the timeline."""
    return [Listener(event, step, needs) for event in CATALOGUE.values()]
