"""How is a row written so that a spreadsheet shows it as text and computes nothing?

A cell that begins like a formula is given an apostrophe first: otherwise a name somebody chose
could run a command on a colleague's machine. A number below nought stays one. Lines are those of
RFC 4180, every cell quoted; the mark at the beginning tells Excel that it is UTF-8.
"""

import re
from collections.abc import Iterable

MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # and in full width
CONTROL = ("\t", "\r", "\n")
NUMBER = re.compile(r"-\d+(\.\d+)?", re.ASCII)


def safe_cell(text: str) -> str:
    """The text, which no spreadsheet takes for a formula."""
    if NUMBER.fullmatch(text):
        return text
    begins = text.startswith(CONTROL) or text.lstrip().startswith(FORMULA)
    return f"'{text}" if begins else text


def row_of(cells: Iterable[str]) -> str:
    """One line of a file, with its end."""
    return ",".join(_quoted(safe_cell(cell)) for cell in cells) + "\r\n"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
