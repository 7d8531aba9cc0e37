"""What does a text say once its typography is put aside, and where did each letter stand?

Look-alike forms, accents, invisible characters and upper case are folded away, so that a rule
cannot be passed by by writing differently; every folded letter remembers its place.
"""

import re
import unicodedata
from dataclasses import dataclass

SPELLED = {"ß": "ss", "\u2018": "'", "\u2019": "'", "\u2013": "-", "\u2014": "-"}
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlainText:
    """A folded text and, for each of its letters, the place in the text as written."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text as written."""
        return self.places[start], self.places[end - 1] + 1

    def words(self) -> list[Word]:
        """The words, in order."""
        return [Word(m.group(), m.start(), m.end()) for m in WORD.finditer(self.text)]


def without_umlaut_spelling(plain: PlainText) -> PlainText:
    """The text with ae, oe, ue read as the vowel alone, the way umlauts are folded."""
    kept = [
        place
        for place, letter in enumerate(plain.text)
        if not (letter == "e" and place and plain.text[place - 1] in "aou")
    ]
    text = "".join(plain.text[place] for place in kept)
    return PlainText(text, tuple(plain.places[place] for place in kept))


def folded(text: str) -> PlainText:
    """The text in plain lower-case letters."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _plain(character):
            letters.append(letter)
            places.append(place)
    return PlainText("".join(letters), tuple(places))


def _plain(character: str) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    spelled = SPELLED.get(character, character)
    decomposed = unicodedata.normalize("NFKD", spelled).lower()
    kept = (each for each in decomposed if unicodedata.category(each) not in {"Mn", "Cf", "Cc"})
    return "".join(kept)
