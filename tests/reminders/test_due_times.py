"""Is whatever staff are asked to do due when the firm is at work?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.reminders.domain.schedule import Offset
from services.reminders.workflow.tasks_for_staff import due_in
from tests.reminders.over_memory import new_config

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("offset", "asked", "due"),
    [
        ("+1bd", "2026-04-02T11:00", "2026-04-07T11:00"),  # Easter, from Good Friday to Monday
        ("+1bd", "2026-12-23T11:00", "2026-12-28T11:00"),  # the firm is closed on Christmas Eve
        ("+2bd", "2026-03-02T22:00", "2026-03-04T18:00"),  # asked at night: by closing time
        ("+1bd", "2026-03-01T11:00", "2026-03-02T18:00"),  # asked on a Sunday
        ("+1d", "2026-04-02T11:00", "2026-04-07T09:00"),  # nothing is due on a holiday
        ("+4h", "2026-03-02T16:00", "2026-03-03T09:00"),  # nor at night
    ],
)
def test_a_task_is_due_on_a_business_day_within_the_firms_hours(
    offset: str, asked: str, due: str
) -> None:
    config = new_config(firm_closed_days=["12-24"], firm_zone="Europe/Berlin")
    now = datetime.fromisoformat(asked).replace(tzinfo=BERLIN).astimezone(UTC)
    found = due_in(Offset.parse(offset), config, now).astimezone(BERLIN)
    assert f"{found:%Y-%m-%dT%H:%M}" == due
