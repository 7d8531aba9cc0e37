"""In which script is a word written, and how are Cyrillic and Greek words romanised?

Offices romanise by the habits of their own language: Щербаков is Shcherbakov in English,
Schtscherbakow in German, Chtcherbakov in French. Each system is a table; a word has one spelling
under each.
"""

# ruff: noqa: RUF001 - letters of other scripts

import unicodedata
from functools import lru_cache

LATIN_ENDS = 0x024F
RANGES = (
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x1E00, 0x1EFF, "latin"),
    (0x1F00, 0x1FFF, "greek"),
    (0x3040, 0x30FF, "kana"),
    (0x3400, 0x9FFF, "han"),
    (0xAC00, 0xD7A3, "hangul"),
)

_SAME = dict(zip("абвгдзийклмнопрстуфыэіґјѓќ", "abvgdziiklmnoprstufyeigjgk", strict=True))
_SAME |= {"љ": "lj", "њ": "nj"}
_SILENT = {"ь": "", "ъ": "", "'": ""}
ENGLISH = _SAME | _SILENT | {
    "е": "e", "ё": "yo", "ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ю": "yu", "я": "ya", "є": "ye", "ї": "yi", "ў": "w", "ђ": "dj", "ћ": "c",
    "џ": "dz",
}  # fmt: skip
GERMAN = ENGLISH | {
    "в": "w", "ё": "jo", "ж": "sch", "з": "s", "й": "j", "х": "ch", "ц": "z", "ч": "tsch",
    "ш": "sch", "щ": "schtsch", "ю": "ju", "я": "ja", "є": "je", "ї": "ji",
}  # fmt: skip
FRENCH = ENGLISH | {
    "ё": "io", "ж": "j", "й": "i", "ч": "tch", "ш": "ch", "щ": "chtch", "у": "ou", "ю": "iou",
    "я": "ia", "є": "ie", "ї": "i",
}  # fmt: skip
SCIENTIFIC = ENGLISH | {
    "ё": "e", "ж": "z", "й": "j", "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "sc", "ю": "ju",
    "я": "ja", "г": "g",
}  # fmt: skip
UKRAINIAN = ENGLISH | {"г": "h", "и": "y", "х": "kh", "є": "ie", "ю": "iu", "я": "ia", "й": "i"}
CYRILLIC = (ENGLISH, GERMAN, FRENCH, SCIENTIFIC, UKRAINIAN)

_GREEK_PAIRS = (
    ("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"), ("γκ", "gk"), ("γχ", "nch"),
    ("μπ", "b"), ("ντ", "nt"), ("αι", "ai"), ("ει", "ei"), ("οι", "oi"),
)  # fmt: skip
_GREEK_BEGINNINGS = {"μπ": "b", "ντ": "d", "γκ": "g"}  # Ντόκος is Dokos
GREEK_OFFICIAL = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
GREEK_OFFICIAL |= {"θ": "th", "χ": "ch", "ψ": "ps"}
GREEK_ENGLISH = GREEK_OFFICIAL | {"φ": "ph", "χ": "h", "υ": "i", "ξ": "ks", "η": "e"}
GREEK = (GREEK_OFFICIAL, GREEK_ENGLISH)


@lru_cache(maxsize=5_000)
def script_of(word: str) -> str:
    """The script of a word's first letter that is not Latin: cyrillic, han, …; or latin."""
    if word.isascii():
        return "latin"
    for letter in word:
        point = ord(letter)
        if point <= LATIN_ENDS or not letter.isalpha():
            continue
        found = next((name for low, high, name in RANGES if low <= point <= high), "other")
        if found != "latin":
            return found
    return "latin"


@lru_cache(maxsize=5_000)
def romanised(word: str) -> tuple[str, ...]:
    """A Cyrillic or Greek word under each system, English first; nothing for other scripts."""
    script = script_of(word)
    lower = unicodedata.normalize("NFC", word.casefold())
    if script == "cyrillic":
        return tuple(dict.fromkeys("".join(t.get(c, c) for c in lower) for t in CYRILLIC))
    if script == "greek":
        return tuple(dict.fromkeys(_greek(lower, table) for table in GREEK))
    return ()


def _greek(lower: str, table: dict[str, str]) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    bare = _GREEK_BEGINNINGS.get(bare[:2], bare[:2]) + bare[2:]
    for pair, latin in _GREEK_PAIRS:
        bare = bare.replace(pair, latin)
    return "".join(table.get(c, c) for c in bare)
