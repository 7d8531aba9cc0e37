"""Is it hard to read?

Flesch's reading ease, for each language with the numbers its own authors found (they stand with
their source in the word list). Syllables are counted where Pyphen would divide a word, which is all
such a figure needs: it points at a text, a person looks at the sentences it names.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pyphen import LANGUAGES, Pyphen

from services.reminders.domain.checks.finding import Finding, Reading

RULE = "reading-grade"
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
WORD = re.compile(r"[^\W\d_]+")
TOO_SHORT = 60  # words, to say anything of a text


def look(reading: Reading) -> Iterator[Finding]:
    """The whole text where it is hard, and each sentence that is too long."""
    grade = reading.words.grade
    if grade is None or reading.language not in LANGUAGES:
        return
    sentences = [each for each in SENTENCE.finditer(reading.body) if WORD.search(each[0])]
    counted = [len(WORD.findall(each[0])) for each in sentences]
    for sentence, count in zip(sentences, counted, strict=True):
        if count > grade.longest:
            at = reading.body_start + sentence.start()
            yield Finding(
                rule=RULE, start=at, end=at + len(sentence[0]),
                message=f"a sentence of {count} words is hard to follow",
                suggestion="make two of it",
            )  # fmt: skip
    words = WORD.findall(reading.body)
    if len(words) < TOO_SHORT:
        return
    syllables = sum(syllables_of(each, reading.language) for each in words)
    ease = grade.base - grade.sentence * len(words) / len(sentences)
    ease -= grade.syllable * syllables / len(words)
    if ease < grade.least:
        yield Finding(
            rule=RULE, start=reading.body_start, end=reading.body_start,
            message=f"the text is hard to read: an ease of {ease:.0f}, where {grade.least:.0f} or "
            "more can be followed by most",
            suggestion="shorter sentences and everyday words",
        )  # fmt: skip


@lru_cache(maxsize=20_000)
def syllables_of(word: str, language: str) -> int:
    """How many syllables a word has, about."""
    return len(_divider(language).positions(word.lower())) + 1


@lru_cache(maxsize=8)
def _divider(language: str) -> Pyphen:
    return Pyphen(lang=language, left=1, right=1)
