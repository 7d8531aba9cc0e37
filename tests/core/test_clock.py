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
