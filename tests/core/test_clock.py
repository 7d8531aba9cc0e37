"""By which clock does a process go where that of its host is wrong?"""

from datetime import UTC, datetime, timedelta

import pytest

from shared import clock
from shared.clock import Clock, real_now, set_by

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host on which it is noon."""
    monkeypatch.setattr(clock, "host_now", lambda: NOON)
    monkeypatch.setattr(clock, "_this_host", clock._Host())


@pytest.mark.parametrize("apart", [90 * SECOND, -90 * SECOND])
def test_where_the_host_is_wrong_the_database_is_believed(apart: timedelta) -> None:
    set_by(NOON, NOON + apart, NOON)
    assert real_now() == NOON + apart
    assert Clock().now() == NOON + apart


def test_a_host_that_has_been_put_right_is_believed_again() -> None:
    set_by(NOON, NOON + 90 * SECOND, NOON)
    set_by(NOON, NOON, NOON)
    assert real_now() == NOON


def test_less_than_a_second_is_left_as_it_is() -> None:
    set_by(NOON, NOON + 0.9 * SECOND, NOON)
    assert real_now() == NOON


def test_an_answer_that_took_long_says_nothing() -> None:
    set_by(NOON - 2 * SECOND, NOON + 90 * SECOND, NOON)
    assert real_now() == NOON


@pytest.mark.parametrize("by", [90 * SECOND, -90 * SECOND])
def test_a_clock_that_is_set_anew_moves_nothing_until_the_database_was_asked(
    monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    assert real_now() == NOON
    monkeypatch.setattr(clock, "host_now", lambda: NOON + by)
    assert abs(real_now() - NOON) < SECOND
    set_by(NOON + by, NOON + by, NOON + by)  # the database says that it was put right
    assert real_now() == NOON + by


def test_a_clock_that_is_set_anew_and_back_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    set_by(NOON, NOON + 90 * SECOND, NOON)
    for host in (NOON - 90 * SECOND, NOON):
        monkeypatch.setattr(clock, "host_now", lambda host=host: host)
        assert abs(real_now() - (NOON + 90 * SECOND)) < SECOND


def test_time_that_passes_between_two_readings_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert real_now() == NOON
    stopwatch = clock._with_sleep() + 7200
    monkeypatch.setattr(clock, "host_now", lambda: NOON + 7200 * SECOND)
    monkeypatch.setattr(clock, "_with_sleep", lambda: stopwatch)
    assert real_now() == NOON + 7200 * SECOND
