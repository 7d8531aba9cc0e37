"""What does a text say once its typography is put aside, and where did each letter stand?

Look-alike forms, accents, invisible characters and upper case are folded away, so that a rule
cannot be passed by by writing differently; every folded letter remembers its place.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SPELLED = {"ß": "ss", "\u2018": "'", "\u2019": "'", "\u2013": "-", "\u2014": "-"}
UMLAUT_VOWELS = frozenset("aou")
NO_UMLAUT_AFTER = frozenset("aeoq")
MOST_LETTERS_OF_ONE = 4  # some signs stand for whole phrases: a text must not grow by folding
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
    """The text with ae, oe, ue read as the vowel alone, the way umlauts are folded.

    After another vowel or a q the e is a letter of its own: neuen, Bauer, Quelle.
    """
    kept = [
        place
        for place, letter in enumerate(plain.text)
        if not (letter == "e" and _spells_an_umlaut(plain.text[max(0, place - 2) : place]))
    ]
    text = "".join(plain.text[place] for place in kept)
    return PlainText(text, tuple(plain.places[place] for place in kept))


def _spells_an_umlaut(before: str) -> bool:
    return before[-1:] in UMLAUT_VOWELS and before[:-1] not in NO_UMLAUT_AFTER


def folded(text: str, starts_at: int = 0) -> PlainText:
    """The text in plain lower-case letters; places count from where it starts in a longer one."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text, start=starts_at):
        for letter in _plain(character)[:MOST_LETTERS_OF_ONE]:
            if letter == " " and letters[-1:] == [" "]:
                continue
            letters.append(letter)
            places.append(place)
    return PlainText("".join(letters), tuple(places))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    spelled = SPELLED.get(character, character)
    decomposed = unicodedata.normalize("NFKD", spelled).lower()
    kept = (each for each in decomposed if unicodedata.category(each) not in {"Mn", "Cf", "Cc"})
    return "".join(kept)
