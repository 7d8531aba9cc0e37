"""How is a name written in plain letters, whatever script and accents it came in?

Two spellings are kept, because offices use both: folded (Müller → muller) and expanded
(Müller → mueller). ``alike`` brings the two, and the plain spelling, to one common form.
"""

import unicodedata

from anyascii import anyascii

EXPANSIONS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss"}
)
EITHER_WAY = (
    ("ey", "ei"), ("ay", "ei"), ("ai", "ei"), ("dt", "t"), ("th", "t"), ("ph", "f"), ("ck", "k"),
    ("tt", "t"), ("ff", "f"), ("nn", "n"), ("ll", "l"), ("ss", "s"), ("y", "i"),
)  # fmt: skip
APOSTROPHES = "'’‘`´ʼʹ′"  # noqa: RUF001  every apostrophe found in names
NO_APOSTROPHES = str.maketrans("", "", APOSTROPHES)


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


def usual(form: str) -> str:
    """One form for letters that are written either way: Meier, Maier, Meyer and Mayer."""
    for written, common in EITHER_WAY:
        form = form.replace(written, common)
    return form


def in_other_script(text: str) -> bool:
    """Whether the letters are not Latin ones, so that the spelling is a transliteration."""
    return not text.isascii() and any(c.isalpha() and ord(c) > LATIN_ENDS for c in text)


LATIN_ENDS = 0x024F


def _plain(text: str) -> str:
    latin = text if text.isascii() else anyascii(text)
    return latin.translate(NO_APOSTROPHES).lower()
