"""How alike are two words of two names?

By spelling habits, short forms, transliteration and typing errors, never by sound alone: words
that sound the same are only allowed one more difference in spelling.
"""

from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from services.intake.domain.letters import usual
from services.intake.domain.names import Word
from services.intake.domain.nicknames import is_given_name, share_a_name
from services.intake.domain.search_keys import sound

VOWELS = frozenset("aeiou")
DIACRITICS, NICKNAME, VOWELLESS, INITIAL = 0.99, 0.92, 0.90, 0.85
TYPED = {1: 0.92, 2: 0.86, 3: 0.82}  # letters that differ
SHORT_TYPED = 0.90  # one letter of a short word
OTHER_GIVEN_NAME = 0.08  # Christian and Christina are both names


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two words are (1.0 is equal), and why."""

    degree: float
    reason: str = ""


SAME = Likeness(1.0)


def likeness(a: Word, b: Word) -> Likeness | None:
    """How alike two words are, or None when they are different words."""
    if a.form == b.form:
        return _same_form(a, b)
    if a.numbered or b.numbered:
        return None
    if share_a_name(a.plain, b.plain):
        return Likeness(NICKNAME, "nickname")
    if _vowelless(a) or _vowelless(b):
        same = _consonants(a.plain) == _consonants(b.plain)
        return Likeness(VOWELLESS, "transliteration") if same else None
    return _mistyped(a, b)


def _same_form(a: Word, b: Word) -> Likeness:
    if a.foreign != b.foreign:
        return Likeness(DIACRITICS, "transliteration")
    return SAME if a.plain == b.plain else Likeness(DIACRITICS, "diacritics")


def _mistyped(a: Word, b: Word) -> Likeness | None:
    longest = max(len(a.form), len(b.form))
    if longest > 3 and usual(a.form) == usual(b.form):
        return Likeness(SHORT_TYPED, "spelling")
    same_sound = sound(a.form) == sound(b.form)
    most = _most_typos(longest, same_sound=same_sound)
    typos = _typos(a, b, most)
    if most == 0 or typos > most:
        return None
    degree = SHORT_TYPED if longest < 8 and typos == 1 else TYPED[typos]
    if not same_sound and is_given_name(a.plain) and is_given_name(b.plain):
        return Likeness(degree - OTHER_GIVEN_NAME, "similar-name")
    return Likeness(degree, "spelling")


def _typos(a: Word, b: Word, most: int) -> int:
    """How many letters differ, in whichever spellings are closer."""
    pairs = {(a.form, b.form), (a.plain, b.plain)}
    return min(DamerauLevenshtein.distance(x, y, score_cutoff=most) for x, y in pairs)


def _most_typos(longest: int, *, same_sound: bool) -> int:
    """Letters that may differ: the longer the word the more; one more if it sounds the same."""
    if longest < 4:
        return 0
    if longest == 4:
        return 1 if same_sound else 0
    if longest < 8:
        return 2 if same_sound and longest > 5 else 1
    return 3 if same_sound and longest > 9 else 2


def _vowelless(word: Word) -> bool:
    """Arabic and Hebrew write few vowels, so a transliteration has none."""
    return word.foreign and VOWELS.isdisjoint(word.plain)


def _consonants(plain: str) -> str:
    out = ""
    for letter in plain:
        if letter not in VOWELS and letter != "y" and not out.endswith(letter):
            out += letter
    return out
