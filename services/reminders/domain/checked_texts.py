"""What stands against the firm's texts as they are written, before anybody is written to?

A text is read with its gaps: what a program fills in is left out, required clauses are put in.
Every finding has its file and line. With one that refuses, a service does not start.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.reminders.domain.checks.every import RULES, Rule, check
from services.reminders.domain.checks.finding import Finding, Reading
from services.reminders.domain.checks.word_lists import NO_WORDS, WordList
from services.reminders.domain.letter_texts import SIGNER, LetterSet
from services.reminders.domain.message_texts import ALWAYS, FRAME, TextError, TextFile
from services.reminders.domain.wording import Occasion, Wording, WordingError

GREETED = "Dear reader,"  # where a text greets
_WORD = re.compile(r"\{\{\s*(\w+)\s*\}\}")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # any instant will do, to try a text out
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_SUBJECT = re.compile(r"\s*Subject:[ \t]*([^\n]*)\n+")


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding in a text of the firm, and where it stands."""

    place: str  # file and line
    finding: Finding

    def __str__(self) -> str:
        found = self.finding
        instead = f" Instead: {found.suggestion.removesuffix('.')}." if found.suggestion else ""
        return f"{self.place}: {found.rule}: {found.message}.{instead}"


def remarks_on_letters(
    letters: LetterSet, lists: Mapping[str, WordList], rules: Iterable[Rule] = RULES
) -> Iterator[Remark]:
    """What is noticed in every letter of the firm, in each language."""
    for letter in letters.texts.values():
        words = {**letters.words(letter.language), "greeting": GREETED}
        reading = _reading(letter.text, letter.language, lists, words)
        required = letters.required(letter.name)
        given = Reading(
            subject_line=reading.subject_line, body=reading.body, language=letter.language,
            words=reading.words, clauses=required, template=True,
        )  # fmt: skip
        for finding in check(given, rules):
            line = letter.line - 1 + _line_in(letter.text, given, finding)
            yield Remark(f"{letter.place}:{line}", finding)


def remarks_on_messages(
    languages: Mapping[str, Iterable[TextFile]],
    lists: Mapping[str, WordList],
    rules: Iterable[Rule] = RULES,
) -> Iterator[Remark]:
    """What is noticed in every message, in each language."""
    for language, files in languages.items():
        for file in files:
            if file.part.startswith(f"{FRAME}/") or not file.part.endswith(".txt"):
                continue
            reading = _reading(file.text, language, lists, {"greeting": GREETED})
            for finding in check(reading, rules):
                yield Remark(f"{file.place}:{_line_in(file.text, reading, finding)}", finding)


def _reading(
    text: str, language: str, lists: Mapping[str, WordList], words: Mapping[str, str]
) -> Reading:
    """The text without what a program fills in, and with the clauses it puts in."""
    filled = _WORD.sub(lambda match: words.get(match[1], match[0]), text)
    plain = _TAG.sub(" ", filled)
    subject = _SUBJECT.match(plain)
    return Reading(
        subject_line=subject[1].strip() if subject else "",
        body=plain[subject.end() :].strip() if subject else plain,
        language=language,
        words=lists.get(language, NO_WORDS),
        template=True,
    )


def _line_in(text: str, reading: Reading, finding: Finding) -> int:
    """On which line of the text its words stand; the first where they stand in none."""
    said = reading.text[finding.start : finding.end].split("\n", 1)[0].strip()
    at = text.find(said) if said else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def refuse_unfit(remarks: Iterable[Remark]) -> None:
    """TextError where a text of the firm could not go as it is written."""
    mistakes = [str(each) for each in remarks if each.finding.refuses]
    if mistakes:
        raise TextError(*mistakes)


def try_out(letters: LetterSet, wording: Wording) -> None:
    """TextError where a letter uses a word that nobody fills in, or cannot greet."""
    zone = ZoneInfo("UTC")
    mistakes = []
    for letter in letters.texts.values():
        words = {**letters.words(letter.language), "name": "N. N.", "firm": "Firm"}
        occasion = Occasion(locale=letter.language, zone=zone, now=LONG_AGO, firm=zone)
        try:
            wording.render(letter.name, words, occasion)
        except WordingError:
            mistakes.append(
                f"{letter.place}:{letter.line}: uses a word that nobody fills in; there are: "
                f"{', '.join(sorted(ALWAYS | SIGNER | words.keys()))}"
            )
    if mistakes:
        raise TextError(*mistakes)
