"""Who has a task open, and for how long is that told?"""

from datetime import timedelta

from services.desk.domain.presence import others, there
from tests.desk.facts import NOON

MINUTE = timedelta(minutes=1)


def test_a_page_that_stays_open_was_opened_when_it_was_opened() -> None:
    opened = there(None, "t-1", "leo", NOON, open=False)
    still = there(opened, "t-1", "leo", NOON + MINUTE, open=True)
    assert (still.since, still.last_at, still.open) == (NOON, NOON + MINUTE, True)


def test_who_came_back_after_a_while_is_there_since_they_came_back() -> None:
    before = there(None, "t-1", "leo", NOON, open=True)
    assert there(before, "t-1", "leo", NOON + 2 * MINUTE, open=True).since == NOON + 2 * MINUTE


def test_a_page_that_says_nothing_any_more_is_closed_after_a_minute_and_a_half() -> None:
    leo = there(None, "t-1", "leo", NOON, open=True)
    assert others([leo], "lena", NOON + MINUTE) == [leo]
    assert others([leo], "lena", NOON + 2 * MINUTE) == []


def test_a_page_without_a_script_is_told_for_ten_minutes() -> None:
    leo = there(None, "t-1", "leo", NOON, open=False)
    assert others([leo], "lena", NOON + 9 * MINUTE) == [leo]
    assert others([leo], "lena", NOON + 10 * MINUTE) == []


def test_nobody_is_told_of_themselves_and_the_first_one_comes_first() -> None:
    leo = there(None, "t-1", "leo", NOON + MINUTE, open=True)
    pat = there(None, "t-1", "pat", NOON, open=True)
    assert others([leo, pat], "lena", NOON + MINUTE) == [pat, leo]
    assert others([leo, pat], "leo", NOON + MINUTE) == [pat]
