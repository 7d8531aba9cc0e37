"""What follows at the desk from events heard?

The task list, the timelines and the cards are projections: made from events alone, the same in
whatever order and however often those arrive.
"""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from services.desk.domain.cards import Card, renamed
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.projecting import TaskEvent, apply
from services.desk.domain.sources import heard, is_worth_noting, source_id_of
from services.desk.domain.timeline import entry_of
from services.desk.ports import CARDS, ENTRIES, LISTED, SOURCES
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientOnboarded, ClientUpdated
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


class Teller:
    """Writes each event about a client onto that client's timeline, in the firm's time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def tell(self, event: Event[Any], unit: UnitOfWork) -> None:
        """Something happened to a client: the timeline says so; and its source is not silent."""
        entry = entry_of(event, self._zone)
        if entry is not None:
            unit.add(ENTRIES, entry)
        known = unit.get(SOURCES, source_id_of(event.source))
        if is_worth_noting(known, unit.now):
            unit.put(SOURCES, heard(event.source, unit.now))


def tell_needs(event: Event[Any], _unit: ReadSoFar) -> Iterable[Need]:
    """When its source was last heard from; the entry needs nothing, its id comes from its event."""
    return [SOURCES.one(source_id_of(event.source))]


def list_task(event: Event[TaskEvent], unit: UnitOfWork) -> None:
    """A task was opened, changed, decided or escalated: the list shows it."""
    task_id = event.data.task_id
    task = unit.get(LISTED, task_id) or ListedTask(task_id=task_id)
    unit.put(LISTED, apply(task, event))


def task_needs(event: Event[TaskEvent], _unit: ReadSoFar) -> Iterable[Need]:
    """The row of the task."""
    return [LISTED.one(event.data.task_id)]


def name_client(event: Event[ClientOnboarded | ClientUpdated], unit: UnitOfWork) -> None:
    """A client's name was said: the card keeps it."""
    client_id, name = event.data.client_id, event.data.name
    if name is not None:
        card = unit.get(CARDS, client_id) or Card(client_id=client_id)
        unit.put(CARDS, renamed(card, name, event.stamp))


def card_needs(event: Event[ClientOnboarded | ClientUpdated], _unit: ReadSoFar) -> Iterable[Need]:
    """The client's card."""
    return [CARDS.one(event.data.client_id)]
