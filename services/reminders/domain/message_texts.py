"""Which texts are there in each language, shipped and the firm's own, and can they be sent?

The firm's texts are laid over the shipped ones file by file; a language nobody ships is the firm's
alone. What could not be sent is found when the service starts: a word that no message of this name
has, a text without a subject, a language that cannot greet. A message that a language lacks goes in
the firm's fallback language. In a folder of its own stand the short texts for a telephone; what has
none there goes by e-mail.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

import yaml
from jinja2 import TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ValidationError

from services.reminders.domain.moment_words import MomentWords
from services.reminders.domain.text_words import TextWords
from shared.errors import ClienteleError
from shared.yaml_text import loaded

FRAME = "frame"
SHORT, WORDS = "sms", "words.yaml"  # the folder of text messages, and what clients answer with
GREETING, FOOTER, SIGNATURE, MOMENTS = "greeting.txt", "footer.txt", "signature.txt", "moments.yaml"
PARTS = (GREETING, FOOTER, SIGNATURE, MOMENTS)
ALWAYS = frozenset(
    {"firm", "greeting", "name", "firm_address", "firm_phone", "imprint", "privacy",
     "lawyer_name", "lawyer_phone", "preferences"}
)  # fmt: skip
SAID_WITH = frozenset({"day", "clock", "clock_note", "relative", "when", "gone", "money", "button",
                       "figure", "linked", "month_name",
                       "american"})  # fmt: skip
"""What every text may use: what the firm and the client are called, how moments are said and, of
English, whether its reader spells as in North America."""

Data = TypeVar("Data", bound=BaseModel)
_SUBJECT = re.compile(r"\s*Subject:\s*\S")
_READER = ImmutableSandboxedEnvironment()


class TextError(ClienteleError):
    """Texts of a language cannot be used; each mistake has its file, and its line if it has one."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__("\n".join(mistakes))


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file: which part of a language it is, where it stands, what it says."""

    part: str  # "welcome.txt", "frame/greeting.txt"
    place: str  # as people look for it
    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class MessageTexts:
    """Every text by ``language/name``, and the frame of each language."""

    messages: Mapping[str, str]
    frames: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # language → part → text
    moments: Mapping[str, MomentWords] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)  # of text messages, by language/name
    words: Mapping[str, TextWords] = field(default_factory=dict)  # what clients answer them with


def texts_of(languages: Mapping[str, Iterable[TextFile]], framed: Iterable[str]) -> MessageTexts:
    """The texts of these languages, the later of two files of one part; raises TextError.

    ``framed`` are the parts of the frame that each language needs.
    """
    files = {name: {each.part: each for each in some} for name, some in languages.items()}
    known = _words_by_part(files)
    mistakes = [
        complaint
        for language, parts in files.items()
        for complaint in _complaints(language, parts, known, tuple(framed))
    ]
    if mistakes:
        raise TextError(*mistakes)
    return MessageTexts(
        messages=_by_name(files, ""),
        frames={
            language: {
                part.removeprefix(f"{FRAME}/"): each.text
                for part, each in parts.items()
                if part.startswith(f"{FRAME}/")
            }
            for language, parts in files.items()
        },
        moments={
            language: _moments(parts[f"{FRAME}/{MOMENTS}"])
            for language, parts in files.items()
            if f"{FRAME}/{MOMENTS}" in parts
        },
        short=_by_name(files, SHORT),
        words={
            language: read_text_words(parts[f"{SHORT}/{WORDS}"])
            for language, parts in files.items()
            if f"{SHORT}/{WORDS}" in parts
        },
    )


def _by_name(files: Mapping[str, Mapping[str, TextFile]], folder: str) -> dict[str, str]:
    """The texts of this folder of each language, by ``language/name``."""
    return {
        f"{language}/{part.rpartition('/')[2].removesuffix('.txt')}": each.text
        for language, parts in files.items()
        for part, each in parts.items()
        if part.rpartition("/")[0] == folder and part.endswith(".txt")
    }


def _complaints(
    language: str, parts: Mapping[str, TextFile], known: Mapping[str, set[str]],
    framed: tuple[str, ...],
) -> Iterator[str]:  # fmt: skip
    for part in framed:
        if f"{FRAME}/{part}" not in parts:
            one = next(iter(parts.values()), None)
            folder = one.place.removesuffix(one.part) if one else f"{language}/"
            yield f"{folder}{FRAME}/{part}: is missing; without it nothing is sent in {language}"
    short = [each for part, each in parts.items() if part.startswith(f"{SHORT}/")]
    if short and f"{SHORT}/{WORDS}" not in parts:
        folder = short[0].place.rpartition("/")[0]
        yield f"{folder}/{WORDS}: is missing; without it nobody could end text messages"
    for each in parts.values():
        if each.own:
            yield from _wrong_in(each, known)


def _wrong_in(file: TextFile, known: Mapping[str, set[str]]) -> Iterator[str]:
    folder, _, name = file.part.rpartition("/")
    if not _may_stand_there(folder, name):
        yield (
            f"{file.place}: is no text of a language; {FRAME} holds {', '.join(PARTS)}, "
            f"{SHORT} holds texts and {WORDS}"
        )
        return
    if name in (MOMENTS, WORDS):
        try:
            _moments(file) if name == MOMENTS else read_text_words(file)
        except TextError as wrong:
            yield wrong.message
        return
    try:
        words = words_in(file.text)
    except TemplateSyntaxError as broken:
        yield f"{file.place}:{broken.lineno}: {broken.message}"
        return
    yield from _unknown_words(file, words, known)
    if not folder and not _SUBJECT.match(file.text):
        yield f"{file.place}:1: begin with a line such as `Subject: Your appointment`"
    if folder == SHORT and _SUBJECT.match(file.text):
        yield f"{file.place}:1: a text message has no subject"


def _may_stand_there(folder: str, name: str) -> bool:
    if folder == FRAME:
        return name in PARTS
    return folder in ("", SHORT) and (name.endswith(".txt") or (folder, name) == (SHORT, WORDS))


def _unknown_words(
    file: TextFile, words: frozenset[str], known: Mapping[str, set[str]]
) -> Iterator[str]:
    """Words that no shipped text of this name has; of a text of the firm's own nobody can say."""
    if file.part not in known:
        return
    there = ALWAYS | known[file.part]
    for word in sorted(words - there - SAID_WITH):
        place = f"{file.place}:{_line_of(word, file.text)}"
        yield f"{place}: nobody says {word} here; there are: {', '.join(sorted(there))}"


