"""What is a rule of the guard, and which hold in every language?

A rule has an id that never changes, a sentence that says what is wrong, a suggestion, and two sets
of phrases in folded form (``plain_text``): plain ones, for which a text is refused outright, and
hints, which a lawyer weighs. Each set is judged within one sentence. Every repetition is bounded,
so that no text, however made, takes long; where a phrase says "any word", ``bounded`` says how long
a word may be.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRule:
    """One thing a reply must not do, and the phrases that do it."""

    rule: str
    message: str
    suggestion: str
    plain: Patterns = ()
    hints: Patterns = ()
    excuse: re.Pattern[str] | None = None
    """Where a sentence says this too, a plain phrase is only a hint: a lawyer reads it."""


WORDING: Final[dict[str, tuple[str, str]]] = {
    "relationship": (
        "a reply must not say or hint that anybody was, or was not, a client",
        "thank for the feedback, or say that professional duties prevent an answer",
    ),
    "name": (
        "a reply must not name anybody",
        "leave the name out",
    ),
    "fact-date": (
        "a reply must not name a date or a time",
        "leave out when anything was",
    ),
    "fact-amount": (
        "a reply must not mention money, fees or bills",
        "leave it out, and invite to a private talk",
    ),
    "fact-court": (
        "a reply must not mention courts, judges or proceedings",
        "leave it out; say at most that you do not comment in public",
    ),
    "fact-outcome": (
        "a reply must not mention how anything ended",
        "leave it out; say at most that you do not comment in public",
    ),
    "fact-subject": (
        "a reply must not say what anything was about",
        "leave it out; say at most that you do not comment in public",
    ),
    "fact-reference": (
        "a reply must not contain numbers, not even of a matter",
        "leave the number out",
    ),
    "contact-data": (
        "a reply must not contain an e-mail address, a phone number or a link",
        "write “please contact our office”",
    ),
    "unknown-words": (
        "no rule knows these words: they may tell something",
        "read it as somebody would who knows whom it is about",
    ),
    "threat": (
        "a reply must not threaten anybody",
        "leave it out, or report the review to the site",
    ),
    "incentive": (
        "a reply must not offer anything, nor ask for a review to be changed",
        "leave it out, and invite to a private talk",
    ),
    "denial": (
        "even saying that a review is wrong reveals something",
        "say that professional duties prevent an answer, or report the review to the site",
    ),
}


LONGEST_WORD: Final = 40
_ENDLESS = re.compile(r"(?<=[\]\w])[*+]")


def bounded(pattern: str) -> str:
    """The pattern with "any number of letters" read as a word's worth of them."""
    return _ENDLESS.sub(
        lambda sign: f"{{{int(sign.group() == '+')},{LONGEST_WORD}}}",
        pattern,
    )


def words(*patterns: str) -> Patterns:
    """Patterns that match whole words only, and never read on without end."""
    return tuple(re.compile(rf"\b(?:{bounded(pattern)})\b") for pattern in patterns)


def rule(
    id: str, *, plain: Iterable[str] = (), hints: Iterable[str] = (), excuse: str = ""
) -> GuardRule:
    """A rule of one language, in the wording all languages share."""
    message, suggestion = WORDING[id]
    return GuardRule(
        rule=id,
        message=message,
        suggestion=suggestion,
        plain=words(*plain),
        hints=words(*hints),
        excuse=words(excuse)[0] if excuse else None,
    )


def _everywhere(id: str, *, plain: Patterns = (), hints: Patterns = ()) -> GuardRule:
    message, suggestion = WORDING[id]
    return GuardRule(rule=id, message=message, suggestion=suggestion, plain=plain, hints=hints)


def _compiled(compile: Callable[[str], re.Pattern[str]], *patterns: str) -> Patterns:
    return tuple(compile(each) for each in patterns)


IN_EVERY_LANGUAGE: Final = (
    _everywhere(
        "contact-data",
        plain=_compiled(
            re.compile,
            r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}",
            r"https?:|www\.",
            r"\b[\w-]{1,63}\.(?:com|org|net|law|legal|de|at|ch|uk|us|eu|info|example)\b",
            r"\+?\d(?:[ ()/.-]{0,3}\d){6,20}",
        ),
    ),
    _everywhere(
        "fact-date",
        plain=_compiled(
            re.compile,
            r"(?<![\d.])\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?!\d)",
            r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)",
        ),
    ),
    _everywhere(
        "fact-amount",
        plain=_compiled(
            re.compile,
            r"[$€£¥]\s?\d",
            r"(?<!\d)\d{1,9}(?:[.,]\d{1,9})?\s?(?:[$€£¥]|(?:euros?|eur|usd|dollars?|gbp|pounds?|chf)\b)",
        ),
    ),
    _everywhere(
        "fact-reference",
        plain=_compiled(
            re.compile,
            r"(?<!\d)\d{1,4}:\d\d-[a-z]{2}-\d",
            r"(?<!\d)\d{1,4} [a-z]{1,4} \d{1,5}/\d\d",
            r"\b(?:az|docket|(?:case|file|matter|index) (?:no|number))\b[.:# ]{0,3}\d",
        ),
        hints=_compiled(re.compile, r"[\w/.:-]{0,20}\d[\w/.:-]{0,20}"),
    ),
)
