# reason: one contract of lists, tried over memory and on the real server
"""The lists over memory and over MongoDB say the same."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, cast

import pytest

from services.desk.domain.cards import Card
from services.desk.domain.due import DueWindow
from services.desk.domain.listed_task import Holding, ListedTask, settled
from services.desk.domain.lists import Page, Place, Sought, TaskFilter
from services.desk.domain.staff import ApiKey, StaffMember
from services.desk.domain.timeline import Entry
from services.desk.domain.workload import Load
from services.desk.ports.clients import CARDS
from services.desk.ports.staff import API_KEYS, STAFF, StaffBook
from services.desk.ports.tasks import LISTED, TaskList
from services.desk.ports.timeline import ENTRIES, Timeline
from services.desk.storage.mappings import MAPPINGS
from services.desk.storage.staff import MongoStaffBook
from services.desk.storage.tasks import MongoTaskList
from services.desk.storage.timeline import MongoTimeline
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.mongo import connect
from shared.state.document_types import DocumentType
from shared.state.keys import KeyRing
from shared.state.store import Store
from shared.state.unit_of_work import UnitOfWork
from tests.desk.facts import CLARA, DUE, EVERYBODY, LEO, NOON, PAT, listed
from tests.desk.memory import MemoryStaffBook, MemoryTaskList, MemoryTimeline
from tests.empty_database import emptied
from tests.fakes.memory import MemoryService

DAY = timedelta(days=1)
CAUSE = Cause("urn:test", "seed", "test", "seed", None, NOON)


class Keeps(Protocol):
    """Puts documents where the lists read them."""

    async def __call__(self, kind: DocumentType[Any], *values: Any) -> None: ...


@dataclass
class Lists:
    """The three lists of one implementation, and a way to fill them."""

    tasks: TaskList
    timeline: Timeline
    staff: StaffBook
    keep: Keeps


@dataclass
class _Clock:
    def now(self) -> datetime:
        return NOON


@dataclass
class _Runtime:
    """As much of a runtime as the lists use."""

    db: Any
    keys: KeyRing
    store: Store
    clock: _Clock


def over_memory() -> Lists:
    office = MemoryService("desk", now=NOON)

    async def keep(kind: DocumentType[Any], *values: Any) -> None:
        def step(unit: UnitOfWork) -> None:
            for value in values:
                unit.put(kind, value)

        office.act(step, lambda _: [kind.one(kind.key(value)) for value in values], CAUSE)

    return Lists(MemoryTaskList(office), MemoryTimeline(office), MemoryStaffBook(office), keep)


def runtime_over(database: Any) -> Runtime:
    """A process that has just begun."""
    keys = KeyRing(database, b"k" * 32)
    store = Store(database, keys, MAPPINGS)
    return cast("Runtime", _Runtime(database, keys, store, _Clock()))


async def over_mongo(database: Any) -> Lists:
    await emptied(database, MAPPINGS)
    runtime = runtime_over(database)
    store = runtime.store

    async def keep(kind: DocumentType[Any], *values: Any) -> None:
        unit = UnitOfWork("desk", NOON)
        await store.fill(unit, [lambda _: [kind.one(kind.key(value)) for value in values]])
        with unit.working_on(CAUSE):
            for value in values:
                unit.put(kind, value)
        await store.commit(unit, lambda _: {})

    return Lists(MongoTaskList(runtime), MongoTimeline(runtime), MongoStaffBook(runtime), keep)


@pytest.fixture(params=["memory", "mongo"])
async def lists(request: pytest.FixtureRequest) -> AsyncIterator[Lists]:
    """The lists, over memory and over MongoDB."""
    if request.param == "memory":
        yield over_memory()
        return
    database = connect(request.getfixturevalue("mongo_url"), "test_lists")
    yield await over_mongo(database)
    database.close()


def task(task_id: str, **changes: Any) -> ListedTask:
    return settled(replace(listed(), task_id=task_id, **changes))


async def ids(lists: Lists, wanted: TaskFilter = TaskFilter(), page: Page = Page()) -> list[str]:  # noqa: B008
    return [each.task_id for each in await lists.tasks.page(wanted, page)]


async def five(lists: Lists) -> None:
    held = Holding(staff_id="leo", by="leo", at=NOON)
    await lists.keep(
        LISTED,
        task("t-early", said_due_at=NOON - timedelta(days=1)),
        task("t-held", holding=held),
        task("t-asleep", snoozed_until=NOON + timedelta(hours=1)),
        task("t-woken", snoozed_until=NOON, kind="contact-gap", about={"matter_id": "m-9"}),
        task("t-done", ended_as="done"),
        ListedTask(task_id="t-unseen"),
    )


async def test_a_task_is_listed_as_it_was_kept(lists: Lists) -> None:
    await lists.keep(LISTED, task("t-1"))
    assert await lists.tasks.page(TaskFilter(), Page()) == [task("t-1")]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (TaskFilter(), ["t-early", "t-asleep", "t-done", "t-held", "t-woken"]),
        (TaskFilter(state="open"), ["t-early", "t-held", "t-woken"]),
        (TaskFilter(state="snoozed"), ["t-asleep"]),
        (TaskFilter(state="done"), ["t-done"]),
        (TaskFilter(state="cancelled"), []),
        (TaskFilter(state="open", owner_id="leo"), ["t-held"]),
        (TaskFilter(state="open", unowned=True), ["t-early", "t-woken"]),
        (TaskFilter(kind="contact-gap"), ["t-woken"]),
        (TaskFilter(due=DueWindow(None, NOON)), ["t-early"]),
        (TaskFilter(due=DueWindow(DUE, None), state="open"), ["t-held", "t-woken"]),
        (TaskFilter(client_id="c-1", state="open"), ["t-early", "t-held"]),
        (TaskFilter(matter_id="m-9"), ["t-woken"]),
        (TaskFilter(client_id="c-2"), []),
    ],
    ids=str,
)
async def test_a_filter_finds_what_fits(
    lists: Lists, wanted: TaskFilter, expected: list[str]
) -> None:
    await five(lists)
    assert await ids(lists, wanted) == expected


async def test_what_lies_with_each_is_counted_by_when_it_is_due(lists: Lists) -> None:
    await five(lists)
    windows = {"overdue": DueWindow(None, NOON), "week": DueWindow(NOON, DUE + DAY)}
    found = await lists.tasks.loads(TaskFilter(state="open"), windows)
    early = NOON - DAY
    assert sorted(found, key=lambda each: each.open) == [
        Load(staff_id="leo", open=1, week=1),
        Load(staff_id=None, open=2, week=1, overdue=1, oldest=early),
    ]
    assert await lists.tasks.loads(TaskFilter(state="open", may=CLARA), windows) == []


async def test_pages_of_one_due_instant_follow_each_other(lists: Lists) -> None:
    await lists.keep(LISTED, *(task(f"t-{number}") for number in range(5)))
    first = await ids(lists, page=Page(limit=2))
    second = await ids(lists, page=Page(limit=2, after=Place(DUE, first[-1])))
    assert first + second == ["t-0", "t-1", "t-2", "t-3"]


async def many_kinds(lists: Lists) -> None:
    await lists.keep(
        LISTED,
        task("t-barred", barred=("leo",)),
        task("t-check", kind="conflict-check"),
        task("t-narrow", roles=("partner",)),
        task("t-odd", kind="odd", role="lawyer", about={}, title="Something odd"),
        task("t-plain", priority="high"),
        task("t-waits", snoozed_until=NOON + timedelta(days=1), waiting=True, about={}),
        task("t-done", ended_as="done", ended_at=NOON, about={}),
        task("t-done-later", ended_as="cancelled", ended_at=DUE, about={}),
    )


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (TaskFilter(state="open", may=LEO), ["t-odd", "t-plain"]),
        (TaskFilter(state="open", may=CLARA), ["t-check"]),
        (
            TaskFilter(state="open", may=PAT, kind="call-client"),
            ["t-barred", "t-narrow", "t-plain"],
        ),
        (TaskFilter(priority="high"), ["t-plain"]),
        (TaskFilter(waiting=True), ["t-waits"]),
        (TaskFilter(state="snoozed", waiting=False), []),
        (TaskFilter(state="open", sought=Sought(words="x", titles=("Something odd",))), ["t-odd"]),
        (TaskFilter(sought=Sought(words=".*")), []),
        (TaskFilter(sought=Sought(words="t-waits")), ["t-waits"]),
        (TaskFilter(sought=Sought(words="x", kinds=("conflict-check",))), ["t-check"]),
        (
            TaskFilter(sought=Sought(words="x", client_ids=("c-1",)), state="open", may=LEO),
            ["t-plain"],
        ),
    ],
    ids=str,
)
async def test_a_narrower_filter_finds_what_fits(
    lists: Lists, wanted: TaskFilter, expected: list[str]
) -> None:
    await many_kinds(lists)
    assert await ids(lists, wanted) == expected


async def test_every_title_of_an_open_task_is_told_once(lists: Lists) -> None:
    await many_kinds(lists)
    await lists.keep(LISTED, task("t-past", title="What is over", ended_as="done", ended_at=NOON))
    assert sorted(await lists.tasks.titles()) == [
        "Call the client about appointment a-1",
        "Something odd",
    ]


async def test_what_has_ended_comes_latest_first(lists: Lists) -> None:
    await many_kinds(lists)
    newest = Page(newest_first=True)
    assert await ids(lists, TaskFilter(ended=True), newest) == ["t-done-later", "t-done"]


async def test_what_fits_is_counted_without_being_read(lists: Lists) -> None:
    await many_kinds(lists)
    assert await lists.tasks.count(TaskFilter(state="open", may=LEO)) == 2
    assert await lists.tasks.dues(TaskFilter(state="open", may=LEO)) == [DUE, DUE]


@pytest.mark.parametrize(
    ("words", "expected"),
    [(["mu"], ["c-1"]), (["muller"], ["c-1"]), (["anna", "mull"], ["c-1"]), (["anna", "x"], []),
     (["annamari"], ["c-2"]), ([], [])],
)  # fmt: skip
async def test_a_client_is_found_by_how_a_name_begins(
    lists: Lists, words: list[str], expected: list[str]
) -> None:
    await lists.keep(
        CARDS,
        Card(client_id="c-1", name="Anna Müller"),
        Card(client_id="c-2", name="Annamaria Wolf"),
        Card(client_id="c-3"),
    )
    assert await lists.tasks.clients_called(words) == expected


def entry(entry_id: str, client_id: str = "c-1", at: datetime = NOON) -> Entry:
    assert listed().why is not None
    return Entry(entry_id=entry_id, client_id=client_id, at=at, kind="x", text="X.",
                 why=cast("Any", listed().why))  # fmt: skip


async def told(lists: Lists, page: Page) -> list[str]:
    return [each.entry_id for each in await lists.timeline.page("c-1", page)]


async def some_entries(lists: Lists) -> None:
    await lists.keep(
        ENTRIES,
        entry("e-3", at=NOON + timedelta(seconds=1)),
        entry("e-2"),
        entry("e-1"),
        entry("e-4", client_id="c-2"),
    )


async def test_a_timeline_is_one_clients_by_time_and_id(lists: Lists) -> None:
    await some_entries(lists)
    assert await told(lists, Page()) == ["e-1", "e-2", "e-3"]


async def test_a_timeline_goes_on_after_a_place(lists: Lists) -> None:
    await some_entries(lists)
    assert await told(lists, Page(after=Place(NOON, "e-1"))) == ["e-2", "e-3"]


async def test_a_timeline_read_from_its_end_goes_on_before_a_place(lists: Lists) -> None:
    await some_entries(lists)
    assert await told(lists, Page(after=Place(NOON, "e-2"), newest_first=True)) == ["e-1"]


async def test_an_entry_is_listed_as_it_was_kept(lists: Lists) -> None:
    await lists.keep(ENTRIES, entry("e-1"))
    assert await lists.timeline.page("c-1", Page()) == [entry("e-1")]


async def test_the_staff_book_lists_everybody_by_id(lists: Lists) -> None:
    await lists.keep(STAFF, *reversed(EVERYBODY))
    assert await lists.staff.everybody() == list(EVERYBODY)


async def test_the_staff_book_lists_every_key(lists: Lists) -> None:
    await lists.keep(STAFF, StaffMember(staff_id="leo"))
    await lists.keep(API_KEYS, ApiKey(key_hash="ab", staff_id="leo"))
    assert await lists.staff.keys() == [ApiKey(key_hash="ab", staff_id="leo")]
