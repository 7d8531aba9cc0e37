"""When is the next business day, where the firm works?"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.domain.business_day import Calendar

BERLIN = Calendar(ZoneInfo("Europe/Berlin"), lambda day: day == date(2026, 4, 6))  # Easter Monday


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-02T09:30", "2026-03-03T09:30"),  # Monday
        ("2026-03-06T17:00", "2026-03-09T17:00"),  # Friday
        ("2026-03-07T11:00", "2026-03-09T11:00"),  # Saturday
        ("2026-04-02T10:00", "2026-04-03T10:00"),  # Thursday
        ("2026-04-03T10:00", "2026-04-07T10:00"),  # over the weekend and a holiday
        ("2026-03-27T16:00", "2026-03-30T16:00"),  # clocks go forward in between
    ],
)
def test_the_time_of_day_stays_and_the_day_is_a_working_day(now: str, due: str) -> None:
    assert BERLIN.next_business_day(berlin(now)) == berlin(due)


def test_the_day_is_the_firm_s_not_utc_s() -> None:
    late_friday_in_utc = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)  # Friday 00:30 in Berlin
    assert BERLIN.next_business_day(late_friday_in_utc) == berlin("2026-03-09T00:30")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
)
def test_it_is_always_a_later_working_day(now: datetime) -> None:
    due = BERLIN.next_business_day(now)
    assert BERLIN.works_on(due.astimezone(BERLIN.zone).date())
    assert timedelta(hours=22) < due - now < timedelta(days=6)
