"""How does a word sound, in a code that is the same for all its usual spellings?

A code keeps the consonants and forgets what spellings differ in. Some letters stand for several
sounds (the ch of Koch, of Church and of Christian): a word is filed under one code and looked for
under each. Codes find candidates; alone they are never a reason.
"""

import re
from functools import lru_cache
from itertools import product

from services.intake.domain.letters import usual
from services.intake.domain.scripts import romanised, script_of
from services.intake.domain.semitic import codes_of_consonants

MOST_CODES = 16
FEW_CONSONANTS = 2  # a code this short says too little: it gets the class of the first vowel

GRAPHEMES = (
    ("schtsch", "S"), ("shtch", "S"), ("chtch", "S"), ("shch", "S"), ("tsch", "S "), ("tch", "S "),
    ("sch", "S"), ("tzsch", "S"), ("dzh", "S T"), ("cz", "S"), ("tz", "S"), ("ts", "S"),
    ("sh", "S"), ("zh", "S"), ("ch", "_SK"), ("ck", "K"), ("kh", "K_"), ("gh", "K_"), ("ph", "F"),
    ("th", "T"), ("dj", "TS"), ("dg", "S"), ("gn", "N"), ("qu", "K"), ("x", "X"), ("ks", "X"),
)  # fmt: skip
SINGLE = {
    "b": "B", "c": "K", "d": "T", "f": "F", "g": "K", "h": "_", "j": "_SK", "k": "K", "l": "L",
    "m": "M", "n": "N", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "v": "F", "w": "F_",
    "z": "S",
}  # fmt: skip
SOFT = {"c": "S", "g": "K_S"}
BEFORE_SOFT = "eiy"
VOWELS = {"a": "a", "e": "e", "i": "e", "y": "e", "o": "o", "u": "o"}
TOKEN = re.compile(
    "|".join([*sorted((g for g, _ in GRAPHEMES), key=len, reverse=True), "[a-z]", r"\d"])
)
OF_GRAPHEME = {written: sound.replace(" ", "_") for written, sound in GRAPHEMES}
NO_VOWELS = str.maketrans("", "", "aeiou")
TWICE = re.compile(r"(.)\1+")


def same_sound(one: str, other: str) -> bool:
    """Whether two written words may sound the same, whatever language is read."""
    there = not set(filed_codes(one)).isdisjoint(codes_of(other))
    return there and not set(filed_codes(other)).isdisjoint(codes_of(one))


@lru_cache(maxsize=4_000)
def skeleton(form: str) -> str:
    """The consonants of a word as it is usually spelled, and how it begins."""
    common = usual(form).replace("ge", "je").replace("gi", "ji").replace("h", "")
    return common[:1] + common[1:].translate(NO_VOWELS)


@lru_cache(maxsize=4_000)
def filed_codes(word: str) -> tuple[str, ...]:
    """Under which codes a word is filed: one, or one for each spelling its script allows."""
    if script_of(word) in ("arabic", "hebrew"):
        return codes_of(word)
    return tuple(dict.fromkeys(_codes(latin, 1)[0] for latin in romanised(word) or (word,)))


@lru_cache(maxsize=3_000)
def codes_of(word: str) -> tuple[str, ...]:
    """Under which codes a word is looked for, the one it is filed under first."""
    script = script_of(word)
    if script in ("arabic", "hebrew"):
        return codes_of_consonants(word, script)
    found = dict[str, None]()
    found.update(dict.fromkeys(filed_codes(word)))
    for latin in romanised(word) or (word,):
        found.update(dict.fromkeys(_codes(latin)))
    return tuple(found)[:MOST_CODES]


def _codes(latin: str, most: int = MOST_CODES) -> list[str]:
    if not latin.isascii() or not any("a" <= c <= "z" for c in latin):
        return [latin]
    tokens = TOKEN.findall(latin)
    sounds = [_sounds(token, tokens, at) for at, token in enumerate(tokens)]
    vowel = next((VOWELS[letter] for letter in usual(latin) if letter in VOWELS), "")
    codes = list[str]()
    for chosen in product(*sounds):
        codes.append(_joined(chosen, vowel))
        if len(codes) >= most:
            break
    return codes


def _sounds(token: str, tokens: list[str], at: int) -> str:
    if token in OF_GRAPHEME:
        first = tokens[at + 1][:1] if at + 1 < len(tokens) else ""
        return "K" if token[:2] == "ch" and first in ("r", "l") else OF_GRAPHEME[token]
    if token in VOWELS:
        return "_"
    if token in SOFT and at + 1 < len(tokens) and tokens[at + 1][:1] in BEFORE_SOFT:
        return SOFT[token]
    return SINGLE.get(token, token)


def _joined(chosen: tuple[str, ...], vowel: str) -> str:
    """The consonants in a row, none twice; A before them where none begins the word."""
    begins = "A" if chosen[0] == "_" else ""
    consonants = TWICE.sub(r"\1", "".join(chosen).replace("_", "").replace("X", "KS"))
    few = len(consonants) <= FEW_CONSONANTS
    return begins + consonants + (vowel if few else "")
