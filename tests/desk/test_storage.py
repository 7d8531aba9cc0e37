"""Does a page of a list cost the same, however long the list is?"""

from datetime import timedelta
from typing import Any

import pytest

from services.desk.domain.due import DueWindow
from services.desk.domain.listed_task import Holding
from services.desk.domain.lists import TaskFilter
from services.desk.ports.tasks import LISTED
from services.desk.storage.mappings import MAPPINGS
from services.desk.storage.tasks import task_query
from shared.mongo import connect
from shared.state.indexes import ensure
from shared.state.keys import KeyRing, NewKeys
from shared.state.mappings import DocumentMapping
from tests.desk.facts import NOON
from tests.desk.test_lists_contract import task

ROWS, LIMIT = 4000, 25
BY_DUE = [("d.due_at", 1), ("_id", 1)]
FILTERS = [
    TaskFilter(),
    TaskFilter(state="open"),
    TaskFilter(state="open", unowned=True),
    TaskFilter(state="open", owner_id="s-1"),
    TaskFilter(state="done", kind="contact-gap"),
    TaskFilter(state="open", due=DueWindow(None, NOON)),
    TaskFilter(client_id="c-7"),
    TaskFilter(matter_id="m-7"),
    TaskFilter(kind="no-such-kind"),
    TaskFilter(owner_id="nobody"),
]


def row(number: int) -> Any:
    """One of many tasks: most done, some held, of two kinds and twenty clients."""
    holding = Holding(staff_id=f"s-{number % 3}", by="x", at=NOON) if number % 2 else None
    return task(
        f"t-{number:05}",
        due_at=NOON + timedelta(minutes=number - ROWS // 2),
        ended_as="done" if number % 10 else None,
        holding=holding,
        kind="contact-gap" if number % 4 else "call-client",
        about={"client_id": f"c-{number % 400}", "matter_id": f"m-{number % 400}"},
    )


async def test_a_page_reads_little_more_than_it_shows(mongo_url: str, database_name: str) -> None:
    database = connect(mongo_url, database_name)
    await ensure(database, MAPPINGS)
    mapping: DocumentMapping[Any] = next(each for each in MAPPINGS if each.kind is LISTED)
    keys = KeyRing(database, b"k" * 32)
    rows = [mapping.to_document(row(number), 1, keys, NewKeys()) for number in range(ROWS)]
    await database.collection("listed_tasks").insert_many(rows)
    read = {}
    for wanted in FILTERS:
        found = database.collection("listed_tasks").find(task_query(wanted, NOON))
        explained = await found.sort(BY_DUE).limit(LIMIT).explain()
        read[str(wanted)] = explained["executionStats"]["totalDocsExamined"]
    database.close()
    assert {filter_: count for filter_, count in read.items() if count > 4 * LIMIT} == {}


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_a_filter_names_only_fields_of_the_row(wanted: TaskFilter) -> None:
    known = {"state", "snoozed_until", "held_back", "owner_id", "kind", "about", "due_at"}
    assert {name.split(".")[1] for name in task_query(wanted, NOON)} <= known
