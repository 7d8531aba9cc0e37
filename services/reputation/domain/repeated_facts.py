"""Does a reply repeat what the reviewer told, or name somebody the reviewer named?

A reviewer may tell everything, the firm nothing: not even what stands in the review already.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.reputation.domain.finding import Finding
from services.reputation.domain.guard_rules import WORDING
from services.reputation.domain.neutral_words import is_neutral, stem
from services.reputation.domain.plain_text import PlainText, Word, folded

SHORTEST_TELLING_WORD = 4
SHORTEST_NAME = 3
TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|dr|prof|herrn?|frau)\.? ([a-z'-]{2,40})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What the reviewer wrote, so that a reply repeats none of it."""

    text: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands in a review and must not stand in its reply; never a harmless word."""

    names: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()


def told_in(reviewed: Reviewed, harmless: frozenset[str]) -> Told:
    """The names of the reviewer and of whom they name, and their telling words."""
    return Told(
        names=frozenset(_names(reviewed) - harmless),
        stems=frozenset(stem(word) for word in _telling(reviewed.text, harmless)),
        harmless=harmless,
    )


def repeated_in(plain: PlainText, told: Told) -> Iterator[Finding]:
    """Everything of it that a reply repeats."""
    titled = {match.start(1) for match in TITLED.finditer(plain.text)}
    for word in plain.words():
        if word.text in told.names:
            yield _named(plain, word, refuses=True)
        elif word.start in titled:
            yield _named(plain, word, refuses=False)
        elif _tells(word.text, told.harmless) and stem(word.text) in told.stems:
            start, end = plain.span(word.start, word.end)
            yield Finding(
                rule="repeated-fact",
                start=start,
                end=end,
                message="a reply must not repeat what the reviewer tells",
                suggestion="leave the word out",
            )


def unknown_in(plain: PlainText, told: Told) -> Iterator[Finding]:
    """From the first to the last word that is neither courtesy nor approved: no rule knows it."""
    unknown = [word for word in plain.words() if _tells(word.text, told.harmless)]
    if unknown:
        start, end = plain.span(unknown[0].start, unknown[-1].end)
        message, suggestion = WORDING["unknown-words"]
        yield Finding(
            rule="unknown-words", start=start, end=end, message=message, suggestion=suggestion
        )


def _named(plain: PlainText, word: Word, *, refuses: bool) -> Finding:
    start, end = plain.span(word.start, word.end)
    message, suggestion = WORDING["name"]
    return Finding(
        rule="name",
        start=start,
        end=end,
        message=message,
        suggestion=suggestion,
        refuses=refuses,
    )


def _names(reviewed: Reviewed) -> set[str]:
    own = [each.text for each in folded(reviewed.author).words() if not is_neutral(each.text)]
    others = [match[1] for match in TITLED.finditer(folded(reviewed.text).text)]
    return {name for name in (*own, *others) if len(name) >= SHORTEST_NAME}


def _telling(text: str, harmless: frozenset[str]) -> Iterator[str]:
    for word in folded(text).words():
        if _tells(word.text, harmless):
            yield word.text


def _tells(word: str, harmless: frozenset[str]) -> bool:
    return len(word) >= SHORTEST_TELLING_WORD and word not in harmless and not is_neutral(word)
