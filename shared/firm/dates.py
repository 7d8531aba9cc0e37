"""How is a day written out in a language?

As the language's data says, but for the first of a month in French: that data has ``1 mai`` where
every French reader expects ``1er mai``.
"""

import re
from datetime import date
from typing import Literal

from babel import Locale
from babel.dates import format_date

_FIRST = re.compile(r"\b1 (?=[^\W\d])")


def written_out(day: date, locale: Locale | str, length: Literal["full", "long"] = "full") -> str:
    """``Monday, 16 March 2026``; ``long`` leaves out the day of the week."""
    said = format_date(day, length, locale=locale)
    french = str(locale).partition("_")[0] == "fr"
    return _FIRST.sub("1er ", said, count=1) if french and day.day == 1 else said
