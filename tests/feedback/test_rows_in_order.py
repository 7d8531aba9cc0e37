"""Are the things behind a figure read in their order from an index, however many there are?"""

from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from services.feedback.ports import FACTS
from services.feedback.storage import MAPPINGS
from shared.calendar import FirmCalendar
from tests.bench.counted import NEW_LAWYER, document_of, facts
from tests.feedback.test_reports import asked
from tests.feedback.test_reports import feedback as feedback  # a fixture
from tests.running_service import RunningService

LATE = 10
MANY, A_PAGE = 3_000, 51  # a page, and one more to know whether another follows


async def plant(feedback: RunningService) -> None:
    """Two years of a firm, as the bench has them."""
    mapping = next(each for each in MAPPINGS if each.collection == FACTS.collection)
    calendar = FirmCalendar(ZoneInfo("Europe/Berlin"))
    rows = [document_of(mapping, each) for each in facts(MANY, calendar)]
    collection = feedback.db.collection(FACTS.collection)
    waiting = iter(rows)
    while some := list(islice(waiting, 1_000)):
        await collection.insert_many(some)


async def profiled(feedback: RunningService) -> list[dict[str, Any]]:
    """How the server went about each look at facts."""
    found = feedback.db.collection("system.profile").find({"ns": {"$regex": "facts$"}})
    return [row for row in await found.to_list(None) if row["op"] == "query"]


async def looks_at(
    feedback: RunningService, *questions: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The answers to these questions, and how the server went about each look at facts."""
    database = feedback.db.collection("settings").database
    await database.command("profile", 2)
    try:
        told = [await asked(feedback, "rows", **each) for each in questions]
    finally:
        await database.command("profile", 0)
    return told, await profiled(feedback)


async def test_a_page_of_them_reads_no_more_than_a_page_and_sorts_nothing(
    feedback: RunningService,
) -> None:
    await plant(feedback)
    of_two_years = {"report": "automation", "months": 24}
    (rows,), _ = await looks_at(feedback, of_two_years | {"labels": ["all|sent"]})
    (more,), looks = await looks_at(feedback, of_two_years | {"after": rows["next"]})
    times = [each["at"] for each in (*rows["rows"], *more["rows"])]
    assert len(rows["rows"]) == A_PAGE - 1
    assert times[: A_PAGE - 1] == sorted(times[: A_PAGE - 1], reverse=True)
    assert max(each["at"] for each in more["rows"]) <= min(each["at"] for each in rows["rows"])
    assert len(looks) == 2
    assert [look for look in looks if look.get("hasSortStage")] == []
    assert max(look["docsExamined"] for look in looks) <= A_PAGE + 5


async def test_a_late_page_reads_no_more_than_the_first(feedback: RunningService) -> None:
    await plant(feedback)
    after = None
    for _ in range(LATE):
        (told,), looks = await looks_at(
            feedback,
            {"report": "automation", "months": 24, "labels": ["all|sent"], "after": after},
        )
        after = told["next"]
    assert len(looks) == LATE
    assert max(look["keysExamined"] for look in looks) <= 2 * A_PAGE


async def test_of_a_lawyer_with_few_no_more_is_read_than_is_theirs(
    feedback: RunningService,
) -> None:
    await plant(feedback)
    theirs = {"d.measure": "automation", "d.counted.scopes": f"owner:{NEW_LAWYER}"}
    await feedback.db.collection(FACTS.collection).update_many(
        {"d.measure": "automation", "d.thing": {"$regex": "00$"}},
        {"$set": {"d.counted.scopes": ["firm", f"owner:{NEW_LAWYER}"]}},
    )
    few = await feedback.db.collection(FACTS.collection).count_documents(theirs)
    _, looks = await looks_at(
        feedback,
        {"report": "automation", "months": 24, "labels": ["all|sent"],
         "scope": f"owner:{NEW_LAWYER}"},
    )  # fmt: skip
    assert 0 < few < A_PAGE
    assert looks[0]["docsExamined"] <= few


async def test_the_months_asked_for_are_those_of_the_firms_calendar(
    feedback: RunningService,
) -> None:
    await plant(feedback)
    rows = await asked(feedback, "rows", report="automation", months=1, labels=[])
    months = {each["at"][:7] for each in rows["rows"]}
    assert len(months) <= 2  # an hour before or after midnight in UTC is another month there
