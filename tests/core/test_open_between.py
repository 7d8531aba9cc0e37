"""How long was the firm open between two instants?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import BusinessDays, FirmCalendar

BERLIN = FirmCalendar(zone=ZoneInfo("Europe/Berlin"), days=BusinessDays("DE"))
FRIDAY = datetime(2026, 3, 6, 16, tzinfo=UTC)  # five at the firm, which closes at six


def test_a_weekend_does_not_count() -> None:
    assert BERLIN.open_between(FRIDAY, datetime(2026, 3, 9, 9, tzinfo=UTC)) == timedelta(hours=2)


def test_a_public_holiday_does_not_count() -> None:
    thursday = datetime(2026, 4, 2, 15, tzinfo=UTC)  # before Good Friday and Easter Monday
    assert BERLIN.open_between(thursday, datetime(2026, 4, 7, 8, tzinfo=UTC)) == timedelta(hours=2)


def test_what_is_reversed_is_nothing() -> None:
    assert BERLIN.open_between(FRIDAY, FRIDAY - timedelta(days=3)) == timedelta(0)


@given(st.integers(0, 60 * 24 * 40), st.integers(1, 200))
def test_it_is_the_other_way_round_of_adding_business_hours(minutes: int, hours: int) -> None:
    since = FRIDAY + timedelta(minutes=minutes)
    until = BERLIN.add_business_hours(since, hours)
    assert BERLIN.open_between(since, until) == timedelta(hours=hours)
