"""Which night is it, and is there anything of it left to do?"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from services.intake.domain.screening import Screening, night_of, tonight

BERLIN = ZoneInfo("Europe/Berlin")
TWO = time(2)


@pytest.mark.parametrize(
    ("hour", "night"), [(1, "2026-03-01"), (2, "2026-03-02"), (23, "2026-03-02")]
)
def test_a_night_begins_at_its_hour(hour: int, night: str) -> None:
    assert night_of(datetime(2026, 3, 2, hour, 30, tzinfo=BERLIN), TWO) == night


def test_the_first_night_ever_is_the_next_one() -> None:
    assert tonight(None, "2026-03-02") is None


def test_a_night_that_is_done_is_done() -> None:
    assert tonight(Screening(night="2026-03-02", done=True), "2026-03-02") is None


def test_a_night_that_was_broken_off_goes_on_where_it_was() -> None:
    broken = Screening(night="2026-03-02", after="chk-7", screened=3)
    assert tonight(broken, "2026-03-02") == broken


def test_a_night_that_was_broken_off_is_ended_before_the_next_one_begins() -> None:
    broken = Screening(night="2026-03-02", after="chk-7", screened=3)
    assert tonight(broken, "2026-03-03") == broken


def test_the_next_night_begins_anew() -> None:
    last = Screening(night="2026-03-02", after="chk-7", screened=3, done=True)
    assert tonight(last, "2026-03-03") == Screening(night="2026-03-03")
