"""Where does each sentence of a text begin and end?

A sentence ends with its line, or with a word that ends in a full stop, a question or an exclamation
mark; not with a title before a name, nor with the number of a day before its month. One
pass over the words, whatever the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

ENDS = (".", "!", "?", "…")
CLOSING = "\"')\u201c\u201d\u2019\u00bb"  # quotation marks and brackets that close
_WORD_OR_LINE_END = re.compile(r"\S+|\n")
TITLES = frozenset({"mr.", "mrs.", "ms.", "dr.", "prof.", "hr.", "st.", "nr.", "z.", "ca.", "bzw."})
_DAY = re.compile(r"\d{1,2}\.")
_MONTH = re.compile(r"\s{0,4}(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and its place in the text."""

    text: str
    start: int
    end: int


def sentences_of(text: str) -> list[Sentence]:
    """The sentences, in order; white space between them belongs to none."""
    return [Sentence(text[start:end], start, end) for start, end in _places(text)]


def normal_form(sentence: str) -> str:
    """The sentence as it is compared: white space and the encoding of accents do not count."""
    return unicodedata.normalize("NFC", " ".join(sentence.split()))


def _ends(word: str, text: str, place: int) -> bool:
    if word.lower().lstrip("(\"'„“") in TITLES:
        return False
    if _DAY.fullmatch(word) and _MONTH.match(text, place):
        return False
    return word.rstrip(CLOSING).endswith(ENDS)


def _places(text: str) -> Iterator[tuple[int, int]]:
    start = end = -1
    for match in _WORD_OR_LINE_END.finditer(text):
        word = match.group()
        if word != "\n":
            start, end = (match.start() if start < 0 else start), match.end()
        if start >= 0 and (word == "\n" or _ends(word, text, match.end())):
            yield start, end
            start = -1
    if start >= 0:
        yield start, end
