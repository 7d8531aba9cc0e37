"""Which letters does the firm have, in which languages, and what has each to say?

A text stands in a file per language: its edition, its subject, then the letter, with [in brackets]
what a person fills in, and ``{{ retention }}`` where a required clause goes. A firm's own file
takes the place of the shipped one; its ``letters.yaml`` adds letters and clauses to the shipped.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.reminders.domain.clauses import Clause, ClauseLine, Name, Text, clauses_under
from services.reminders.domain.message_texts import TextError, TextFile
from services.reminders.domain.playbook import MessageClass
from shared.yaml_text import loaded

LAWYERS = frozenset({"lawyer", "partner"})
LETTERS_FILE = "letters.yaml"
WORDS_FILE = "words.yaml"
_EDITION = re.compile(r"Edition:[ \t]*(\S[^\n]{0,78})\n")


Ending = Literal["concern-closed", "matter-closed", "matter-reopened"]
SIGNER = frozenset({"signer_name", "signer_title"})
Signer = Literal["in-charge", "who-asked"]
"""Whose name is typed below a letter: that of the matter's lawyer, or of who had it drafted."""


class LetterKind(BaseModel):
    """A letter by its name: what it is called, how it goes, and who approves it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Annotated[str, Field(min_length=1, max_length=80)]
    message_class: Annotated[MessageClass, Field(alias="class")]
    approver: Annotated[str, Field(pattern="^(lawyer|partner)$")] = "lawyer"
    signed_by: Annotated[Signer, Field(alias="signed-by")] = "in-charge"
    confirm: Text | None = None  # a question that is answered with yes before it is approved
    until: tuple[Ending, ...] = ()  # with which a draft that nobody has approved is taken back


class LetterBook(BaseModel):
    """What the file of letters says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    letters: Mapping[Name, LetterKind] = Field(default_factory=dict)
    clauses: tuple[ClauseLine, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterText:
    """One letter in one language, with its gaps."""

    name: str
    language: str
    edition: str
    text: str  # a subject line, an empty line, the letter
    place: str
    line: int = 1  # on which the text begins, after its edition


@dataclass(frozen=True, slots=True)
class LetterSet:
    """All letters of the firm under the law it goes by."""

    kinds: Mapping[str, LetterKind]
    clauses: tuple[Clause, ...]
    texts: Mapping[tuple[str, str], LetterText]  # by language and name

    def required(self, name: str) -> tuple[Clause, ...]:
        """What a letter of this name has to say."""
        return tuple(each for each in self.clauses if name in each.letters)

    def words(self, language: str) -> dict[str, str]:
        """The clauses' own words in this language, each by the word a text puts it in with."""
        return {each.word: text for each in self.clauses if (text := each.wording(language))}

    def languages_of(self, name: str) -> tuple[str, ...]:
        """In which languages this letter is written."""
        return tuple(sorted(language for language, each in self.texts if each == name))

    def text_for(self, name: str, language: str, fallback: str) -> LetterText | None:
        """The letter in this language, else in the firm's own, else in any."""
        wanted = (language, fallback, *self.languages_of(name))
        return next((found for each in wanted if (found := self.texts.get((each, name)))), None)


@lru_cache(maxsize=8)
def read_book(text: str, place: str) -> LetterBook:
    """The file of letters; TextError names what is wrong in it."""
    try:
        return LetterBook.model_validate(loaded(text) or {})
    except yaml.YAMLError as broken:
        raise TextError(f"{place}: this is not YAML: {broken}") from broken
    except ValidationError as invalid:
        wrong = invalid.errors(include_url=False, include_input=False)
        raise TextError(
            *(f"{place}: {'.'.join(map(str, each['loc']))}: {each['msg']}" for each in wrong)
        ) from invalid


def letters_of(
    books: Iterable[LetterBook], files: Mapping[str, Iterable[TextFile]], profile: str
) -> LetterSet:
    """The letters that these books and files make, the later over the earlier; raises TextError.

    ``files``: the texts of each language.
    """
    kinds: dict[str, LetterKind] = {}
    lines: dict[str, ClauseLine] = {}
    for book in books:
        kinds |= book.letters
        lines |= {each.clause: each for each in book.clauses}
    texts: dict[tuple[str, str], LetterText] = {}
    mistakes: list[str] = []
    for language, some in files.items():
        for file in some:
            name = file.part.removesuffix(".txt")
            try:
                texts[language, name] = _text(name, language, file)
            except TextError as wrong:
                mistakes.append(wrong.message)
            if name not in kinds:
                mistakes.append(f"{file.place}: no letter {name} is named in {LETTERS_FILE}")
    mistakes += [
        f"{LETTERS_FILE}: there is no text of {name} in any language"
        for name in kinds
        if not any(each == name for _, each in texts)
    ]
    if mistakes:
        raise TextError(*mistakes)
    return LetterSet(kinds, clauses_under(lines.values(), profile), texts)


def _text(name: str, language: str, file: TextFile) -> LetterText:
    match = _EDITION.match(file.text)
    if match is None:
        raise TextError(f"{file.place}:1: begin with a line such as `Edition: 2026-11`")
    text = file.text[match.end() :].lstrip("\n")
    if not re.match(r"Subject:[ \t]*\S", text):
        raise TextError(f"{file.place}:2: go on with a line such as `Subject: Your matter`")
    line = file.text.count("\n", 0, len(file.text) - len(text)) + 1
    return LetterText(name, language, match[1].strip(), text, file.place, line)
