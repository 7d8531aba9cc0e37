"""Is it said right which days are closed, and which due times other days would move?"""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from services.desk.domain.closed_days import as_lines, closed_in, moves, with_days
from shared.calendar import BusinessDays, ClosedDay, FirmCalendar
from shared.errors import RuleError

EVE = ClosedDay.parse("12-24")
FIRM = FirmCalendar(ZoneInfo("Europe/Berlin"), BusinessDays("DE", (EVE,)))
FIRST, LAST = date(2026, 7, 6), date(2026, 7, 10)  # a whole week


def test_a_year_has_its_public_holidays_and_the_firms_own_days() -> None:
    found = {each.day: each for each in closed_in(FIRM, 2026)}
    assert found[date(2026, 12, 25)].holiday
    assert not found[date(2026, 12, 25)].own
    assert (found[date(2026, 12, 24)].own, found[date(2026, 12, 24)].yearly) == (True, True)


def test_a_closed_week_moves_what_is_asked_the_friday_before_by_a_week() -> None:
    after = with_days(FIRM, FIRST, LAST, closed=True, yearly=False)
    moved = moves(FIRM, after, FIRST)
    assert [each.days for each in moved] == [1, 2, 5]
    assert [(each.after - each.before).days for each in moved] == [7, 7, 7]
    assert '"2026-07-06"' in as_lines(after)
    assert '"12-24"' in as_lines(after)


def test_closed_and_open_again_is_as_it_was() -> None:
    after = with_days(FIRM, FIRST, LAST, closed=True, yearly=False)
    assert with_days(after, FIRST, LAST, closed=False, yearly=False) == FIRM


def test_what_is_closed_every_year_is_not_closed_once_more() -> None:
    eve = date(2027, 12, 24)
    assert with_days(FIRM, eve, eve, closed=True, yearly=False) == FIRM


def test_what_is_said_is_read_back_by_the_setting() -> None:
    after = with_days(FIRM, FIRST, FIRST, closed=True, yearly=True)
    assert [ClosedDay.parse(str(each)) for each in after.days.own_closed_days] == [
        *after.days.own_closed_days
    ]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(LAST, FIRST, "last"), (FIRST, date(2027, 7, 10), "last")],
)
def test_a_span_that_cannot_be_says_where(first: date, last: date, field: str) -> None:
    with pytest.raises(RuleError) as no:
        with_days(FIRM, first, last, closed=True, yearly=False)
    assert no.value.field == field
