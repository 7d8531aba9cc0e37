"""Which file holds a list, and under which name is the guess of what its columns mean written?"""

from pathlib import Path

from services.gateway.domain.imports.guesses import Guess
from services.gateway.domain.names import LONGEST_NAME
from services.gateway.gateways.list_mappings import folder
from shared.errors import ClienteleError


class ImportFileError(ClienteleError):
    """A file of an import cannot be read, or would be overwritten."""


def write_guess(name: str, guess: Guess) -> Path:
    """Keep a guess for a person to correct; one that is there already is never overwritten."""
    file = folder() / f"{name}.yaml"
    if file.exists():
        raise ImportFileError(f"{file} is there already: give --mapping {name}, or delete it")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(guess.text, encoding="utf-8")
    return file


def name_for(file: str) -> str:
    """A name for the mapping of a list: that of its file, in lower-case letters and digits."""
    words = "".join(each if each.isascii() and each.isalnum() else " " for each in file.lower())
    name = "-".join(words.split())[:LONGEST_NAME].strip("-")
    return name if name[:1].isalpha() else f"list-{name}"[:LONGEST_NAME].strip("-")


def content_of(file: Path) -> bytes:
    """What is in a file; the error says why it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as away:
        raise ImportFileError(f"{file} cannot be read: {away.strerror}") from None
