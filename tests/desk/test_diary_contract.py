"""The diary of deadlines over memory and over MongoDB says the same."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from services.desk.domain.diary import DiaryLine, ListedDeadline
from services.desk.ports.diary import DEADLINES, DIARY_LINES, DiaryBook
from services.desk.storage.diary import MongoDiaryBook
from shared.mongo import connect
from tests.desk.facts import NOON
from tests.desk.owed_over_memory import MemoryDiaryBook
from tests.desk.test_lists_contract import Keeps, over_memory, over_mongo


@pytest.fixture(params=["memory", "mongo"])
async def book(request: pytest.FixtureRequest) -> AsyncIterator[DiaryBook]:
    """Four deadlines, of which one is done and one has no day; three lines on two days."""
    if request.param == "memory":
        lists = over_memory()
        await _fill(lists.keep)
        yield MemoryDiaryBook(lists.tasks._office)  # type: ignore[attr-defined]
        return
    database = connect(request.getfixturevalue("mongo_url"), "test_lists")
    lists = await over_mongo(database)
    await _fill(lists.keep)
    yield MongoDiaryBook(lists.tasks._runtime)  # type: ignore[attr-defined]
    database.close()


async def _fill(keep: Keeps) -> None:
    for n, day in enumerate(("2026-03-09", "2026-03-06", "", "2026-03-07")):
        row = ListedDeadline(deadline_id=f"d-{n}", matter_id="m-1", day=day)
        await keep(DEADLINES, replace(row, state="done") if n == 3 else row)
    for n, hours in enumerate((2, 0, 30)):
        at = NOON + timedelta(hours=hours)
        day = at.date().isoformat()
        line = DiaryLine(line_id=f"l-{n}", logged_on=day, at=at, what="deadline-set",
                         deadline_id="d-0", matter_id="m-1")  # fmt: skip
        await keep(DIARY_LINES, line)


async def test_what_runs_out_comes_the_earliest_first(book: DiaryBook) -> None:
    assert [each.deadline_id for each in await book.running("2026-03-31", 9, screened=())] == [
        "d-1",
        "d-0",
    ]
    assert [each.deadline_id for each in await book.running("2026-03-08", 9, screened=())] == [
        "d-1"
    ]


async def test_the_log_is_that_of_the_day_in_its_order(book: DiaryBook) -> None:
    assert [each.line_id for each in await book.log("2026-03-02", 9, screened=())] == ["l-1", "l-0"]
    assert [each.line_id for each in await book.log("2026-03-03", 1, screened=())] == ["l-2"]


async def test_whom_a_wall_keeps_from_a_matter_sees_none_of_it(book: DiaryBook) -> None:
    assert await book.running("2026-03-31", 9, screened=["matter:m-1"]) == []
    assert await book.log("2026-03-02", 9, screened=["matter:m-1"]) == []
    assert len(await book.log("2026-03-02", 9, screened=["client:c-9"])) == 2
