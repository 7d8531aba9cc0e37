"""What is a client called?

The desk keeps its own card of each client, sealed under the client's key, so that its pages can
say a name that no event about a task carries. The later statement wins.
"""

import re
import unicodedata
from dataclasses import dataclass

SHORTEST, LONGEST = 2, 8  # letters of a word by which it is found
MOST_WORDS = 8
WORD = re.compile(r"\w+")
LETTERS = str.maketrans(  # those that are no letter with a sign
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "ŧ": "t", "þ": "th",
     "æ": "ae", "œ": "oe"}
)  # fmt: skip
SPELLED_OUT = re.compile(r"(?<=[aou])e(?=\w)|(?<=\w[aou])e")
# ae is read as ä, in Schoenbaechler and in Israel alike; Oe, which is all of a name, stays
FIRST_WHOLE = "\u3040"  # from here on one letter may be a name, such as 李


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One client's card; the name of an erased client reads as None."""

    client_id: str
    name: str | None = None
    stamp: str = ""


def renamed(card: Card, name: str, stamp: str) -> Card:
    """The card after a statement of the client's name."""
    return Card(client_id=card.client_id, name=name, stamp=stamp) if stamp > card.stamp else card


def beginnings(name: str | None) -> list[str]:
    """What the words of a name begin with: by these a client is found, kept as keyed hashes."""
    found = {
        word[:length]
        for word in words_of(name or "")[:MOST_WORDS]
        for length in range(_shortest(word), min(len(word), LONGEST) + 1)
    }
    return sorted(found)


def words_of(typed: str) -> list[str]:
    """The words of a name or of a search, in plain letters."""
    return [word for word in WORD.findall(_plain(typed)) if len(word) >= _shortest(word)]


def sought_beginnings(typed: str) -> list[str]:
    """By what a search for a name has to look."""
    return [word[:LONGEST] for word in words_of(typed)[:MOST_WORDS]]


def _shortest(word: str) -> int:
    return 1 if word >= FIRST_WHOLE else SHORTEST


def _plain(text: str) -> str:
    """Without case and accents, as ever it is spelled: Müller, Mueller and muller are one word."""
    parts = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return SPELLED_OUT.sub("", bare)
