"""Is what is due today, this week or overdue judged by the firm's own day?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.desk.domain.due import DueWindow, window

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)  # a Friday
ANY = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_overdue_ends_now() -> None:
    assert window("overdue", NOW, BERLIN) == DueWindow(None, NOW)


def test_today_ends_at_the_firms_midnight() -> None:
    assert window("today", NOW, BERLIN).before == datetime(2026, 3, 6, 23, 0, tzinfo=UTC)


def test_today_holds_what_was_due_this_morning() -> None:
    assert datetime(2026, 3, 6, 8, 0, tzinfo=UTC) in window("today", NOW, BERLIN)


def test_fridays_week_holds_monday() -> None:
    assert datetime(2026, 3, 9, 9, 0, tzinfo=UTC) in window("week", NOW, BERLIN)


def test_a_day_on_which_the_clocks_change_is_a_whole_day() -> None:
    today = window("today", datetime(2026, 3, 29, 12, 0, tzinfo=UTC), BERLIN)
    assert today == DueWindow(
        datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)
    )


@given(ANY, ANY)
def test_what_is_due_today_is_due_this_week(now: datetime, due_at: datetime) -> None:
    if due_at in window("today", now, BERLIN):
        assert due_at in window("week", now, BERLIN)


@given(ANY, ANY)
def test_a_narrowed_window_holds_nothing_after_its_end(now: datetime, end: datetime) -> None:
    assert end not in window("week", now, BERLIN).narrowed(end)
