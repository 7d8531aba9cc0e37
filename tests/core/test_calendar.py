"""When is the firm at work, and when is something due there?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.calendar import BusinessDays, ClosedDay, FirmCalendar, UnknownJurisdictionError
from shared.process.settings import Settings

BERLIN = FirmCalendar(ZoneInfo("Europe/Berlin"), BusinessDays("DE-BE"))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-02T09:30", "2026-03-03T09:30"),  # a Monday
        ("2026-03-06T17:00", "2026-03-09T17:00"),  # over a weekend
        ("2026-04-02T10:00", "2026-04-07T10:00"),  # over Good Friday and Easter Monday
        ("2026-03-27T16:00", "2026-03-30T16:00"),  # clocks go forward in between
        ("2026-03-06T23:30", "2026-03-09T18:00"),  # after hours: by closing time
        ("2026-03-06T00:30", "2026-03-09T09:00"),  # before hours: by opening time
        ("2026-03-07T11:00", "2026-03-09T18:00"),  # on a closed day: by closing time
    ],
)
def test_one_business_day_ends_within_the_firm_s_hours(now: str, due: str) -> None:
    assert BERLIN.add_business_days(berlin(now), 1) == berlin(due)


def test_the_day_is_the_firm_s_not_utc_s() -> None:
    late_on_thursday_in_utc = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)  # Friday in Berlin
    assert BERLIN.add_business_days(late_on_thursday_in_utc, 1) == berlin("2026-03-09T09:00")


@given(INSTANTS, st.integers(1, 15))
def test_what_is_due_is_due_later_and_on_a_business_day(now: datetime, amount: int) -> None:
    due = BERLIN.add_business_days(now, amount)
    assert due > now
    assert BERLIN.is_business_day(BERLIN.day_of(due))
    assert BERLIN.opens <= due.astimezone(BERLIN.zone).time() <= BERLIN.closes


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=20)), st.integers(1, 5))
def test_who_asks_later_is_never_due_earlier(now: datetime, later: timedelta, amount: int) -> None:
    first = BERLIN.add_business_days(now, amount)
    assert first <= BERLIN.add_business_days(now + later, amount)


@given(INSTANTS)
def test_the_next_business_instant_is_open_and_none_before_it_is(now: datetime) -> None:
    found = BERLIN.next_business_instant(now)
    assert found >= now
    assert BERLIN.is_open(found)
    assert found == now or not BERLIN.is_open(now + (found - now) / 2)
    assert BERLIN.next_business_instant(found) == found


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-03-06T08:15", "2026-03-06T09:00"),
        ("2026-03-06T12:00", "2026-03-06T12:00"),
        ("2026-03-06T18:00", "2026-03-09T09:00"),
        ("2026-04-03T12:00", "2026-04-07T09:00"),  # Good Friday
    ],
)
def test_the_firm_is_at_work_again_when_it_opens(now: str, opens: str) -> None:
    assert BERLIN.next_business_instant(berlin(now)) == berlin(opens)


@given(DAYS)
def test_rolling_finds_the_nearest_business_day_of_its_side(day: date) -> None:
    days = BERLIN.days
    before, after = days.roll_back(day), days.roll_forward(day)
    assert before <= day <= after
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(map(days.is_business_day, between))
    assert days.is_business_day(before)
    assert days.is_business_day(after)


@given(DAYS, st.integers(1, 30))
def test_business_days_there_and_back_lead_to_the_same_day(day: date, amount: int) -> None:
    start = BERLIN.days.roll_forward(day)
    assert BERLIN.days.add(BERLIN.days.add(start, amount), -amount) == start


def test_no_business_days_from_a_closed_day_is_the_day_it_opens_again() -> None:
    assert BERLIN.days.add(date(2026, 3, 7), 0) == date(2026, 3, 9)


def test_holidays_are_those_of_the_part_of_the_country() -> None:
    womens_day, corpus_christi = date(2027, 3, 8), date(2026, 6, 4)
    assert BusinessDays("DE-BE").is_closed(womens_day)
    assert BusinessDays("DE-BY").is_business_day(womens_day)
    assert BusinessDays("DE-BY").is_closed(corpus_christi)


def test_the_weekend_is_that_of_the_country() -> None:
    sunday = date(2026, 11, 29)
    assert BusinessDays("IL").is_business_day(sunday)
    assert BusinessDays("").is_closed(sunday)


def test_the_firm_s_own_closed_days_count() -> None:
    days = BusinessDays("DE", (ClosedDay.parse("12-24"), ClosedDay.parse("2026-05-15")))
    closed = [date(2026, 12, 24), date(2029, 12, 24), date(2026, 5, 15)]
    assert all(map(days.is_closed, closed))
    assert days.is_business_day(date(2028, 5, 15))


@pytest.mark.parametrize("unknown", ["XX", "DE-XX", "Germany", "de", "DE-"])
def test_an_unknown_jurisdiction_is_refused_when_any_service_starts(
    unknown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_FIRM_HOLIDAYS", unknown)
    with pytest.raises(ValidationError, match="known public holidays"):
        Settings()


@pytest.mark.parametrize(
    "setting",
    [
        {"firm_opens": time(18), "firm_closes": time(9)},
        {"firm_closed_days": ["24.12."]},
        {"firm_closed_days": ["02-30"]},
        {"firm_closed_days": [f"{m:02}-{d:02}" for m in range(1, 13) for d in range(1, 29)]},
        {"firm_zone": "Europe/Nowhere"},
    ],
)
def test_settings_that_make_no_calendar_are_refused(setting: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**setting)  # type: ignore[arg-type]


def test_closed_days_and_hours_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTELE_FIRM_CLOSED_DAYS", '["12-24", "2026-12-23"]')
    monkeypatch.setenv("CLIENTELE_FIRM_OPENS", "08:30")
    calendar = Settings().calendar()
    assert calendar.opens == time(8, 30)
    assert calendar.days.add(date(2026, 12, 22), 1) == date(2026, 12, 28)


def test_an_unknown_jurisdiction_is_not_mistaken_for_one_without_holidays() -> None:
    with pytest.raises(UnknownJurisdictionError):
        BusinessDays("XX")
