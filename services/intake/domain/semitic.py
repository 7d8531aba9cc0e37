"""Which Latin spellings may an Arabic or Hebrew word have, when its vowels are hardly written?

A consonant has a few spellings; between two of them any short vowel may stand, a written vowel
letter wants a vowel of its kind. So a word becomes a pattern that a Latin spelling fits or not.
"""

# ruff: noqa: RUF001 - letters of other scripts

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

MOST_CODES = 24
ARTICLE = "\ue000"  # al, within Abd al-Rahman: its l is often spoken as the letter that follows
SHORT = "(?:[aeiou]|ou)?"  # a vowel that is not written
ANY = "[aeiouy]*"

ARABIC = {
    "ب": ("b|p", "B"), "ت": ("t", "T"), "ث": ("th|t|s", "TS"), "ج": ("dj|j|g|gh", "_SK"),
    "ح": ("h|ch", "_"), "خ": ("kh|ch|h|k|j", "K_"), "د": ("d", "T"), "ذ": ("dh|d|z|th", "TS"),
    "ر": ("r", "R"), "ز": ("z|s", "S"), "س": ("s|ss|c", "S"), "ش": ("sh|ch|sch|s", "S_"),
    "ص": ("s|ss", "S"), "ض": ("dh|d|z", "TS"), "ط": ("t", "T"), "ظ": ("z|dh|th|d", "ST"),
    "غ": ("gh|g|kh|rh", "K_"), "ف": ("f|ph", "F"), "ق": ("q|k|g|gh|c|kh", "K_"),
    "ك": ("k|c|q", "K"), "ل": ("l", "L"), "م": ("m", "M"), "ن": ("n", "N"), "ه": ("h|", "_"),
    "ع": ("a|e|i|o|u|", "_"), "گ": ("g", "K"), "پ": ("p", "P"), "چ": ("ch|tch", "_S"),
    "ژ": ("zh|j", "S"), ARTICLE: ("[aeiou]+[lrsndtz]?", "L_"),
}  # fmt: skip
ARABIC_VOWELS = {
    "ا": "[aeo]+h?", "أ": "[aeiouy]+", "إ": "[ieay]+", "آ": "a+", "ى": "[aey]+",
    "ة": "(?:ah?|eh?|at|et|e)",
    "ء": "", "ئ": "[iey]*", "ؤ": "[ouw]*",
}  # fmt: skip
ARABIC_WEAK = {
    "و": ("w|v|[ou]+w?|aw|au|ow|ao|oo", "_F"),
    "ي": ("y|[iey]+|ai|ay|ei|ey|aye?|iy|ia", "_"),
}
HEBREW = {
    "ב": ("b|v|bb", "BF"), "ג": ("g|j", "K_"), "ד": ("d", "T"), "ה": ("h|a|ah|", "_"),
    "ז": ("z|s", "S"), "ח": ("ch|h|kh", "_K"), "ט": ("t|th", "T"), "כ": ("k|ch|c|kh|h", "K_"),
    "ך": ("k|ch|kh|h", "K_"), "ל": ("l|ll", "L"), "מ": ("m", "M"), "ם": ("m", "M"),
    "נ": ("n|nn", "N"), "ן": ("n", "N"), "ס": ("s|ss", "S"),
    "ע": ("a|e|i|o|u|", "_"), "פ": ("p|f|ph", "PF"),
    "ף": ("f|p|ph", "FP"), "צ": ("tz|ts|z|s|c", "S"), "ץ": ("tz|ts|z", "S"), "ק": ("k|c|q|ck", "K"),
    "ר": ("r", "R"), "ש": ("sh|s|sch", "S"), "ת": ("t|th", "T"),
}  # fmt: skip
HEBREW_VOWELS = {"א": "[aeiou]*"}
HEBREW_WEAK = {"ו": ("v|w|[ou]+", "_F"), "י": ("y|[ieay]+|j|ai|ei", "_")}
RELIGION = "الدين"
ENDINGS = (RELIGION, "الله")  # written apart: Nur al-Din, Nasr Allah
MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640\u0591-\u05c7]")
ONE_ALEF = str.maketrans({"ٱ": "ا", "ی": "ي", "ک": "ك"})


@lru_cache(maxsize=10_000)
def pattern_of(word: str, script: str) -> re.Pattern[str]:
    """What the Latin spellings of this word look like, in plain letters."""
    parts = [_spelled(letter, script) for letter in _bare(word)]
    return re.compile(SHORT + SHORT.join(_twice(part) for part in parts) + ANY)


@lru_cache(maxsize=10_000)
def codes_of_consonants(word: str, script: str) -> tuple[str, ...]:
    """The codes of the sounds of all those spellings; see ``sounds``."""
    choices = [codes for letter in _bare(word) if (codes := _code(letter, script)) is not None]
    found = dict[str, None]()
    for chosen in product(*choices):
        found.update(dict.fromkeys(_with_vowels(chosen)))
        if len(found) >= MOST_CODES:
            break
    return tuple(found)[:MOST_CODES] or (word,)


def _bare(word: str) -> str:
    bare = MARKS.sub("", word).translate(ONE_ALEF)
    compound = bare.startswith("عبد") or bare.endswith(RELIGION)
    return bare[:2] + bare[2:].replace("ال", ARTICLE) if compound else bare


def _tables(script: str) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    if script == "arabic":
        return ARABIC | ARABIC_WEAK, ARABIC_VOWELS
    return HEBREW | HEBREW_WEAK, HEBREW_VOWELS


def _spelled(letter: str, script: str) -> str:
    consonants, vowels = _tables(script)
    if letter in consonants:
        return f"(?:{consonants[letter][0]})"
    return vowels.get(letter, "")


def _twice(part: str) -> str:
    """A consonant may be doubled in Latin letters."""
    return part if part in ("", "[aeiou]*") or part.startswith("[") else f"{part}{{1,2}}"


def _code(letter: str, script: str) -> str | None:
    consonants, _ = _tables(script)
    if letter in consonants:
        return consonants[letter][1]
    return "_"


def _with_vowels(chosen: tuple[str, ...]) -> Iterator[str]:
    code = "".join(chosen).replace("_", "")
    code = re.sub(r"(.)\1+", r"\1", code)
    begins = "A" if chosen[0] == "_" else ""
    if len(code) > 2:
        yield begins + code
    else:
        yield from (begins + code + vowel for vowel in ("a", "e", "o"))
