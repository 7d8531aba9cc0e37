"""How does the measured firm come to have a million timers?

One client, one closed matter and its timers go through the real steps of reminders, in memory; the
result is copied under other ids and instants and kept the way the service keeps it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from services.reminders.domain.card import Card
from services.reminders.domain.occurrence import ONCE, Occurrence, anchor_text, occurrence_id
from services.reminders.domain.subject import Subject
from services.reminders.ports import CARDS, SUBJECTS, TIMERS
from shared.clock import real_now, to_millisecond
from shared.contracts.envelope import Cause
from shared.contracts.firm import ClientOnboarded, MatterClosed
from shared.mongo import Document
from shared.process.run import mappings_of
from shared.process.settings import read_key
from shared.state.keys import KeyRing, NewKeys
from shared.state.mappings import shard_of
from shared.state.store import Store
from shared.state.unit_of_work import UnitOfWork
from tests.bench.rig import Rig
from tests.fakes.memory import MemoryService

AT_ONCE, RAW_AT_ONCE = 500, 5000
MATTER = "matter_id"


@dataclass(frozen=True, slots=True)
class Planted:
    """One client with one timer, and all that firing it looks at."""

    card: Card
    subject: Subject
    timer: Occurrence


def sample(rig: Rig, rule_id: str) -> Planted:
    """What the real steps make of one client and one closed matter."""
    office = MemoryService("reminders", listeners=rig.apps["reminders"].listeners)
    office.hear(
        ClientOnboarded(
            client_id="c-0",
            name="Ada Example",
            email="c0@example.com",
            timezone=noon_zone(),
            locale="en",
        )
    )
    office.hear(MatterClosed(client_id="c-0", matter_id="m-0", closed_at=office.now))
    timer = next(each for each in office.all(TIMERS) if each.rule_id == rule_id)
    subject = next(each for each in office.all(SUBJECTS) if each.thread == timer.thread)
    return Planted(office.all(CARDS)[0], subject, timer)


def another(like: Planted, name: str, due: datetime) -> Planted:
    """The same for another client and matter, due at another instant."""
    client_id, matter_id = f"c-{name}", f"m-{name}"
    thread = f"{MATTER}:{matter_id}"
    old = like.timer
    assert old.anchor_at is not None
    anchor_at = due - (old.due_at - old.anchor_at)
    fact = next(iter(like.subject.facts.values()))
    fact = replace(
        fact,
        instants=dict.fromkeys(fact.instants, anchor_at),
        values={**fact.values, "client_id": client_id, MATTER: matter_id},
    )
    anchor = old.anchor if old.anchor == ONCE else anchor_text(anchor_at)
    timer = replace(
        old, thread=thread, client_id=client_id, anchor=anchor, anchor_at=anchor_at, due_at=due,
        occurrence_id=occurrence_id(old.rule_id, thread, client_id, anchor),
        valid_until=due + timedelta(days=7), correlation_id=f"pm-{name}",
    )  # fmt: skip
    return Planted(
        replace(like.card, client_id=client_id, email=f"{client_id}@example.com"),
        replace(like.subject, thread=thread, client_id=client_id, facts={fact.type: fact}),
        timer,
    )


def office_of(rig: Rig) -> Store:
    """The door of reminders to its own documents."""
    key = read_key(rig.secrets.master_key_file("reminders"), "master key")
    database = rig.database("reminders")
    return Store(database, KeyRing(database, key), mappings_of(rig.apps["reminders"]))


async def plant(office: Store, planted: Iterable[Planted]) -> None:
    """Keep clients, subjects and timers."""
    cause = Cause("urn:bench", "planting", "planting", "planting", None, real_now())
    waiting = iter(planted)
    while some := list(islice(waiting, AT_ONCE)):
        unit = UnitOfWork("reminders", to_millisecond(real_now()))
        with unit.working_on(cause):
            for each in some:
                unit.add(CARDS, each.card)
                unit.add(SUBJECTS, each.subject)
                unit.add(TIMERS, each.timer)
        await office.commit(unit)


async def plant_pending(rig: Rig, like: Planted, first: int, count: int) -> None:
    """Keep timers due in a month to a year: documents as the service's own, written in bulk."""
    mapping = rig.mapping("reminders", "timers")
    template = mapping.to_document(like.timer, 1, office_of(rig).keys, NewKeys())
    timers = rig.database("reminders").collection("timers")
    made = _pending(template, first, count)
    while some := list(islice(made, RAW_AT_ONCE)):
        await timers.insert_many(some, ordered=False)


def _pending(template: Document, first: int, count: int) -> Iterator[Document]:
    month = to_millisecond(real_now()) + timedelta(days=30)
    for number in range(first, first + count):
        key, client_id = f"oPending{number:017d}", f"c-pending{number}"
        thread = f"{MATTER}:m-pending{number}"
        due = month + timedelta(seconds=number * 7919 % (330 * 86400))
        fields: dict[str, Any] = {**template["d"], "occurrence_id": key, "thread": thread,
                                  "client_id": client_id, "due_at": due}  # fmt: skip
        lookups = {**template["x"], "thread": [thread], "client": [client_id]}
        yield {**template, "_id": key, "d": fields, "x": lookups, "due": due,
               "shard": shard_of(key)}  # fmt: skip


def noon_zone() -> str:
    """A zone in which it is about noon, so that nothing waits for the morning."""
    ahead = 12 - real_now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
