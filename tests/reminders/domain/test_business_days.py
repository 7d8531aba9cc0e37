"""Do messages keep to the days on which their readers are at work?"""

from datetime import date

import pytest

from services.reminders.domain.business_days import closed_for
from shared.calendar import BusinessDays, ClosedDay

BAVARIA = BusinessDays("DE-BY", (ClosedDay.parse("12-24"),))
CORPUS_CHRISTI = date(2026, 6, 4)
CHRISTMAS_EVE = date(2026, 12, 24)
AUSTRIAN_NATIONAL_DAY = date(2026, 10, 26)
SATURDAY = date(2026, 3, 7)


@pytest.mark.parametrize("locale", ["de-DE", "en", None, "de"])
def test_within_its_country_the_firms_own_calendar_counts(locale: str | None) -> None:
    closed = closed_for(locale, BAVARIA)
    assert closed(CORPUS_CHRISTI)
    assert closed(CHRISTMAS_EVE)
    assert not closed_for(locale, BusinessDays("DE-BE"))(CORPUS_CHRISTI)


def test_abroad_the_days_of_that_country_count() -> None:
    closed = closed_for("de-AT", BAVARIA)
    assert closed(AUSTRIAN_NATIONAL_DAY)
    assert not closed(CHRISTMAS_EVE)


def test_a_script_is_not_taken_for_a_country() -> None:
    assert closed_for("zh-Hant-HK", BAVARIA)(date(2026, 7, 1))  # the day of the region


def test_a_country_whose_holidays_nobody_knows_has_weekends() -> None:
    closed = closed_for("en-XX", BAVARIA)
    assert closed(SATURDAY)
    assert not closed(date(2026, 12, 25))
