"""Is whatever staff are asked to do due when the firm is at work?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.reminders.domain.schedule import Offset
from services.reminders.workflow.tasks_for_staff import due_in
from shared.contracts.firm import ClientContactLogged
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client, new_config

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


def test_what_people_do_is_planned_by_the_firms_days_wherever_the_client_is() -> None:
    reminders = Reminders()
    reminders.tell(client(locale="en-US", timezone="America/New_York"), OPENED)
    contact = ClientContactLogged(client_id="c-1", direction="in", channel="phone", at=MONDAY)
    reminders.until(datetime(2026, 4, 1, 9, tzinfo=UTC))
    reminders.tell(contact.model_copy(update={"at": reminders.now}))
    for each in list(reminders.announced):
        if each.type == "task-created":
            reminders.hear_event(each)
    timer = next(each for each in reminders.timers() if each.rule_id == "task-escalated-to-lead")
    assert timer.due_at.date().isoformat() == "2026-04-07"  # not on Good Friday, no day there
