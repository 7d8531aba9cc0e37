"""Which words are given names, and who bears them: women, men, or either?

The table is ``tables/given_names.txt``. A name it does not know may still be a given name.
"""

from collections.abc import Iterable
from enum import Enum
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "tables" / "given_names.txt"
OF_WOMEN = ("a", "e", "ia", "ie", "ine", "ina", "ette", "etta", "elle", "ella", "ne", "le", "te")
"""Endings that make a woman's name of a man's: Karl, Karla; Julian, Juliane; Jean, Jeanne."""


class Bearer(Enum):
    """Who bears a given name."""

    WOMEN = "women"
    MEN = "men"
    EITHER = "either"


def is_given_name(word: str) -> bool:
    """Whether this word, in plain letters, is known as a given name."""
    return word in _table()


def all_given_names() -> Iterable[str]:
    """Every given name there is a line for."""
    return _table().keys()


def of_the_other_sex(one: str, other: str) -> bool:
    """Whether one of these given names is a woman's and the other a man's."""
    table = _table()
    a, b = table.get(one), table.get(other)
    if a is None or b is None or (a is b and a is not Bearer.EITHER):
        return False
    if Bearer.EITHER not in (a, b):
        return True
    return womans_form_of(one, other) and table[max(one, other, key=len)] is not Bearer.MEN


def womans_form_of(one: str, other: str) -> bool:
    """Whether the longer name is the shorter with a woman's ending: Simon, Simone."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):  # Nikola, Nicole: the same up to the last vowel
        return short[-1] in "aeo" and long[-1] in "aeo" and short[-1] != long[-1]
    stems = {short, short.rstrip("aeiou")}
    return any(long == stem + ending for stem in stems for ending in OF_WOMEN)


@cache
def _table() -> dict[str, Bearer]:
    found, bearer = dict[str, Bearer](), Bearer.EITHER
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            bearer = Bearer(line.strip("[]"))
        elif not line.startswith("#"):
            found.update(dict.fromkeys(line.split(), bearer))
    return found
