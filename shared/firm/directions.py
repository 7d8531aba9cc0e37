"""How does a text that runs from right to left keep its numbers and lines in order?

A telephone number between such words is shown group by group from the right, and a line that
begins with a name in Latin letters as if it ran from left to right. Marks nobody sees prevent both.
"""

import re
from unicodedata import bidirectional, category

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
_RUNS_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NUMBER = re.compile(r"(?<![\w\u200e])\+\d")


def runs_left(text: str) -> bool:
    """Whether any of its words run from right to left."""
    return not text.isascii() and _RUNS_LEFT.search(text) is not None


def numbers_in_order(text: str) -> str:
    """The text with its telephone numbers as they are dialled."""
    return _NUMBER.sub(lambda found: LEFT_TO_RIGHT + found[0], text) if runs_left(text) else text


def lines_in_order(text: str) -> str:
    """A plain text whose lines each run the way of their words, whatever they begin with."""
    return "\n".join(_line(each) for each in text.split("\n"))


def _line(line: str) -> str:
    if not runs_left(line):
        return line
    ordered = numbers_in_order(line)
    first = next((each for each in line if _decides(each)), "")
    return RIGHT_TO_LEFT + ordered if first and bidirectional(first) == "L" else ordered


def _decides(sign: str) -> bool:
    """Whether a line runs by this sign; marks of ours for what is put in later are none."""
    return category(sign) != "Co" and bidirectional(sign) in {"L", "R", "AL"}
