"""Do the figures say how many deadlines run that not both watches have acknowledged?"""

from datetime import datetime, timedelta
from typing import Any

from prometheus_client import CollectorRegistry

from services.reminders.ops.deadline_figures import DeadlineFigures
from services.reminders.ports import DEADLINES
from services.reminders.storage import MongoTally
from shared.clock import real_now
from shared.contracts.deadlines import DeadlineDone
from tests.reminders.conftest import Installation, until
from tests.reminders.over_memory import MONDAY, Reminders
from tests.reminders.test_diary import (
    IDS,
    SECOND,
    acknowledged,
    entered,
    moved,
    ready,
    tasks,
    verified,
)


def unseen(reminders: Reminders) -> tuple[str, ...]:
    (found,) = reminders.all(DEADLINES)
    return found.unseen_by


def test_until_both_have_acknowledged_it_the_diary_counts_who_has_not() -> None:
    assert unseen(ready(entered())) == ("lawyer", "second")
    half = verified()
    (task,) = [t for t in tasks(half, "deadline-acknowledgement") if t.ref.startswith("second")]
    half.decide(task.task_id, "acknowledged", actor=SECOND)
    assert unseen(half) == ("lawyer",)
    assert unseen(acknowledged()) == ()


def test_a_day_that_changed_is_counted_anew_and_one_that_runs_no_more_is_not() -> None:
    reminders = acknowledged()
    reminders.tell(moved())
    assert unseen(reminders) == ("lawyer", "second")
    reminders.tell(DeadlineDone(**IDS, by="s-9", at=MONDAY))
    assert unseen(reminders) == ()


def test_what_was_in_a_diary_before_this_one_is_asked_of_nobody_and_not_counted() -> None:
    reminders = ready()
    reminders.hear(entered(), history=True)
    assert unseen(reminders) == ()


def shown(registry: CollectorRegistry, name: str) -> dict[str, float | None]:
    return {
        watch: registry.get_sample_value(name, {"watch": watch}) for watch in ("lawyer", "second")
    }


class Scripted:
    """The diary as a database would tell of it."""

    def __init__(self, **due: datetime) -> None:
        self._due = due

    async def unseen_deadlines(self, watch: str, until: datetime | None = None) -> int:
        at = self._due.get(watch)
        return int(at is not None and (until is None or at < until))


async def test_what_runs_out_within_three_days_of_the_firms_time_is_shown_apart() -> None:
    registry = CollectorRegistry()
    figures = DeadlineFigures(registry)
    tally: Any = Scripted(lawyer=MONDAY + timedelta(days=2), second=MONDAY + timedelta(days=20))
    await figures.look(tally, MONDAY)
    assert shown(registry, "deadlines_unacknowledged") == {"lawyer": 1, "second": 1}
    assert shown(registry, "deadlines_unacknowledged_soon") == {"lawyer": 1, "second": 0}
    gone: Any = Scripted()
    await figures.look(gone, MONDAY)
    assert shown(registry, "deadlines_unacknowledged") == {"lawyer": 0, "second": 0}


async def test_the_running_service_counts_them_and_no_more_once_they_are_done(
    installation: Installation,
) -> None:
    await installation.start()
    day = (real_now() + timedelta(days=40)).date()
    await installation.publish(entered(date=day))
    tally = MongoTally(installation.db)

    async def counted() -> bool:
        return await tally.unseen_deadlines("second") == 1

    await until(counted)
    assert await tally.unseen_deadlines("second", real_now()) == 0
    await installation.publish(DeadlineDone(**IDS, by="s-9", at=real_now()))

    async def gone() -> bool:
        return await tally.unseen_deadlines("second") == 0

    await until(gone)
