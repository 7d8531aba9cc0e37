"""How are days and instants written? By a pattern of CLDR, which is a message like any other.

So a language says in its own file what a day looks like: "3 March 2026" or "3. März 2026".
"""

import re
from datetime import date, datetime

from babel.dates import format_date, format_datetime

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
KEPT = re.compile(
    rf"(?P<d>\d{{1,2}}) (?P<m>{'|'.join(MONTHS)}) (?P<y>\d{{4}})"
    r"(?P<clock>, \d\d:\d\d(?: \([\w/+-]+\))?)?"
)


def dated(moment: date, pattern: str, language: str) -> str:
    """A day, or an instant by the clock it is given in, in words."""
    if isinstance(moment, datetime):
        return format_datetime(moment, pattern, tzinfo=moment.tzinfo, locale=language)
    return format_date(moment, pattern, locale=language)


def dated_again(text: str, pattern: str, language: str) -> str | None:
    """A day or an instant that was kept in English, in another language; None: it is none."""
    if not (found := KEPT.fullmatch(text)):
        return None
    day = date(int(found["y"]), MONTHS.index(found["m"]) + 1, int(found["d"]))
    return f"{dated(day, pattern, language)}{found['clock'] or ''}"
