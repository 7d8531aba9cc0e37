"""Is what is open at the desk counted, by kind, and shown as figures that are always there?"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from services.desk.domain.incidents import Incident
from services.desk.domain.inquiries import ListedInquiry
from services.desk.domain.sources import heard
from services.desk.ops.work_figures import WorkFigures, count
from services.desk.ports.figures import TaskCount
from services.desk.ports.incidents import INCIDENTS
from services.desk.ports.inquiries import INQUIRIES
from services.desk.ports.systems import SOURCES
from services.desk.ports.tasks import LISTED
from services.desk.storage.figures import MongoWorkTally
from services.desk.storage.systems import MongoSourceBook
from shared.mongo import connect
from tests.desk.facts import NOON, listed
from tests.desk.test_lists_contract import Lists, over_mongo

BREACH = Incident(
    incident_id="n-1", kind="data-breach", label="Data breach", scope="firm",
    spokesperson_id="pat", by="pat", declared_at=NOON, detected_at=NOON,
)  # fmt: skip


@pytest.fixture
async def lists(mongo_url: str) -> AsyncIterator[Lists]:
    """The desk's documents on MongoDB."""
    database = connect(mongo_url, "test_lists")
    yield await over_mongo(database)
    database.close()


async def counted(lists: Lists) -> CollectorRegistry:
    registry, runtime = CollectorRegistry(), lists.tasks._runtime  # type: ignore[attr-defined]
    await count(WorkFigures(registry), MongoWorkTally(runtime), MongoSourceBook(runtime), NOON)
    return registry


async def test_open_tasks_are_counted_and_of_them_the_late_and_of_these_the_untaken(
    lists: Lists,
) -> None:
    late = NOON - timedelta(hours=1)
    task = replace(listed(), kind="call-client", state="open", owner_id=None)
    for n, (due_at, owner) in enumerate(((late, None), (late, "leo"), (NOON, None))):
        await lists.keep(LISTED, replace(task, task_id=f"t-{n}", due_at=due_at, owner_id=owner))
    await lists.keep(LISTED, replace(task, task_id="t-9", due_at=late, state="done"))
    found = await counted(lists)
    said = {"task_kind": "call-client"}
    assert found.get_sample_value("tasks_open", said) == 3
    assert found.get_sample_value("tasks_overdue", said) == 2
    assert found.get_sample_value("tasks_overdue_unowned", said) == 1
    assert found.get_sample_value("tasks_open", {"task_kind": "conflict-check"}) == 0


async def test_inquiries_are_counted_by_where_they_stand_and_not_once_they_ended(
    lists: Lists,
) -> None:
    for n, phase in enumerate(("new", "new", "met", "lost")):
        row = ListedInquiry(inquiry_id=f"i-{n}", phase=phase, received_at=NOON)  # type: ignore[arg-type]
        await lists.keep(INQUIRIES, row)
    found = await counted(lists)
    assert found.get_sample_value("inquiries_open", {"phase": "new"}) == 2
    assert found.get_sample_value("inquiries_open", {"phase": "met"}) == 1
    assert found.get_sample_value("inquiries_open", {"phase": "lost"}) is None


async def test_incidents_that_last_are_counted_by_kind_without_rehearsals(lists: Lists) -> None:
    await lists.keep(
        INCIDENTS,
        BREACH,
        replace(BREACH, incident_id="n-2", rehearsal=True),
        replace(BREACH, incident_id="n-3", state="resolved"),
    )
    found = await counted(lists)
    assert found.get_sample_value("incidents_open", {"kind": "data-breach"}) == 1
    assert found.get_sample_value("incidents_open", {"kind": "office-closed"}) == 0


async def test_a_system_silent_for_three_days_counts_and_our_own_services_do_not(
    lists: Lists,
) -> None:
    long_ago = NOON - timedelta(days=4)
    await lists.keep(
        SOURCES,
        heard("urn:firm:calendar", long_ago),
        heard("urn:firm:billing", NOON - timedelta(hours=30)),
        heard("urn:clientele:feedback", long_ago),
    )
    assert (await counted(lists)).get_sample_value("systems_silent") == 1


def test_a_kind_no_release_of_ours_knows_is_counted_as_another() -> None:
    registry = CollectorRegistry()
    WorkFigures(registry).show_tasks([TaskCount(kind="of-tomorrow", open=2, overdue=1, unowned=0)])
    assert registry.get_sample_value("tasks_open", {"task_kind": "other"}) == 2
