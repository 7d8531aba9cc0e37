"""Where are the mappings of a firm's lists, and which one is meant?

In the folder ``imports`` of the firm's own folder; without one, in ``imports`` where one stands.
"""

import os
from pathlib import Path

import yaml

from services.gateway.domain.imports.guesses import Guess
from services.gateway.domain.imports.mapping_files import FOLDER, ImportMapping, mapping_from
from services.gateway.domain.names import LONGEST_NAME
from shared.errors import ClienteleError
from shared.firm.setting_source import VARIABLE
from shared.yaml_text import loaded


class ImportFileError(ClienteleError):
    """A file of an import cannot be read, or would be overwritten."""


def folder() -> Path:
    """Where mappings are kept."""
    return Path(os.environ.get(VARIABLE, ".")) / FOLDER


def mapping_named(said: str) -> ImportMapping:
    """The mapping of this name, or in this file; the error names what to mend."""
    file = Path(said) if said.endswith((".yaml", ".yml")) else folder() / f"{said}.yaml"
    return read_mapping(file)


def read_mapping(file: Path) -> ImportMapping:
    """The mapping in a file; the error names field and remedy."""
    try:
        text = loaded(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        at = getattr(broken, "problem_mark", None)
        line = f":{at.line + 1}" if at is not None else ""
        raise ImportFileError(f"{file}{line}: is no YAML in UTF-8") from None
    except OSError as away:
        there = ", ".join(sorted(each.stem for each in folder().glob("*.yaml"))) or "none"
        raise ImportFileError(
            f"{file} cannot be read: {away.strerror}. Mappings in {folder()}: {there}"
        ) from None
    return mapping_from(file.stem, text)


def every_mapping() -> list[Path]:
    """Every mapping the firm keeps."""
    return sorted(folder().glob("*.yaml"))


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
