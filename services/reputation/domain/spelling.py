"""Is a word written so that it looks like another?

Letters of another script inside a word, or characters nobody sees, let a word pass every rule that
reads words. A reply wholly in another script is honest: it cannot be checked, and is a lawyer's.
"""

import re
import unicodedata
from collections.abc import Iterator

from services.reputation.domain.finding import Finding

_WORD = re.compile(r"\S+")
_APART = re.compile(
    r"(?<!\w)[^\W\d_](?:"
    r"(?:[ *_·\u00a0]{1,2}[^\W\d_]){2,40}"  # initials of a name have a full stop
    r"|(?:-[^\W\d_]){3,40}|(?:[-.*_ ·][^\W\d_]){4,40})(?!\w)"
)
_DIGIT_INSIDE = re.compile(r"[^\W\d_][013457](?:[013457])?[a-zäöüß]")
ARE_WORDS = frozenset({"b2b", "b2c", "p2p", "h2o"})
HIDDEN = frozenset({"Cf", "Cc"})


def odd_spelling_in(text: str) -> Iterator[Finding]:
    """Every word that mixes scripts, hides characters between its letters, or spells them apart."""
    for match in _APART.finditer(text):
        yield _finding(match, "the letters of this word stand apart, so that no rule reads it")
    for match in _WORD.finditer(text):
        word = match.group()
        if _DIGIT_INSIDE.search(word) and not ARE_WORDS & set(re.findall(r"\w+", word.lower())):
            yield _finding(match, "a digit stands for a letter in this word")
        if word.isascii():
            continue
        if any(
            unicodedata.category(each) in HIDDEN and before.isalpha() and after.isalpha()
            for before, each, after in zip(word, word[1:], word[2:], strict=False)
        ):
            yield _finding(match, "there are characters in this word that nobody sees")
        elif len({_is_latin(each) for each in word if each.isalpha()}) > 1:
            yield _finding(match, "this word mixes letters of several scripts")


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def _finding(match: re.Match[str], message: str) -> Finding:
    return Finding(
        rule="script",
        start=match.start(),
        end=match.end(),
        message=message,
        suggestion="type the word again by hand",
        refuses=True,
    )
