"""How many parts does a text message travel in?

A short message carries 140 octets (3GPP TS 23.040). In the alphabet of 7 bits (TS 23.038) that is
160 characters, in UCS-2 it is 70; one character outside the first puts the whole text into the
second. Where several parts are joined each gives up 6 octets for its heading. A character of two
places is never cut in two.
"""

from collections.abc import Sequence
from typing import Literal

Alphabet = Literal["gsm-7", "ucs-2"]
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")  # each takes two places: an escape comes first
ALONE: dict[Alphabet, int] = {"gsm-7": 160, "ucs-2": 70}
JOINED: dict[Alphabet, int] = {"gsm-7": 153, "ucs-2": 67}
PLAINER = str.maketrans(
    {"\u202f": " ", "\u00a0": " ", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"',
     "\u201e": '"', "\u2013": "-", "\u2014": "-", "\u2026": "..."}
)  # fmt: skip


def plainer(text: str) -> str:
    """The text with typographic signs as a telephone types them: they would double its parts."""
    return text.translate(PLAINER)


def alphabet_of(text: str) -> Alphabet:
    """In which alphabet the text travels."""
    return "gsm-7" if set(text) <= BASIC | EXTENSION else "ucs-2"


def segments(text: str) -> int:
    """In how many parts the text travels; none where there is nothing to say."""
    if not text:
        return 0
    alphabet = alphabet_of(text)
    places = [_places(each, alphabet) for each in text]
    if sum(places) <= ALONE[alphabet]:
        return 1
    return _packed(places, JOINED[alphabet])


def _packed(places: Sequence[int], room: int) -> int:
    """How many parts of this room they fill, none of them cut in two."""
    parts, used = 1, 0
    for each in places:
        if used + each > room:
            parts, used = parts + 1, 0
        used += each
    return parts


def _places(character: str, alphabet: Alphabet) -> int:
    if alphabet == "gsm-7":
        return 2 if character in EXTENSION else 1
    return len(character.encode("utf-16-be")) // 2
