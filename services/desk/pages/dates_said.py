"""How are days and instants written? By a pattern of CLDR, which is a message like any other.

So a language says in its own file what a day looks like: "3 March 2026" or "3. März 2026".
"""

import re
from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
KEPT = re.compile(
    rf"(?P<w>(?:{WEEKDAYS}), )?(?P<d>\d{{1,2}}) (?P<m>{'|'.join(MONTHS)}) (?P<y>\d{{4}})"
    r"(?P<clock>, \d\d:\d\d(?: \([\w/+-]+\))?)?"
)


@cache
def locale_of(language: str) -> Locale:
    """What is known of how a language writes: read once, for each day on a page asks for it."""
    return Locale.parse(language)


def dated(moment: date, pattern: str, language: str) -> str:
    """A day, or an instant by the clock it is given in, in words."""
    if isinstance(moment, datetime):
        return format_datetime(moment, pattern, tzinfo=moment.tzinfo, locale=locale_of(language))
    return format_date(moment, pattern, locale=locale_of(language))


def dated_again(text: str, pattern: str, weekday: str, language: str) -> str | None:
    """A day or an instant that was kept in English, in another language; None: it is none."""
    if not (found := KEPT.fullmatch(text)):
        return None
    try:
        day = date(int(found["y"]), MONTHS.index(found["m"]) + 1, int(found["d"]))
    except ValueError:  # somebody's own words look like one
        return None
    said = dated(day, weekday if found["w"] else pattern, language)
    return f"{said}{found['clock'] or ''}"
