"""May this text stand under a review as the law firm's reply?

Three answers. What is made of sentences the firm has approved for such a review passes. A text that
plainly tells what a firm must keep to itself is refused. Everything else, however harmless it
looks, is read by a lawyer first, with what the rules noticed as hints. Rules prove nothing about
what somebody could infer; that is why they let nothing pass.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from services.reputation.domain.approved_replies import (
    ApprovedReplies,
    ApprovedSentence,
    Mood,
    Profile,
)
from services.reputation.domain.finding import Finding
from services.reputation.domain.guard_rules import IN_EVERY_LANGUAGE, GuardRule, Patterns
from services.reputation.domain.guard_rules_de import RULES as GERMAN
from services.reputation.domain.guard_rules_en import RULES as ENGLISH
from services.reputation.domain.language import UNKNOWN, Language, language_of
from services.reputation.domain.plain_text import PlainText, folded, without_umlaut_spelling
from services.reputation.domain.repeated_facts import (
    Reviewed,
    Told,
    repeated_in,
    told_in,
    unknown_in,
)
from services.reputation.domain.sentences import Sentence, sentences_of
from services.reputation.domain.spelling import odd_spelling_in

RULES_VERSION: Final = "5"
"""Raised with every change of a rule: an event says by which rules a text was checked."""

RULES: Final[dict[Language, tuple[GuardRule, ...]]] = {"en": ENGLISH, "de": GERMAN}

SHORTEST_NUMBER: Final = 6  # digits by which two ways to write a number are known to be one
OWN_NUMBER: Final = "not every site lets the firm's own number stand in a reply"

Verdict = Literal["pass", "lawyer", "refuse"]
Known = tuple[Language, ApprovedSentence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Under which review a reply would stand."""

    mood: Mood
    site: str
    limit: int
    language: Language
    profile: Profile = "strict"
    reviewed: Reviewed = field(default_factory=Reviewed)
    phone: str = ""
    """The firm's own number: an invitation to call it tells nothing about anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the guard says about one exact text."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    composed: bool = False
    """Whether every sentence is one the firm has approved, be it for another review."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that noticed something, each once."""
        return tuple(sorted({each.rule for each in self.findings}))


def judge(text: str, occasion: Occasion, approved: ApprovedReplies) -> Judgement:
    """What was noticed in this text, in the order of the text, and what follows from it."""
    if found := tuple(_length(text, occasion.limit)):  # first and alone: the rest takes time
        return Judgement(verdict="refuse", findings=found)
    whole = language_of(text)
    told = told_in(occasion.reviewed, approved.words)
    found, composed = (), True
    for sentence in sentences_of(text):
        known = approved.sentence(sentence.text)
        composed = composed and known is not None
        noticed = set(
            _unfit(sentence, known, occasion)
            if known
            else _noticed(sentence, whole or occasion.language, told)
        )
        noticed = {_own_number_excused(each, text, occasion.phone) for each in noticed}
        if known is None and not noticed:
            noticed = set(unknown_in(folded(sentence.text, sentence.start), told))
        found += tuple(sorted(noticed, key=lambda each: (each.start, each.end, each.rule)))
    return Judgement(verdict=_verdict(found, composed), findings=found, composed=composed)


def check_approved(approved: ApprovedReplies) -> None:
    """Raise ValueError where a firm has approved what the guard would refuse from anybody else."""
    for language in approved.languages:
        for each in approved.sentences(language):
            (sentence,) = sentences_of(each.say)
            for found in _noticed(sentence, language, Told()):
                if found.refuses:
                    raise ValueError(f"{language}, sentence {each.id}: {found.message}")


def version_of(approved: ApprovedReplies) -> str:
    """By which rules and which approved sentences a text is judged."""
    return f"{RULES_VERSION}.{approved.fingerprint}"


def _verdict(found: tuple[Finding, ...], composed: bool) -> Verdict:
    if any(each.refuses for each in found):
        return "refuse"
    return "pass" if composed and not found else "lawyer"


def _length(text: str, limit: int) -> Iterator[Finding]:
    if not text.strip():
        message = "there is no text"
        yield Finding(rule="empty", start=0, end=len(text), message=message, refuses=True)
    if len(text) > limit:
        yield Finding(
            rule="length",
            start=limit,
            end=len(text),
            message=f"the site takes {limit} characters and this has {len(text)}",
            suggestion="make it shorter",
            refuses=True,
        )


def _own_number_excused(found: Finding, text: str, phone: str) -> Finding:
    """A number of the firm itself is only a hint, in whichever of its forms it is written."""
    said, own = (re.sub(r"\D", "", each) for each in (text[found.start : found.end], phone))
    short, long = sorted((said.lstrip("0"), own.lstrip("0")), key=len)
    if found.rule == "contact-data" and len(short) >= SHORTEST_NUMBER and long.endswith(short):
        return replace(found, refuses=False, message=OWN_NUMBER)
    return found


def _unfit(sentence: Sentence, known: Known, occasion: Occasion) -> Iterator[Finding]:
    """An approved sentence under a review it was not approved for."""
    language, approved = known
    message = ""
    if not approved.fits(occasion.mood, occasion.site, occasion.profile):
        message = "this sentence is approved for other reviews"
    elif occasion.language not in (UNKNOWN, language):
        message = "this sentence is not in the language of the review"
    if message:
        yield Finding(
            rule="occasion",
            start=sentence.start,
            end=sentence.end,
            message=message,
            suggestion="pick one of the replies approved for this review",
        )


def _noticed(sentence: Sentence, otherwise: Language, told: Told) -> Iterator[Finding]:
    """Everything in one sentence nobody has approved; places are those of the whole text."""
    plain = folded(sentence.text, sentence.start)
    language = language_of(sentence.text) or otherwise
    for each in odd_spelling_in(sentence.text):
        yield each.moved(sentence.start)
    yield from repeated_in(plain, told)
    yield from _phrases(plain, IN_EVERY_LANGUAGE)
    if language == UNKNOWN:
        rules = tuple(rule for each in RULES.values() for rule in each)
    else:
        rules = RULES.get(language, ())
    yield from _phrases(plain, rules)
    if language in ("de", UNKNOWN):
        yield from _phrases(without_umlaut_spelling(plain), GERMAN)
    if language not in RULES:
        yield Finding(
            rule="language",
            start=sentence.start,
            end=sentence.end,
            message="no rule reads this language",
            suggestion="have it read by a lawyer who does",
        )


def _phrases(plain: PlainText, rules: tuple[GuardRule, ...]) -> Iterator[Finding]:
    for rule in rules:
        excused = rule.excuse is not None and rule.excuse.search(plain.text) is not None
        plainly = set(_matches(plain, rule, rule.plain, refuses=not excused))
        yield from plainly
        for hint in _matches(plain, rule, rule.hints, refuses=False):
            if not any(each.start <= hint.start and hint.end <= each.end for each in plainly):
                yield hint


def _matches(
    plain: PlainText, rule: GuardRule, patterns: Patterns, *, refuses: bool
) -> Iterator[Finding]:
    for pattern in patterns:
        for match in pattern.finditer(plain.text):
            start, end = plain.span(match.start(), match.end())
            yield Finding(
                rule=rule.rule,
                start=start,
                end=end,
                message=rule.message,
                suggestion=rule.suggestion,
                refuses=refuses,
            )
