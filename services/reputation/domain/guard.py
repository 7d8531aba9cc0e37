"""May this text be published as a law firm's reply to a review?

A pure check with findings, each naming its rule and where it found it. It proves that the listed
rules hold for that exact text, not that nobody could infer anything: a person still approves it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.reputation.domain.draft import Profile
from services.reputation.domain.guard_phrases import DENIALS, PHRASE_RULES, PhraseRule
from services.reputation.domain.neutral_words import (
    COMMON_DE,
    COMMON_EN,
    COURTESY_DE,
    COURTESY_EN,
    is_neutral,
    stem,
)
from services.reputation.domain.plain_text import PlainText, Word, folded, without_umlaut_spelling

SHORTEST_TELLING_WORD = 4
SHORTEST_JUDGED_SENTENCE = 4  # words
KNOWN_SHARE = 0.3
SENTENCE_ENDS = ".!?\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason not to publish: which rule, where in the text, and why."""

    rule: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What the reviewer wrote, so that a reply repeats none of it."""

    text: str = ""
    author: str = ""


def findings_in(
    text: str, *, reviewed: Reviewed, limit: int, profile: Profile = "strict"
) -> tuple[Finding, ...]:
    """Everything that stands against this text, in the order of the text; empty if it may go."""
    plain = folded(text)
    found = [*_length(text, limit), *_script(text), *_language(plain), *_repeated(plain, reviewed)]
    rules = (*PHRASE_RULES, DENIALS) if profile == "strict" else PHRASE_RULES
    for spelling in (plain, without_umlaut_spelling(plain)):
        for rule in rules:
            found.extend(_phrases(spelling, rule))
    return tuple(sorted(set(found), key=lambda each: (each.start, each.end, each.rule)))


def _length(text: str, limit: int) -> Iterator[Finding]:
    if not text.strip():
        yield Finding(rule="empty", start=0, end=len(text), message="there is no text")
    if len(text) > limit:
        message = f"the site takes {limit} characters and this has {len(text)}"
        yield Finding(rule="length", start=limit, end=len(text), message=message)


def _phrases(plain: PlainText, rule: PhraseRule) -> Iterator[Finding]:
    for pattern in rule.phrases:
        for match in pattern.finditer(plain.text):
            start, end = plain.span(match.start(), match.end())
            yield Finding(rule=rule.rule, start=start, end=end, message=rule.message)


def _repeated(plain: PlainText, reviewed: Reviewed) -> Iterator[Finding]:
    theirs = {stem(word) for word in _telling(f"{reviewed.text}\n{reviewed.author}")}
    for word in plain.words():
        if len(word.text) < SHORTEST_TELLING_WORD or is_neutral(word.text):
            continue
        if stem(word.text) in theirs:
            start, end = plain.span(word.start, word.end)
            message = "a reply must not repeat what the reviewer tells"
            yield Finding(rule="repeated-fact", start=start, end=end, message=message)


def _telling(text: str) -> Iterator[str]:
    for word in folded(text).words():
        if len(word.text) >= SHORTEST_TELLING_WORD and not is_neutral(word.text):
            yield word.text


def _script(text: str) -> Iterator[Finding]:
    """Letters of other scripts can look like ours and pass every rule."""
    for place, character in enumerate(text):
        if character.isalpha() and not folded(character).text.isascii():
            message = "only Latin letters can be checked"
            yield Finding(rule="script", start=place, end=place + 1, message=message)
            return


def _language(plain: PlainText) -> Iterator[Finding]:
    """What is written in another language passes every rule unread."""
    for words in _sentences(plain):
        if len(words) < SHORTEST_JUDGED_SENTENCE:
            continue
        english = sum(word.text in COMMON_EN or word.text in COURTESY_EN for word in words)
        german = sum(word.text in COMMON_DE or word.text in COURTESY_DE for word in words)
        if max(english, german) < KNOWN_SHARE * len(words):
            start, end = plain.span(words[0].start, words[-1].end)
            message = "only English and German can be checked"
            yield Finding(rule="language", start=start, end=end, message=message)


def _sentences(plain: PlainText) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    end = 0
    for word in plain.words():
        if sentence and any(mark in plain.text[end : word.start] for mark in SENTENCE_ENDS):
            yield sentence
            sentence = []
        sentence.append(word)
        end = word.end
    if sentence:
        yield sentence
