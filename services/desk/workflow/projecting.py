"""What follows at the desk from events heard?

The task list, the timelines and the cards are projections: made from events alone, the same in
whatever order and however often those arrive.
"""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from services.desk.domain.cards import Card, renamed
from services.desk.domain.escalating import given_on, lawyer_of, sees_to_it
from services.desk.domain.handing_over import offered_instead, taker_of
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.projecting import TaskEvent, apply
from services.desk.domain.sources import heard, is_worth_noting, source_id_of
from services.desk.domain.staff import ROLES
from services.desk.domain.timeline import entry_of
from services.desk.ports.clients import CARDS
from services.desk.ports.restrictions import KNOWN_MATTERS
from services.desk.ports.staff import STAFF
from services.desk.ports.systems import SOURCES
from services.desk.ports.tasks import LISTED
from services.desk.ports.timeline import ENTRIES
from shared.contracts.envelope import Event
from shared.contracts.firm import ClientOnboarded, ClientUpdated
from shared.contracts.tasks import TaskEscalated
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
    changed = _with_somebody(apply(task, event), event, unit)
    if isinstance(event.data, TaskEscalated):
        changed = _with_who_sees_to_it(changed, event, event.data.level, unit)
    unit.put(LISTED, changed)


def task_needs(event: Event[TaskEvent], unit: ReadSoFar) -> Iterable[Need]:
    """The row of the task, whom it is offered to and who acts for them, and the staff where one is
    to see to it.
    """
    yield LISTED.one(event.data.task_id)
    owner_id = getattr(event.data, "owner_id", None)
    if owner_id is not None:
        yield STAFF.one(owner_id)
        person = unit.peek(STAFF, owner_id)
        for each in person.absences if person is not None else ():
            if each.substitute is not None:
                yield STAFF.one(each.substitute)
    if isinstance(event.data, TaskEscalated):
        yield from (STAFF.by("role", role) for role in ROLES)
        task = unit.peek(LISTED, event.data.task_id)
        yield from _matters_of(task) if task is not None else ()


def _matters_of(task: ListedTask) -> Iterable[Need]:
    """The matter a task is about, or those of its client."""
    if "matter_id" in task.about:
        yield KNOWN_MATTERS.one(task.about["matter_id"])
    elif "client_id" in task.about:
        yield KNOWN_MATTERS.by("client", task.about["client_id"])


def _with_who_sees_to_it(
    task: ListedTask, event: Event[TaskEvent], level: int, unit: UnitOfWork
) -> ListedTask:
    """An escalation names a person; one heard after a higher one changes nothing."""
    if task.state != "open" or level < task.escalation:
        return task
    staff = {each.staff_id: each for role in ROLES for each in unit.find(STAFF, "role", role)}
    if "matter_id" in task.about:
        matter = unit.get(KNOWN_MATTERS, task.about["matter_id"])
        matters = [matter] if matter is not None else []
    else:
        matters = unit.peek_all(KNOWN_MATTERS, "client", task.about.get("client_id", ""))
    lawyer_id = lawyer_of(task, matters)
    to = sees_to_it(task, staff.values(), unit.now, level=level, lawyer_id=lawyer_id)
    return given_on(task, to, event)


def _with_somebody(task: ListedTask, event: Event[TaskEvent], unit: UnitOfWork) -> ListedTask:
    """What is offered to who is away goes to who acts for them, or to nobody; to nobody, too, what
    is offered to who does not work here, or may not decide it.
    """
    owner_id = getattr(event.data, "owner_id", None)
    if owner_id is None or task.offered_to != owner_id:
        return task
    taker = taker_of(task, owner_id, lambda id: unit.peek(STAFF, id), unit.now)
    if taker == owner_id:
        return task
    return offered_instead(task, taker, event.time, event.msg_id)


def name_client(event: Event[ClientOnboarded | ClientUpdated], unit: UnitOfWork) -> None:
    """A client's name was said: the card keeps it."""
    client_id, name = event.data.client_id, event.data.name
    if name is not None:
        card = unit.get(CARDS, client_id) or Card(client_id=client_id)
        unit.put(CARDS, renamed(card, name, event.stamp))


def card_needs(event: Event[ClientOnboarded | ClientUpdated], _unit: ReadSoFar) -> Iterable[Need]:
    """The client's card."""
    return [CARDS.one(event.data.client_id)]
