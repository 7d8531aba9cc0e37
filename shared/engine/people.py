"""Of whom is an event said: of the person it names, of whom they were merged into, or of nobody?

Held in memory, because every event asks: read when this process begins to consume, and learned
with each batch that changes it. What was said of an erased person is not taken in.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from shared.contracts.base import EventData
from shared.contracts.records import ABOUT_RECORDS
from shared.engine.received_events import Outcome, Work
from shared.mongo import Query
from shared.people import MOST_MERGES, PEOPLE, Person
from shared.state.store import Store
from shared.state.unit_of_work import UnitOfWork

ERASED = "erased"
EVERY = {"_id": {"$gt": ""}}  # by the index


class People:
    """What one consumer knows of ids that are not a person of their own any more."""

    def __init__(self, store: Store, turn: Callable[[], int]) -> None:
        self._store = store
        self._turn = turn
        self._read_at: int | None = None
        self._known: dict[str, Person] = {}

    async def _refresh(self) -> None:
        """Read them where another process may have consumed since."""
        if (turn := self._turn()) == self._read_at:
            return
        [rows] = await self._store.database.read([Query(PEOPLE.collection, EVERY)])
        mapping = self._store.mappings.get(PEOPLE.collection)
        if mapping is not None:
            read = (mapping.to_value(row, self._store.keys) for row in rows)
            self._known = {each.client_id: each for each in read}
        self._read_at = turn

    def learn(self, unit: UnitOfWork) -> None:
        """Take in what a batch that has just been committed changed."""
        for entry in unit.changes():
            if entry.kind is PEOPLE and entry.value is not None:
                self._known[entry.key] = entry.value

    async def settle(self, works: Sequence[Work]) -> None:
        """Have the steps see an event of a merged client as one of the survivor; leave out what
        was said of an erased one. TemporaryError where the database is away.
        """
        await self._refresh()
        for work in works:
            self._settle(work)

    def _settle(self, work: Work) -> None:
        if not self._known or not work.open or work.event is None:
            return
        data = work.event.data
        client_id = _client_in(data)
        if client_id not in self._known or data.TYPE in ABOUT_RECORDS:
            return
        last = self._last(client_id)
        person = self._known.get(last)
        if person is not None and person.erased:
            work.conclude(Outcome.IGNORED, ERASED)
        elif last != client_id:
            work.seen_as = _said_of(data, last)

    def _last(self, client_id: str) -> str:
        for _ in range(MOST_MERGES):
            person = self._known.get(client_id)
            if person is None or person.moved_to is None:
                break
            client_id = person.moved_to
        return client_id


def _client_in(data: EventData) -> str:
    about: Any = getattr(data, "about", None)
    return getattr(data, "client_id", None) or getattr(about, "client_id", None) or ""


def _said_of(data: EventData, client_id: str) -> EventData:
    if getattr(data, "client_id", None):
        return data.model_copy(update={"client_id": client_id})
    about: Any = data.about  # type: ignore[attr-defined]
    return data.model_copy(update={"about": about.model_copy(update={"client_id": client_id})})


def clients_of(values: Iterable[Any]) -> set[str]:
    """The clients these documents are about."""
    clients = (getattr(each, "client_id", None) for each in values)
    return {client for client in clients if client is not None}
