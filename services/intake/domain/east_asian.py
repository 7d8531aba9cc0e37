"""How is a Chinese or Korean name written in Latin letters, and when are two such spellings one?

Chinese characters are read in Mandarin and, with the spellings of Hong Kong, in Cantonese. Korean
names are spelled by several systems and by habit (Lee, Yi, Rhee): their syllables are brought to
one form. Of Japanese characters nothing is read: how they sound is not written.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

from services.intake.domain.scripts import script_of
from services.intake.domain.word_list import listed

SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
TWO_CHARACTER_SURNAMES = listed(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 夏侯 남궁 황보 제갈 선우 독고"
)
OTHER_READING = {
    "单": "shan", "單": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou",
    "朴": "piao", "尉": "yu", "覃": "qin", "翟": "zhai", "冼": "xian",
}  # fmt: skip
TABLES = Path(__file__).parent / "tables"


KOREAN_SYLLABLE = re.compile(
    r"(?:kk|tt|pp|ss|jj|ch|sh|[bcdfghjklmnprstwy])?(?:yeo|yae|wae|weo|yoo|you|eo|eu|ae|oo|ou|oe|ee|"
    r"ya|yu|yo|ye|wa|we|wi|wo|ui|[aeiou])(?:ng|[bgklmnrtp](?![aeiouwy])|h(?![aeiouwy]))?"
)  # fmt: skip
KOREAN_HABITS = tuple(
    (re.compile(written), common)
    for written, common in (
        ("^wu|^woo", "u"),
        ("ck$|k$", "g"), ("^ch", "j"), ("^sh(?=[iy])", "s"), ("^k|^kk", "g"), ("^t", "d"),
        ("^p", "b"), ("^r", "l"), ("oo|ou(?!n?g)", "u"), ("ee|eui|ui", "i"),
        ("y[oe]?ou?ng|yung", "yung"), ("uh$|eoh$", "eo"), ("eo(?=[a-z])", "u"), ("eu", "u"),
        ("weo", "wo"), ("ong$", "ung"), ("(?<=[aeiou])h$", ""), ("^yi$", "i"), ("^l(?=[iy])", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=10_000)
def romanised_names(word: str) -> tuple[tuple[str, ...], ...]:
    """The surname and given name in one word of Chinese or Korean characters, for each reading."""
    script = script_of(word)
    if script not in ("han", "hangul") or not 2 <= len(word) <= 4:
        return ()
    cut = 2 if word[:2] in TWO_CHARACTER_SURNAMES and len(word) > 2 else 1
    parts = (word[:cut], word[cut:])
    if script == "hangul":
        return (tuple(anyascii(part).lower() for part in parts),)
    mandarin = (OTHER_READING.get(parts[0]) or _pinyin(parts[0]), _pinyin(parts[1]))
    table = _cantonese()
    if all(character in table for character in word):
        cantonese = tuple("".join(table[c] for c in part) for part in parts)
        return tuple(dict.fromkeys((mandarin, cantonese, (mandarin[0], cantonese[1]))))
    return (mandarin,)


def syllables(word: str) -> list[str]:
    """The romanised syllables of a word in characters written without spaces."""
    return SYLLABLE.sub(" ", anyascii(word)).lower().split()


@lru_cache(maxsize=2_000)
def korean_name(words: tuple[str, ...]) -> tuple[str, str] | None:
    """Surname and given name in one form for all romanisations, if these may be a Korean name."""
    if not 2 <= len(words) <= 3:
        return None
    for surname, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        if surname not in _korean_surnames():
            continue
        joined = "".join(given)
        found = list(given) if _are_syllables(given) else KOREAN_SYLLABLE.findall(joined)
        if len(found) == 2 and "".join(found) == joined:
            return _korean_surnames()[surname], "".join(_usual(syllable) for syllable in found)
    return None


def korean_parts(word: str) -> tuple[str, ...]:
    """The surname and each syllable of the given name of one word of Korean characters."""
    if script_of(word) != "hangul":
        return ()
    cut = 2 if word[:2] in TWO_CHARACTER_SURNAMES and len(word) > 2 else 1
    return tuple(anyascii(part).lower() for part in (word[:cut], *word[cut:]))


def _are_syllables(given: Sequence[str]) -> bool:
    """Whether a given name is written syllable by syllable: Suk-yeol is no Su-kyeol."""
    return len(given) == 2 and all(KOREAN_SYLLABLE.fullmatch(each) for each in given)


def _usual(syllable: str) -> str:
    for written, common in KOREAN_HABITS:
        syllable = written.sub(common, syllable)
    return syllable


def _pinyin(characters: str) -> str:
    return anyascii(characters).lower().replace(" ", "")


@cache
def _cantonese() -> dict[str, str]:
    entries = (line.split() for line in _lines("cantonese.txt"))
    return {character: spelled for characters, spelled in entries for character in characters}


@cache
def _korean_surnames() -> dict[str, str]:
    entries = (line.split(":") for line in _lines("korean_surnames.txt"))
    return {spelling: usual for usual, spellings in entries for spelling in spellings.split()}


def _lines(table: str) -> list[str]:
    return [x for x in (TABLES / table).read_text("utf-8").splitlines() if not x.startswith("#")]
