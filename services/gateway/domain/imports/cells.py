"""What does a cell say: a day, a moment, an amount, a telephone number, an id?

Spreadsheets write the same thing in many ways, and some of them mean two things: 03.04.2026 is a
day in April, 03/04/2026 one in April or in March. What may mean two things is refused until the
firm has said which one it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from shared.contracts.fields import YEARS, YEARS_REMEDY, wire_instant
from shared.errors import ClienteleError

SPREADSHEETS_DAY_0 = date(1899, 12, 30)
"""Of what spreadsheets count days from (their February 1900 had 29)."""
_SERIAL = re.compile(r"(?P<days>[1-9]\d{4})(?:[.,](?P<rest>\d{1,12}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(Uhr|h|[ap]\.?m\.?)?", re.IGNORECASE)
_OFFSET = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)")
_MONEY_SIGNS = re.compile(r"[\s'\u2019\u00a0\u202f]|[A-Z]{3}|[€$£]")
_NO_CENTS = re.compile(r"([.,])--?$")
_PLAIN_NUMBER = re.compile(r"\d{1,12}")
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
ID_SIGNS = re.compile(r"[A-Za-z0-9_-]+")

Order = Literal["day-first", "month-first"]


class CellError(ClienteleError):
    """A cell cannot be read; the sentence says what to write, and never repeats the cell."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says, and what is worth a look at it."""

    value: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How whoever made the list writes."""

    dates: str | None = None  # day-first, month-first, or a format such as %d.%m.%y; None: unsaid
    decimal: Literal[",", "."] | None = None
    zone: str = "UTC"
    country: str | None = None  # what a number without a country begins with: +49
    words: Mapping[str, str] = field(default_factory=dict)  # the list's word → ours


def plain(text: str) -> str:
    """A cell without what a spreadsheet wraps around a text to keep its zeros: ``="0042"``."""
    wrapped = _QUOTED_FORMULA.fullmatch(text)
    return wrapped[1].strip() if wrapped else text


def read_day(text: str, habits: Habits) -> Reading:
    """A day as 2026-12-31; raises CellError."""
    found, remark = _day(text.strip(), habits)
    return Reading(found.isoformat(), remark)


def _day(text: str, habits: Habits) -> tuple[date, str]:
    if habits.dates and "%" in habits.dates:
        return _within(_by_format(text, habits.dates).date()), ""
    if iso := _ISO.fullmatch(text):
        return _date(*map(int, iso.groups())), ""
    if dotted := _DOTTED.fullmatch(text):
        first, second, year = map(int, dotted.groups())
        return _ordered(first, second, year, habits.dates or "day-first"), ""
    if slashed := _SLASHED.fullmatch(text):
        first, second, year = map(int, slashed.groups())
        return _ordered(first, second, year, habits.dates or _order_of(first, second)), ""
    if serial := _SERIAL.fullmatch(text):
        days = int(serial["days"])
        remark = "is a number of days, as spreadsheets keep them: see that the day is right"
        return _within(SPREADSHEETS_DAY_0 + timedelta(days=days)), remark
    raise CellError(
        "is no day: write 2026-12-31, 31.12.2026 or, with dates in the mapping, as the list does"
    )


def _order_of(first: int, second: int) -> Order:
    if first > 12:
        return "day-first"
    if second > 12:
        return "month-first"
    if first == second:
        return "day-first"
    raise CellError(
        "may be two days: say in the mapping dates: day-first or dates: month-first, or write"
        " 2026-12-31"
    )


def _ordered(first: int, second: int, year: int, order: str) -> date:
    day, month = (first, second) if order == "day-first" else (second, first)
    return _date(year, month, day)


def _date(year: int, month: int, day: int) -> date:
    try:
        return _within(date(year, month, day))
    except ValueError:
        raise CellError("is no day of the calendar: is the day before the month?") from None


def _within(day: date) -> date:
    if day.year not in YEARS:
        raise CellError(YEARS_REMEDY)
    return day


def _by_format(text: str, said: str) -> datetime:
    try:
        return datetime.strptime(text, said)  # noqa: DTZ007 - the zone is said elsewhere
    except ValueError:
        raise CellError(f"is not written as the mapping says under dates: {said}") from None


def read_moment(text: str, habits: Habits) -> Reading:
    """A moment as an instant, or a whole day where no hour is said; raises CellError."""
    text = text.strip()
    if _OFFSET.fullmatch(text):
        moment = datetime.fromisoformat(text.upper())
        _within(moment.date())
        return Reading(wire_instant(moment.astimezone(UTC)))
    if habits.dates and "%H" in habits.dates:
        return Reading(_instant(_by_format(text, habits.dates), habits.zone))
    serial = _SERIAL.fullmatch(text)
    if serial and serial["rest"]:
        seconds = round(float(f"0.{serial['rest']}") * 86_400)
        day, remark = _day(serial["days"], habits)
        moment = datetime.combine(day, time()) + timedelta(seconds=seconds)
        return Reading(_instant(moment, habits.zone), remark)
    said_day, said_time = _split(text)
    day, remark = _day(said_day, habits)
    if not said_time:
        return Reading(day.isoformat(), remark)
    return Reading(_instant(datetime.combine(day, _time(said_time)), habits.zone), remark)


def _split(text: str) -> tuple[str, str]:
    """The day and the time of day in ``31.12.2026, 14:30``."""
    head, _, tail = text.replace("T", " ", 1).replace(",", " ").strip().partition(" ")
    return head, tail.strip()


def _time(text: str) -> time:
    found = _TIME.fullmatch(text)
    if found is None:
        raise CellError("is no time of day: write 14:30 or 2:30 PM after the day")
    hour, minute, second = (int(each or 0) for each in found.groups()[:3])
    half = (found[4] or "").lower().replace(".", "")
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise CellError("is no time of day: before AM and PM stand the hours 1 to 12")
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise CellError("is no time of day: write 14:30 or 2:30 PM after the day") from None


def instant_in(moment: datetime, zone: str) -> datetime:
    """What the clocks of a zone show, as an instant; CellError where they show it never, or twice.

    Twice: when the clocks are put back.
    """
    local = moment.replace(tzinfo=ZoneInfo(zone))
    if local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != moment:
        raise CellError(f"is an hour the clocks of {zone} skip that day")
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise CellError(f"is an hour the clocks of {zone} show twice that day: write the offset")
    return local.astimezone(UTC)


def _instant(moment: datetime, zone: str) -> str:
    return wire_instant(instant_in(moment, zone))


def read_amount(text: str, habits: Habits) -> Reading:
    """An amount as 1250.00; raises CellError."""
    digits = _NO_CENTS.sub(r"\g<1>00", _MONEY_SIGNS.sub("", text.strip()))
    if digits.startswith(("-", "(")) or digits.endswith("-"):
        raise CellError("is below zero: an invoice asks for money; leave credits out")
    whole, fraction = _parts(digits, habits.decimal)
    if not _PLAIN_NUMBER.fullmatch(whole) or not (fraction == "" or fraction.isdigit()):
        raise CellError("is no amount: write 1250.00 or 1.250,00")
    if len(fraction) > 2:
        raise CellError("has more than two digits behind its decimal sign")
    return Reading(str(Decimal(f"{whole}.{fraction or '00'}").quantize(Decimal("0.01"))))


def _parts(digits: str, decimal: str | None) -> tuple[str, str]:
    """What stands before and behind the decimal sign."""
    sign = decimal or _decimal_of(digits)
    other = "." if sign == "," else ","
    whole, _, fraction = digits.partition(sign)
    groups = whole.split(other)
    if other in fraction or (len(groups) > 1 and not _are_groups(groups)):
        raise CellError("is no amount: write 1250.00 or 1.250,00, and say decimal in the mapping")
    return "".join(groups), fraction


def _are_groups(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(each) == 3 for each in groups[1:])


def _decimal_of(digits: str) -> str:
    dot, comma = digits.rfind("."), digits.rfind(",")
    if dot >= 0 and comma >= 0:
        return "." if dot > comma else ","
    if dot < 0 and comma < 0:
        return "."
    sign = "." if dot >= 0 else ","
    if digits.count(sign) > 1:
        return "," if sign == "." else "."
    if len(digits) - digits.rfind(sign) - 1 == 3:
        raise CellError(
            "may be thousands or a fraction: say in the mapping decimal: ',' or decimal: '.'"
        )
    return sign


def read_phone(text: str, habits: Habits) -> Reading:
    """A telephone number; with the country's own beginning where the mapping says one."""
    number = text.strip()
    if _SCIENTIFIC.fullmatch(number):
        raise CellError("was turned into a rounded number by a spreadsheet: export it as text")
    digits = re.sub(r"\D", "", number)
    if not digits:
        raise CellError("is no telephone number")
    if number.startswith(("+", "00")):
        return Reading(number)
    if habits.country and number.lstrip("(").startswith("0"):
        return Reading(habits.country + digits.removeprefix("0"))
    if habits.country == "+1":  # where national numbers begin with no 0
        return Reading(f"+1{digits}" if len(digits) == 10 else number)
    if number[0].isdigit() and number[0] != "0":
        remark = "begins with neither 0 nor +: spreadsheets take zeros away; it stays as it is"
        return Reading(number, remark)
    return Reading(number)


def read_id(text: str, prefix: str = "") -> Reading:
    """An id as events carry it: what stands between letters and digits becomes one hyphen."""
    said = plain(text)
    if _SCIENTIFIC.fullmatch(said):
        raise CellError("was turned into a rounded number by a spreadsheet: export it as text")
    value = prefix + "-".join(ID_SIGNS.findall(said))
    if not ID_SIGNS.search(said) or len(value) > 64:
        raise CellError("is no id: give it 1 to 64 letters and digits")
    if any(each.isalnum() and not each.isascii() for each in said):
        raise CellError("is no id: it has letters beyond A to Z")
    return Reading(value)
