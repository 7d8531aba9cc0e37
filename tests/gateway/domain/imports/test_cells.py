"""Does a cell say one day, moment, amount, number or id; and is what may be two things refused?"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.imports.cells import (
    SPREADSHEETS_DAY_0,
    CellError,
    Habits,
    Reading,
    plain,
    read_amount,
    read_day,
    read_id,
    read_moment,
    read_phone,
)

BERLIN = Habits(zone="Europe/Berlin")
DAYS = st.dates(date(1928, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("text", "dates", "day"),
    [
        ("2026-12-31", None, "2026-12-31"),
        ("31.12.2026", None, "2026-12-31"),
        ("3. 4. 2026", None, "2026-04-03"),
        ("12/31/2026", None, "2026-12-31"),
        ("31/12/2026", None, "2026-12-31"),
        ("04/04/2026", None, "2026-04-04"),
        ("03/04/2026", "day-first", "2026-04-03"),
        ("03/04/2026", "month-first", "2026-03-04"),
        ("31.12.26", "%d.%m.%y", "2026-12-31"),
        ("46387", None, "2026-12-31"),
    ],
)
def test_a_day_is_read_as_it_was_meant(text: str, dates: str | None, day: str) -> None:
    assert read_day(text, Habits(dates=dates)).value == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("03/04/2026", "may be two days"),
        ("31.02.2026", "no day of the calendar"),
        ("31.12.26", "write 2026-12-31"),
        ("soon", "write 2026-12-31"),
        ("2026", "write 2026-12-31"),
        ("01.01.0026", "years 1800"),
    ],
)
def test_what_is_no_day_or_two_is_refused_with_its_remedy(text: str, says: str) -> None:
    with pytest.raises(CellError, match=says):
        read_day(text, Habits())


def test_a_number_of_days_is_worth_a_look() -> None:
    assert "number of days" in read_day("46387", Habits()).remark


@given(DAYS)
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    for text, dates in (
        (day.isoformat(), None), (f"{day:%d.%m.%Y}", None), (f"{day:%d/%m/%Y}", "day-first"),
        (f"{day:%m/%d/%Y}", "month-first"), (str((day - SPREADSHEETS_DAY_0).days), None),
    ):  # fmt: skip
        assert read_day(text, Habits(dates=dates)).value == day.isoformat()


@given(DAYS)
def test_an_unsaid_order_is_never_taken_for_the_other_day(day: date) -> None:
    try:
        read = read_day(f"{day:%m/%d/%Y}", Habits()).value
    except CellError:
        assert day.day <= 12
    else:
        assert read == day.isoformat()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("31.12.2026 14:30", "2026-12-31T13:30:00.000Z"),
        ("31.07.2026, 2:30 PM", "2026-07-31T12:30:00.000Z"),
        ("31.12.2026 14.30 Uhr", "2026-12-31T13:30:00.000Z"),
        ("2026-12-31T14:30", "2026-12-31T13:30:00.000Z"),
        ("2026-12-31T14:30:00-05:00", "2026-12-31T19:30:00.000Z"),
        ("31.12.2026", "2026-12-31"),
        ("46387.604166667", "2026-12-31T13:30:00.000Z"),
        ("12/31/2026 12:00 AM", "2026-12-30T23:00:00.000Z"),
    ],
)
def test_a_moment_is_one_of_the_firms_clocks(text: str, value: str) -> None:
    assert read_moment(text, BERLIN).value == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("29.03.2026 02:30", "skip that day"),
        ("25.10.2026 02:30", "twice that day"),
        ("31.12.2026 25:00", "no time of day"),
        ("31.12.2026 13:00 PM", "no time of day"),
        ("31.12.2026 early", "no time of day"),
    ],
)
def test_an_hour_that_is_none_or_two_is_refused(text: str, says: str) -> None:
    with pytest.raises(CellError, match=says):
        read_moment(text, BERLIN)


@given(DAYS, st.times())
def test_a_moment_comes_back_as_the_clock_showed_it(day: date, at: time) -> None:
    moment = datetime.combine(day, at.replace(microsecond=0))
    try:
        read = read_moment(f"{moment:%d.%m.%Y %H:%M:%S}", BERLIN).value
    except CellError:
        assert moment.hour < 4  # when clocks are changed
    else:
        instant = datetime.fromisoformat(read).replace(tzinfo=None)
        assert timedelta() < moment - instant <= timedelta(hours=3)  # in 1945 and 1947, three


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234,56", None, "1234.56"),
        ("1,234.56", None, "1234.56"),
        ("€ 1.234,56", None, "1234.56"),
        ("1'234.50 CHF", None, "1234.50"),
        ("1.234.567", None, "1234567.00"),
        ("12,5", None, "12.50"),
        ("80", None, "80.00"),
        ("1.250,--", None, "1250.00"),
        ("1.234", ",", "1234.00"),
        ("1,234", ".", "1234.00"),
        ("1.234", ".", None),
    ],
)
def test_an_amount_is_read_by_its_decimal_sign(
    text: str, decimal: str | None, value: str | None
) -> None:
    habits = Habits(decimal=decimal)  # type: ignore[arg-type]  # as the mapping checked it
    if value is None:
        with pytest.raises(CellError, match="two digits"):
            read_amount(text, habits)
    else:
        assert read_amount(text, habits).value == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1.234", "thousands or a fraction"), ("-12,00", "below zero"), ("(12)", "below zero"),
        ("12 apples", "no amount"), ("1.23.456,0", "no amount"), ("1,2,3", "no amount"),
    ],
)  # fmt: skip
def test_what_is_no_amount_or_two_is_refused(text: str, says: str) -> None:
    with pytest.raises(CellError, match=says):
        read_amount(text, Habits())


@given(st.decimals(0, 999_999_999, places=2), st.sampled_from([(".", ","), (",", ".")]))
def test_an_amount_with_both_signs_is_never_misread(
    amount: Decimal, signs: tuple[str, str]
) -> None:
    thousands, decimal = signs
    english = f"{amount:,.2f}"
    written = english.translate({ord(","): thousands, ord("."): decimal})
    assert Decimal(read_amount(written, Habits()).value) == amount


@pytest.mark.parametrize(
    ("text", "country", "value"),
    [
        ("030 5550", "+49", "+49305550"), ("(030) 5550", "+49", "+49305550"),
        ("+49 30 5550", "+49", "+49 30 5550"), ("0049 30 5550", None, "0049 30 5550"),
        ("030 5550", None, "030 5550"), ("(212) 555-0100", "+1", "+12125550100"),
    ],
)  # fmt: skip
def test_a_number_gets_the_country_of_the_list(text: str, country: str | None, value: str) -> None:
    assert read_phone(text, Habits(country=country)) == Reading(value)


def test_a_number_that_lost_its_zero_is_told_and_not_mended() -> None:
    read = read_phone("305550", Habits(country="+49"))
    assert read.value == "305550"
    assert "take zeros away" in read.remark


@pytest.mark.parametrize("read", [lambda text: read_phone(text, Habits()), read_id])
def test_a_rounded_number_is_refused(read: Callable[[str], Reading]) -> None:
    with pytest.raises(CellError, match="rounded"):
        read("4,93012E+11")


def test_an_id_becomes_one_of_letters_digits_and_hyphens() -> None:
    assert read_id("24/0101 B", "m-").value == "m-24-0101-B"
    assert read_id(plain('="0042"')).value == "0042"
    for text in ("/", "Ä1", "x" * 65):
        with pytest.raises(CellError, match="is no id"):
            read_id(text)


@given(st.text("0123456789./,:-+%eE aäT€", max_size=16))
def test_any_text_is_a_value_or_a_sentence(text: str) -> None:
    for read in (read_day, read_moment, read_amount, read_phone):
        with suppress(CellError):
            assert read(text, BERLIN).value
