"""Is everything intake asks of people due when people of the firm are at work?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.fakes.memory import MemoryService
from tests.intake.office import inquiry, intake, onboarded, opened, party

BEFORE_GOOD_FRIDAY = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


def with_a_conflict(at: datetime) -> MemoryService:
    """Somebody asks for help who is the other side in a client's matter."""
    office = intake()
    office.now = at
    for told in (onboarded(), opened(), party("Bernd Maier"), inquiry("Bernd Maier")):
        office.hear(told)
    return office


def test_no_conflict_check_is_due_on_good_friday() -> None:
    (task,) = with_a_conflict(BEFORE_GOOD_FRIDAY).tasks("conflict-check")
    due = task.due_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{due:%A %d %B %H:%M}" == "Tuesday 07 April 11:00"


def test_on_an_ordinary_day_it_is_due_at_the_same_time_of_the_next() -> None:
    monday = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    (task,) = with_a_conflict(monday).tasks("conflict-check")
    assert task.due_at == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
