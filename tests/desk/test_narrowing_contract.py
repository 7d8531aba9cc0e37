"""A list narrowed by kind, time, cause or who asked is the same over memory and MongoDB."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.desk.domain.due import DueWindow
from services.desk.domain.lists import EntryFilter, Page, Place, Sought, TaskFilter
from services.desk.domain.walls import Wall
from services.desk.ports.tasks import LISTED
from services.desk.ports.timeline import ENTRIES
from tests.desk import test_lists_contract as contract
from tests.desk.facts import LEO, NOON
from tests.desk.test_lists_contract import Lists, entry, ids, many_kinds

lists = contract.lists
HOUR = timedelta(hours=1)
FIRST = replace(entry("e-1"), kind="contact-sent", event_id="of-1")
SECOND = replace(entry("e-2", at=NOON + HOUR), kind="task-created", event_id="of-2")
THIRD = replace(entry("e-3", at=NOON + 2 * HOUR), kind="contact-sent", event_id="of-2")
FOREIGN = replace(entry("e-4", client_id="c-2"), kind="contact-sent", event_id="of-1")


async def told(lists: Lists, wanted: EntryFilter, page: Page = Page()) -> list[str]:  # noqa: B008
    await lists.keep(ENTRIES, FIRST, SECOND, THIRD, FOREIGN)
    return [each.entry_id for each in await lists.timeline.page("c-1", page, wanted)]


async def test_only_the_kinds_that_are_meant(lists: Lists) -> None:
    assert await told(lists, EntryFilter(kinds=("contact-sent",))) == ["e-1", "e-3"]


async def test_no_kind_at_all_is_an_empty_list(lists: Lists) -> None:
    assert await told(lists, EntryFilter(kinds=())) == []


async def test_from_an_instant_on_and_before_another(lists: Lists) -> None:
    within = DueWindow(NOON + HOUR, NOON + 2 * HOUR)
    assert await told(lists, EntryFilter(within=within)) == ["e-2"]


async def test_a_narrowed_timeline_goes_on_where_it_stopped(lists: Lists) -> None:
    page = Page(after=Place(NOON + 2 * HOUR, "e-3"), newest_first=True)
    assert await told(lists, EntryFilter(kinds=("contact-sent",)), page) == ["e-1"]


async def test_a_line_of_a_matter_behind_a_wall_is_not_there(lists: Lists) -> None:
    behind = replace(THIRD, matter_id="m-9")
    await lists.keep(ENTRIES, FIRST, behind)
    wanted = EntryFilter(screened=frozenset({"matter:m-9", "client:c-7"}))
    found = await lists.timeline.page("c-1", Page(), wanted)
    assert [each.entry_id for each in found] == ["e-1"]
    assert not await lists.timeline.told_by("c-1", ["of-2"], screened=wanted.screened)


async def test_what_an_event_told_is_found_by_its_id_on_this_timeline_alone(lists: Lists) -> None:
    await lists.keep(ENTRIES, THIRD, SECOND, FIRST, FOREIGN)
    found = await lists.timeline.told_by("c-1", ["of-1", "of-2", "of-3"], screened=())
    assert [each.entry_id for each in found] == ["e-1", "e-2", "e-3"]
    assert await lists.timeline.told_by("c-1", [], screened=()) == []


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        (Sought(words="x", inquiry_ids=("i-1",)), ["t-asked"]),
        (Sought(words="i-2"), ["t-other"]),
    ],
    ids=str,
)
async def test_what_is_about_an_inquiry_is_found_by_who_asked_and_by_its_id(
    lists: Lists, sought: Sought, expected: list[str]
) -> None:
    asked: dict[str, Any] = {"kind": "inquiry-ready", "roles": ("lawyer",)}
    await lists.keep(
        LISTED,
        contract.task("t-asked", about={"inquiry_id": "i-1"}, **asked),
        contract.task("t-other", about={"inquiry_id": "i-2"}, **asked),
        contract.task("t-barred", about={"inquiry_id": "i-1"}, barred=("leo",), **asked),
    )
    assert await contract.ids(lists, TaskFilter(sought=sought, may=LEO)) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("client:c-1", ["t-odd"]),
        ("matter:m-1", ["t-odd"]),
        ("inquiry:i-1", ["t-odd", "t-plain"]),
    ],
)
async def test_a_task_behind_a_wall_is_in_no_list(
    lists: Lists, subject: str, expected: list[str]
) -> None:
    await many_kinds(lists)
    person = LEO.behind((Wall("w-1", (subject,)),))
    assert await ids(lists, TaskFilter(state="open", may=person)) == expected