def _words_by_part(files: Mapping[str, Mapping[str, TextFile]]) -> dict[str, set[str]]:
    """The words that the shipped texts of each part use, in any language."""
    known: dict[str, set[str]] = {}
    for parts in files.values():
        for part, each in parts.items():
            if not each.own and part.endswith(".txt"):
                known.setdefault(part, set()).update(words_in(each.text))
    return known


@lru_cache(maxsize=512)  # the shipped texts are read with every edition
def words_in(text: str) -> frozenset[str]:
    """The words a text wants filled in; TemplateSyntaxError where it cannot be read."""
    return frozenset(meta.find_undeclared_variables(_READER.parse(text)))


def _line_of(word: str, text: str) -> int:
    found = re.search(rf"\b{re.escape(word)}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _moments(file: TextFile) -> MomentWords:
    return _read(MomentWords, file)


def read_text_words(file: TextFile) -> TextWords:
    """What clients answer text messages with, in one language; raises TextError."""
    return _read(TextWords, file)


def _read(model: type[Data], file: TextFile) -> Data:
    try:
        return model.model_validate(loaded(file.text))
    except yaml.YAMLError as broken:
        raise TextError(f"{file.place}: this is not YAML: {broken}") from broken
    except ValidationError as invalid:
        wrong = invalid.errors(include_url=False, include_input=False)
        raise TextError(
            *(
                f"{file.place}: {'.'.join(map(str, each['loc']))}: {each['msg']}".replace(
                    ": : ", ": "
                )
                for each in wrong
            )
        ) from invalid
