"""Are the things behind a figure read in their order from an index, however many there are?"""

from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from services.feedback.ports import FACTS
from services.feedback.storage import MAPPINGS
from shared.calendar import FirmCalendar
from shared.state.keys import NewKeys
from tests.bench.reports import facts
from tests.feedback.test_reports import asked
from tests.feedback.test_reports import feedback as feedback  # a fixture
from tests.running_service import RunningService

MANY, A_PAGE = 3_000, 51  # a page, and one more to know whether another follows


async def plant(feedback: RunningService) -> None:
    """Two years of a firm, as the bench has them."""
    mapping = next(each for each in MAPPINGS if each.collection == FACTS.collection)
    calendar = FirmCalendar(ZoneInfo("Europe/Berlin"))
    sums: Any = {}
    made = facts(MANY, calendar, _Sums(sums))
    rows = [mapping.to_document(each, 1, None, NewKeys()) for each in made]  # type: ignore[arg-type]  # nothing sealed
    collection = feedback.db.collection(FACTS.collection)
    waiting = iter(rows)
    while some := list(islice(waiting, 1_000)):
        await collection.insert_many(some)


class _Sums(dict[Any, Any]):
    """Tallies nobody looks at here."""

    def __missing__(self, _: Any) -> set[str]:
        return set()


async def profiled(feedback: RunningService) -> list[dict[str, Any]]:
    """How the server went about each look at facts."""
    found = feedback.db.collection("system.profile").find({"ns": {"$regex": "facts$"}})
    return [row for row in await found.to_list(None) if row["op"] == "query"]


async def test_a_page_of_them_reads_no_more_than_a_page_and_sorts_nothing(
    feedback: RunningService,
) -> None:
    await plant(feedback)
    database = feedback.db.collection("settings").database
    await database.command("profile", 2)
    try:
        rows = await asked(feedback, "rows", report="automation", months=24, labels=["all|sent"])
        more = await asked(feedback, "rows", report="automation", months=24, after=rows["next"])
    finally:
        await database.command("profile", 0)
    times = [each["at"] for each in (*rows["rows"], *more["rows"])]
    assert len(rows["rows"]) == A_PAGE - 1
    assert times[: A_PAGE - 1] == sorted(times[: A_PAGE - 1], reverse=True)
    assert max(each["at"] for each in more["rows"]) <= min(each["at"] for each in rows["rows"])
    looks = await profiled(feedback)
    assert len(looks) == 2
    assert [look for look in looks if look.get("hasSortStage")] == []
    assert max(look["docsExamined"] for look in looks) <= A_PAGE + 5


async def test_the_months_asked_for_are_those_of_the_firms_calendar(
    feedback: RunningService,
) -> None:
    await plant(feedback)
    rows = await asked(feedback, "rows", report="automation", months=1, labels=[])
    months = {each["at"][:7] for each in rows["rows"]}
    assert len(months) <= 2  # an hour before or after midnight in UTC is another month there
