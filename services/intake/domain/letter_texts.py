"""What does the firm write to somebody who asked for help, in their language?

The texts are the firm's own data; people read and send them. A placeholder nobody fills in is found
when the service starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from shared.errors import ClienteleError
from shared.organisations import is_organisation

NEEDED = {"invitation": frozenset({"link"}), "declined": frozenset[str]()}
LATER = {"confirmation": frozenset({"link"}), "received": frozenset[str]()}
"""What a firm's own file may leave to the shipped one."""
GREETINGS = {"person": frozenset({"name"}), "organisation": frozenset[str](), "nobody": frozenset()}
"""How they are greeted: by their name, as an organisation, or where no name is known."""
GREETING = "greeting"
KNOWN = {
    "invitation": frozenset({"greeting", "name", "firm", "link", "caution"}),
    "declined": frozenset({"greeting", "name", "firm"}),
    "confirmation": frozenset({"firm", "link"}),  # nothing that somebody typed
    "received": frozenset({"greeting", "name", "firm", "day", "caution"}),
}
FALLBACK = "en"


class LetterTextError(ClienteleError):
    """A file of letters says something that cannot be understood; the message names the file."""


@dataclass(frozen=True, slots=True)
class LetterText:
    """One letter: its subject and its body, with placeholders."""

    subject: str
    body: str

    def filled(self, **values: str) -> "LetterText":
        """The letter as it is sent."""
        return LetterText(self.subject.format(**values), self.body.format(**values))


@dataclass(frozen=True, slots=True)
class Greetings:
    """How those who asked are greeted in one language."""

    person: str
    organisation: str
    nobody: str

    def of(self, name: str | None) -> str:
        """The greeting, with its comma; a company is never written to as a person."""
        if not name:
            return self.nobody
        return self.organisation if is_organisation(name) else self.person.format(name=name)


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """The letters of one language."""

    language: str
    greetings: Greetings
    invitation: LetterText
    declined: LetterText
    confirmation: LetterText
    received: LetterText


def letter_texts_of(file: str, said: Any, shipped: Mapping[str, LetterTexts]) -> LetterTexts:
    """The letters that a file holds, the later ones else as shipped; raises LetterTextError."""
    if not isinstance(said, dict) or not {"language", *NEEDED} <= said.keys():
        raise LetterTextError(f"{file}: write language, invitation and declined")
    unknown = said.keys() - {"language", GREETING, *NEEDED, *LATER}
    if unknown:
        raise LetterTextError(f"{file}: {', '.join(sorted(unknown))} is not known here")
    language = str(said["language"])
    missing = {GREETING, *LATER} - said.keys()
    if missing and not shipped:
        raise LetterTextError(f"{file}: write {' and '.join(sorted(missing))} too")
    letters = {name: _letter(file, name, text) for name, text in said.items() if name in KNOWN}
    for name in missing - {GREETING}:
        letters[name] = getattr(in_language(shipped, language), name)
    if GREETING in said:
        greetings = _greetings(file, said[GREETING])
    else:
        greetings = in_language(shipped, language).greetings
    return LetterTexts(language, greetings, **letters)


def with_own(texts: Mapping[str, LetterTexts], file: str, language: str, said: Any) -> LetterTexts:
    """A language's letters with the firm's own in their place; raises LetterTextError.

    A language that nobody ships needs all of them.
    """
    every = {GREETING, *KNOWN}
    if not isinstance(said, dict) or not said.keys() <= every:
        raise LetterTextError(f"{file}: write some of: {', '.join(sorted(every))}")
    missing = sorted(every - said.keys())
    if language not in texts and missing:
        raise LetterTextError(f"{file}: nobody ships {language}: write {', '.join(missing)} too")
    letters = {name: _letter(file, name, text) for name, text in said.items() if name in KNOWN}
    known = {name: getattr(texts[language], name) for name in missing if name in KNOWN}
    own = GREETING in said
    greetings = _greetings(file, said[GREETING]) if own else texts[language].greetings
    return LetterTexts(language, greetings, **known, **letters)


def in_language(texts: Mapping[str, LetterTexts], locale: str | None) -> LetterTexts:
    """The letters in the language of a locale, or in English."""
    language = (locale or "").replace("_", "-").partition("-")[0].lower()
    return texts.get(language, texts[FALLBACK])


def _letter(file: str, name: str, said: Any) -> LetterText:
    if not isinstance(said, dict) or said.keys() != {"subject", "body"}:
        raise LetterTextError(f"{file}: {name}: write its subject and its body")
    found = {place for text in said.values() for place in _places(file, name, str(text))}
    needed, known = (NEEDED | LATER)[name], KNOWN[name]
    if not needed <= found <= known:
        wrong = ", ".join(sorted((found - known) | (needed - found)))
        raise LetterTextError(f"{file}: {name}: unknown or missing in braces: {wrong}")
    return LetterText(str(said["subject"]).strip(), str(said["body"]).strip())


def _greetings(file: str, said: Any) -> Greetings:
    if not isinstance(said, dict) or said.keys() != GREETINGS.keys():
        raise LetterTextError(f"{file}: greeting: write {', '.join(GREETINGS)}")
    for name, text in said.items():
        if set(_places(file, GREETING, str(text))) != GREETINGS[name]:
            raise LetterTextError(f"{file}: greeting: only person has {{name}} in it, and has to")
    return Greetings(**{name: str(text).strip() for name, text in said.items()})


def _places(file: str, name: str, text: str) -> list[str]:
    try:
        return [place for _, place, _, _ in Formatter().parse(text) if place is not None]
    except ValueError as wrong:
        raise LetterTextError(f"{file}: {name}: {wrong}") from wrong
