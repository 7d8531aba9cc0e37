"""Where do letters and word lists stand, shipped and the firm's own, and how are they read?"""

from collections.abc import Iterator
from pathlib import Path

import yaml
from pydantic import ValidationError

from services.reminders.domain.checks.word_lists import WordList
from services.reminders.domain.letter_texts import (
    LETTERS_FILE,
    WORDS_FILE,
    LetterSet,
    letters_of,
    read_book,
)
from services.reminders.domain.message_texts import TextError, TextFile
from shared.yaml_text import loaded

HERE = Path(__file__).parents[1]
SHIPPED = HERE / "letters"
LISTS = HERE / "word_lists"
FOLDER = "letters"  # in the firm's own


def read_letters(firm_dir: Path | None, profile: str) -> LetterSet:
    """The letters, shipped and the firm's own, under this law; TextError names each mistake."""
    folders = list(_folders(firm_dir))
    books = [
        read_book(file.read_text(encoding="utf-8"), _place(file))
        for folder, _ in folders
        if (file := folder / LETTERS_FILE).is_file()
    ]
    texts: dict[str, list[TextFile]] = {}
    for folder, own in folders:
        for language in sorted(each for each in folder.iterdir() if each.is_dir()):
            found = texts.setdefault(language.name, [])
            found += [_file(each, own=own) for each in sorted(language.glob("*.txt"))]
    return letters_of(books, texts, profile)


def read_word_lists(firm_dir: Path | None) -> dict[str, WordList]:
    """The words that rules look for, by language; a firm's own list takes the shipped one's place.

    TextError names each mistake.
    """
    files = {file.stem: file for file in sorted(LISTS.glob("*.yaml"))}
    own = firm_dir / FOLDER if firm_dir else None
    if own is not None and own.is_dir():
        files |= {each.parent.name: each for each in sorted(own.glob(f"*/{WORDS_FILE}"))}
    return {language: _words(file) for language, file in files.items()}


def _words(file: Path) -> WordList:
    try:
        return WordList.model_validate(loaded(file.read_text(encoding="utf-8")) or {})
    except yaml.YAMLError as broken:
        raise TextError(f"{_place(file)}: this is not YAML: {broken}") from broken
    except ValidationError as invalid:
        found = invalid.errors(include_url=False, include_input=False)
        raise TextError(
            *(
                f"{_place(file)}: {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}"
                for wrong in found
            )
        ) from invalid


def _folders(firm_dir: Path | None) -> Iterator[tuple[Path, bool]]:
    yield SHIPPED, False
    own = firm_dir / FOLDER if firm_dir else None
    if own is not None and own.is_dir():
        yield own, True


def _file(file: Path, *, own: bool) -> TextFile:
    text = file.read_text(encoding="utf-8")
    return TextFile(part=file.name, place=_place(file), text=text, own=own)


def _place(file: Path) -> str:
    """As people look for it: ``letters/en/engagement.txt``."""
    parts = file.parts
    at = max((n for n, part in enumerate(parts) if part in (FOLDER, LISTS.name)), default=-2)
    return "/".join(parts[at:])
