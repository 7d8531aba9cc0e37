"""Is an appointment of a whole day told as a day, and moved to an hour and back?"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.reminders.domain.occurrence import State
from shared.contracts.firm import (
    AppointmentRescheduled,
    AppointmentScheduled,
    DocumentRequested,
    InvoiceIssued,
)
from tests.reminders.over_memory import MONDAY, Reminders, cancelled, client, moved, scheduled

THE_DAY = date(2026, 3, 19)
AT_TEN = datetime(2026, 3, 19, 9, 0, tzinfo=UTC)  # 10:00 in Berlin
ABOUT: dict[str, Any] = {
    "appointment_id": "a-1", "client_id": "c-1", "timezone": "Europe/Berlin", "kind": "hearing",
}  # fmt: skip


def all_day(day: date = THE_DAY, **changes: Any) -> AppointmentScheduled:
    return AppointmentScheduled.model_validate({**ABOUT, "starts_on": day.isoformat(), **changes})


def ready(**changes: Any) -> Reminders:
    reminders = Reminders()
    reminders.tell(client(**{"locale": "en-US", **changes}))
    return reminders


def words(reminders: Reminders) -> str:
    return "\n".join(f"{each.subject_line}\n{each.text}" for each in reminders.messages)


def test_a_day_is_enough_and_begins_at_midnight_where_it_takes_place() -> None:
    assert all_day().starts_at == datetime(2026, 3, 18, 23, 0, tzinfo=UTC)
    invoice = {"invoice_id": "i-1", "client_id": "c-1", "due_on": "2026-03-19"}
    document = {"request_id": "r-1", "client_id": "c-1", "matter_id": "m-1", "due_on": "2026-03-19"}
    midnight = datetime(2026, 3, 19, tzinfo=UTC)
    assert InvoiceIssued.model_validate(invoice).due_at == midnight
    assert DocumentRequested.model_validate(document).due_at == midnight


@pytest.mark.parametrize("given", [{"starts_on": "yesterday"}, {}, {"timezone": "Mars/Base"}])
def test_without_a_day_or_an_instant_it_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"starts_at|starts_on|timezone"):
        AppointmentScheduled.model_validate({**ABOUT, **given})


@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Tokyo"])
def test_it_is_told_as_that_day_to_everybody_and_never_with_an_hour(locale: str, zone: str) -> None:
    reminders = ready(locale=locale, timezone=zone)
    reminders.tell(all_day())
    reminders.after(days=20)
    said = words(reminders)
    assert "AM" not in said
    assert " Uhr" not in said
    assert "None" not in said
    assert ("Thursday, March 19, 2026" if locale == "en-US" else "Donnerstag, 19. März") in said
    assert "18" not in said.replace("2018", "")


def test_midnight_at_its_place_is_how_calendars_write_a_whole_day() -> None:
    reminders = ready()
    midnight = datetime.combine(THE_DAY, time(), ZoneInfo("Europe/Berlin"))
    reminders.tell(scheduled(midnight))
    reminders.after(days=20)
    assert "12:00 AM" not in words(reminders)
    assert "Thursday, March 19, 2026" in words(reminders)


def test_hearings_of_a_day_are_reminded_of_seven_three_and_one_days_before() -> None:
    reminders = ready()
    reminders.tell(all_day())
    reminders.after(days=20)
    days = [each.due_at.date() for each in reminders.messages[1:]]
    assert days == [THE_DAY - timedelta(days=ahead) for ahead in (7, 3, 1)]


def test_nobody_is_reminded_two_hours_before_a_day() -> None:
    reminders = ready()
    reminders.tell(all_day(kind="consultation"))
    assert "appointment-two-hours-before" not in reminders.planned()


def test_from_an_hour_to_a_day_and_back_each_is_told() -> None:
    reminders = ready()
    at_ten, on_the_day = moved(AT_TEN), AppointmentRescheduled.model_validate(
        {**ABOUT, "kind": "consultation", "starts_on": THE_DAY.isoformat()}
    )  # fmt: skip
    for word in (scheduled(AT_TEN), on_the_day, at_ten):
        reminders.tell(word)
        reminders.after(minutes=10)
    subjects = [each.subject_line for each in reminders.messages]
    assert subjects == [
        "Your appointment on Thursday, March 19, 2026 at 10:00 AM",
        "Your appointment has changed: now Thursday, March 19, 2026",
        "Your appointment has changed: now Thursday, March 19, 2026 at 10:00 AM",
    ]
    assert "This replaces what we told you before: Thursday, March 19, 2026." in words(reminders)
    planned = reminders.timers(State.PLANNED)
    assert {each.anchor_at for each in planned} == {AT_TEN}


def test_a_whole_day_that_is_called_off_is_told_as_a_day() -> None:
    reminders = ready()
    reminders.tell(all_day())
    reminders.after(minutes=10)
    reminders.tell(cancelled())
    (message,) = reminders.after(minutes=10)
    assert message.subject_line == "Canceled: your court hearing on Thursday, March 19, 2026"


def test_a_day_can_be_told_until_it_is_over() -> None:
    reminders = ready()
    reminders.tell(all_day(day=MONDAY.date()))
    assert len(reminders.after(minutes=10)) == 1
