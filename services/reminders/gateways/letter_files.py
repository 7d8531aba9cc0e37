"""Where do letters and word lists stand, shipped and the firm's own, and how are they read?"""

from pathlib import Path

import yaml
from pydantic import ValidationError

from services.reminders.domain.checks.word_lists import WordList
from services.reminders.domain.edition_files import Files
from services.reminders.domain.letter_texts import LETTERS_FILE, WORDS_FILE, LetterSet, read_book
from services.reminders.domain.letter_texts import letters_of as letters_in
from services.reminders.domain.message_texts import TextError, TextFile
from shared.firm.edition_parts import letters_of
from shared.yaml_text import loaded

HERE = Path(__file__).parents[1]
SHIPPED = HERE / "letters"
LISTS = HERE / "word_lists"
FOLDER = "letters"  # in the firm's own folder, and in an edition


def read_letters(own: Files, profile: str) -> LetterSet:
    """The letters, shipped and the firm's own, under this law; TextError names each mistake."""
    books = [read_book((SHIPPED / LETTERS_FILE).read_text("utf-8"), f"{FOLDER}/{LETTERS_FILE}")]
    texts: dict[str, list[TextFile]] = {}
    for place, text in shipped_letters().items():
        _, language, name = place.split("/")
        texts.setdefault(language, []).append(TextFile(part=name, place=place, text=text))
    for place, text in letters_of(own).items():
        _, *folder, name = place.split("/")
        if name == LETTERS_FILE and not folder:
            books.append(read_book(text, place))
        elif name != WORDS_FILE:
            found = texts.setdefault(folder[0], [])
            found.append(TextFile(part=name, place=place, text=text, own=True))
    return letters_in(books, texts, profile)


def shipped_letters() -> dict[str, str]:
    """Every shipped letter, by the place at which a firm has its own."""
    return {_place(file): file.read_text("utf-8") for file in sorted(SHIPPED.glob("*/*.txt"))}


def read_word_lists(own: Files) -> dict[str, WordList]:
    """The words that rules look for, by language; a firm's own list takes the shipped one's place.

    TextError names each mistake.
    """
    files = {
        each.stem: (_place(each), each.read_text("utf-8")) for each in sorted(LISTS.glob("*.yaml"))
    }
    for place, text in letters_of(own).items():
        if place.endswith(f"/{WORDS_FILE}"):
            files[place.split("/")[1]] = (place, text)
    return {language: _words(place, text) for language, (place, text) in files.items()}


def _words(place: str, text: str) -> WordList:
    try:
        return WordList.model_validate(loaded(text) or {})
    except yaml.YAMLError as broken:
        raise TextError(f"{place}: this is not YAML: {broken}") from broken
    except ValidationError as invalid:
        found = invalid.errors(include_url=False, include_input=False)
        raise TextError(
            *(f"{place}: {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}" for wrong in found)
        ) from invalid


def _place(file: Path) -> str:
    """As people look for it: ``letters/en/engagement.txt``."""
    parts = file.parts
    at = max((n for n, part in enumerate(parts) if part in (FOLDER, LISTS.name)), default=-2)
    return "/".join(parts[at:])
