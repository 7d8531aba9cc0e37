"""How is a name written in plain letters, whatever accents it came with?

Two spellings are kept, because offices use both: folded (Müller → muller) and expanded
(Müller → mueller). ``alike`` brings the two, and the plain spelling, to one common form.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

EXPANSIONS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss",
     "đ": "dj"}
)  # fmt: skip
EITHER_WAY = (
    ("dj", "j"), ("ij", "i"), ("ej", "ei"), ("aj", "ei"), ("oj", "oi"), ("chr", "kr"),
    ("tsch", "ch"), ("ey", "ei"), ("ay", "ei"), ("ai", "ei"), ("ea", "e"),
    ("dt", "t"),
    ("th", "t"), ("ph", "f"), ("ck", "k"), ("ch", "ch"), ("c", "k"), ("q", "k"), ("tz", "z"),
    ("y", "i"), ("w", "v"), ("oh", "o"), ("ah", "a"), ("eh", "e"), ("uh", "u"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("ie", "i"),
)  # fmt: skip
TWICE = re.compile(r"(.)\1+")
APOSTROPHES = "'’‘`´ʼʹ′ʿʾ"  # noqa: RUF001  every apostrophe found in names
NO_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
DIGIT_IN_WORD = re.compile(r"(?<=[a-z])[0135]{1,2}(?=[a-z])|^[0135](?=[a-z]{4})")
TYPED_FOR = str.maketrans("0135", "oles")  # the letter a hurried hand or a scanner meant
OR_FOR = str.maketrans("0135", "oies")
MOST_DIGITS = 2


def clean(text: str) -> str:
    """The same text in one Unicode form, without apostrophes; case is kept."""
    if text.isascii():
        return text.replace("'", "").replace("`", "")
    return unicodedata.normalize("NFKC", text).translate(NO_APOSTROPHES)


def folded(text: str) -> str:
    """Lower-case plain letters, accents dropped: ü → u."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    bare = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return _plain(bare)


def expanded(text: str) -> str:
    """Lower-case plain letters, accents written out: ü → ue."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    composed = unicodedata.normalize("NFC", lower).translate(EXPANSIONS)
    return folded(composed)


def alike(plain: str) -> str:
    """One form for folded and expanded spellings: muller and mueller are the same."""
    if "e" in plain:
        plain = plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return plain.replace("aa", "a")


@lru_cache(maxsize=5_000)
def usual(form: str) -> str:
    """One form for letters that are written either way: Meier, Maier, Meyer and Mayer."""
    for written, common in EITHER_WAY:
        if written in form:
            form = form.replace(written, common)
    form = TWICE.sub(r"\1", form)
    silent = len(form) > 4 and form[-1] == "e" and form[-2] not in "aeiou"
    return form[:-1] if silent else form


def letters_meant(plain: str) -> str:
    """A digit inside a word was meant as the letter it looks like: J0hn, Mi1ler, Mül1er."""
    return plain if plain.isalpha() else _meant(plain, TYPED_FOR)


def letters_perhaps_meant(plain: str) -> str:
    """The same where a 1 was meant as an i: Schm1dt, Me1er."""
    return plain if plain.isalpha() else _meant(plain, OR_FOR)


def _meant(plain: str, table: dict[int, int]) -> str:
    if sum(c.isdigit() for c in plain) > MOST_DIGITS:
        return plain
    return DIGIT_IN_WORD.sub(lambda found: found.group().translate(table), plain)


def _plain(text: str) -> str:
    latin = text if text.isascii() else anyascii(text)
    return latin.translate(NO_APOSTROPHES).lower()
