"""The pipeline over memory and over MongoDB says the same."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from services.desk.domain.inquiries import ListedInquiry
from services.desk.ports.inquiries import INQUIRIES, InquiryBook
from services.desk.ports.tasks import LISTED
from services.desk.storage.inquiries import MongoInquiryBook
from shared.contracts.intake import Phase
from shared.mongo import connect
from tests.desk.facts import NOON
from tests.desk.memory import MemoryInquiryBook
from tests.desk.test_lists_contract import (
    Keeps,
    over_memory,
    over_mongo,
    runtime_over,
    task,
)

PHASES: tuple[Phase, ...] = ("may-tell", "checking", "met", "engaged", "lost")


@pytest.fixture(params=["memory", "mongo"])
async def book(request: pytest.FixtureRequest) -> AsyncIterator[InquiryBook]:
    """Five inquiries, one a day, each elsewhere; a task about the first."""
    if request.param == "memory":
        lists = over_memory()
        await _fill(lists.keep)
        yield MemoryInquiryBook(lists.tasks._office)  # type: ignore[attr-defined]
        return
    database = connect(request.getfixturevalue("mongo_url"), "test_lists")
    lists = await over_mongo(database)
    await _fill(lists.keep)
    yield MongoInquiryBook(lists.tasks._runtime)  # type: ignore[attr-defined]
    database.close()


async def _fill(keep: Keeps) -> None:
    for n, phase in enumerate(PHASES):
        at = NOON - timedelta(days=30 * n)
        row = ListedInquiry(
            inquiry_id=f"i-{n}", name=f"Anna{n} Müller", channel="telephone", phase=phase,
            client_id=f"c-{n}", matter_id=f"m-{n}", received_at=at,
            moved_at=at, order=f"9999-12-31 {at.isoformat()} i-{n}",
        )  # fmt: skip
        await keep(INQUIRIES, row)
    await keep(LISTED, task("t-1", about={"inquiry_id": "i-0"}))
    await keep(LISTED, task("t-2", about={"client_id": "c-1"}))


async def test_the_open_ones_come_in_order_and_a_page_at_a_time(book: InquiryBook) -> None:
    first = await book.page("", 2, screened=())
    rest = await book.page("", 2, first[-1].order, screened=())
    assert [each.inquiry_id for each in (*first, *rest)] == ["i-2", "i-1", "i-0"]
    assert first[0].name == "Anna2 Müller"


async def test_a_process_that_has_just_begun_says_the_names_too(mongo_url: str) -> None:
    database = connect(mongo_url, "test_lists")
    await _fill((await over_mongo(database)).keep)
    first = await MongoInquiryBook(runtime_over(database)).page("", 2, screened=())
    database.close()
    assert [each.name for each in first] == ["Anna2 Müller", "Anna1 Müller"]


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("inquiry:i-1", ["i-2", "i-0"]),
        ("client:c-0", ["i-2", "i-1"]),
        ("matter:m-2", ["i-1", "i-0"]),
    ],
)
async def test_what_is_behind_a_wall_is_neither_listed_nor_counted(
    book: InquiryBook, subject: str, left: list[str]
) -> None:
    found = await book.page("", 5, screened={subject})
    assert [each.inquiry_id for each in found] == left
    counts = await book.counts(NOON, screened={subject})
    assert sum(each.count for each in counts) == len(left)


async def test_of_one_phase_only_its_own_are_read(book: InquiryBook) -> None:
    assert [each.inquiry_id for each in await book.page("lost", 5, screened=())] == ["i-4"]
    assert [each.inquiry_id for each in await book.page("checking", 5, screened=())] == ["i-1"]


async def test_open_ones_are_counted_and_of_the_others_the_recent(book: InquiryBook) -> None:
    counts = await book.counts(NOON - timedelta(days=95), screened=())
    assert {each.phase: (each.count, each.recent) for each in counts} == {
        "may-tell": (1, 1), "checking": (1, 1), "met": (1, 1), "engaged": (1, 1),
    }  # fmt: skip


async def test_the_tasks_about_inquiries_are_found(book: InquiryBook) -> None:
    assert [each.task_id for each in await book.tasks(["i-0", "i-1"])] == ["t-1"]
    assert await book.tasks([]) == []


async def test_an_inquiry_is_found_by_how_a_name_begins(book: InquiryBook) -> None:
    assert await book.called(["anna1", "mull"]) == ["i-1"]
    assert await book.called([]) == []
