"""What is a text read for, and what did a rule notice in it?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.reminders.domain.checks.word_lists import WordList
from services.reminders.domain.clauses import Clause

NEGATION_REACH = 45  # characters before or after: "cannot possibly guarantee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing noticed: by which rule, where in the text, why, and what to write instead."""

    rule: str
    start: int
    end: int
    message: str
    suggestion: str = ""
    refuses: bool = False
    """Whether nothing goes with it; otherwise a person weighs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text to be read, and what is known about it."""

    subject_line: str
    body: str
    language: str
    words: WordList
    clauses: tuple[Clause, ...] = ()  # what a letter of this name has to say
    greeting: str | None = None  # as the client's card has it; None: nobody in particular
    wanted_language: str | None = None  # the client's own; None: this one will do
    template: bool = False  # a text to be filled in, not one that is about to go
    firm: str = ""  # its name, as it stands below a letter

    @property
    def text(self) -> str:
        """Subject and text as one; findings say where in this."""
        return f"{self.subject_line}\n\n{self.body}"

    @property
    def body_start(self) -> int:
        """Where the text begins, after its subject."""
        return len(self.subject_line) + 2


def phrase(words: str) -> re.Pattern[str]:
    """These words, wherever they stand, over line ends and in any case."""
    parts = (re.escape(part) for part in words.split())
    inside = r"\s+".join(parts)
    return re.compile(rf"(?<!\w){inside}(?!\w)", re.IGNORECASE)


def places(patterns: Iterable[str], text: str) -> Iterator[tuple[str, int, int]]:
    """Each of these phrases with each of its places."""
    for words in patterns:
        for match in phrase(words).finditer(text):
            yield words, match.start(), match.end()
