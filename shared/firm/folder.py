"""How is the firm's folder read so that every value, and every mistake, has its line?"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shared.errors import ClienteleError
from shared.firm.firm_file import TABLES, FirmFile, keys

FILE = "firm.toml"
PARTS = {
    "survey_stages_file": "surveys.yaml",
    "concerns_file": "concerns.yaml",
    "risk_rules_file": "risks.yaml",
    "nicknames_file": "names.yaml",
    "companies_file": "companies.txt",
    "forms_dir": "forms",
    "incidents_dir": "incidents",
    "profiles_dir": "profiles",
    "sources_dir": "sources",
}
"""Files and folders beside ``firm.toml`` that settings name, where the firm has made them."""

_SECTION = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w.-]+)\s*=")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


class FirmFolderError(ClienteleError):
    """The firm's folder says something that cannot be understood; each mistake has its line."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Said:
    """One value of the firm, and where it stands."""

    value: Any
    file: str  # within the folder
    line: int | None = None  # None: the file or folder itself
    lines: Mapping[str, int] = field(default_factory=dict)  # of its parts, where it has any

    @property
    def source(self) -> str:
        """Where to look: ``firm.toml:12``."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def source_of(self, part: str) -> str:
        """Where a part of it stands, or what that is a part of, or it itself."""
        while part not in self.lines and "." in part:
            part = part.rpartition(".")[0]
        return f"{self.file}:{self.lines[part]}" if part in self.lines else self.source


def read_folder(folder: Path) -> Mapping[str, Said]:
    """What the firm says, by setting; FirmFolderError names every mistake with file and line."""
    if not folder.is_dir():
        raise FirmFolderError(f"{folder}: is no folder; make one with clientele firm new")
    parts = {
        setting: Said(folder / name, name)
        for setting, name in PARTS.items()
        if (folder / name).exists()
    }
    file = folder / FILE
    if not file.is_file():
        return parts
    stamp = file.stat()
    return {**parts, **_read_file(file, stamp.st_mtime_ns, stamp.st_size)}


@lru_cache(maxsize=8)
def _read_file(file: Path, _changed: int, _size: int) -> Mapping[str, Said]:
    try:
        text = file.read_text(encoding="utf-8")
        said = tomllib.loads(text)
    except UnicodeDecodeError:
        raise FirmFolderError(f"{FILE}:1: is no text in UTF-8: save it as such") from None
    except tomllib.TOMLDecodeError as broken:
        raise FirmFolderError(_not_toml(str(broken))) from None
    lines = lines_of(text)
    try:
        FirmFile.model_validate(said)
    except ValidationError as invalid:
        wrong = invalid.errors(include_url=False, include_input=False)
        raise FirmFolderError(
            *(_mistake(each["loc"], each["msg"], lines) for each in wrong)
        ) from None
    return {
        key.setting: Said(said[key.section][key.name], FILE, lines.get(key.place, 1))
        for key in keys()
        if key.name in said.get(key.section, {})
    } | _tables(said, lines)


def _tables(said: Mapping[str, Any], lines: Mapping[str, int]) -> dict[str, Said]:
    """The sections that are one value each, whose keys the services know."""
    return {
        setting: Said(
            said[section],
            FILE,
            lines.get(section) or _first_below(section, lines),
            {
                place.removeprefix(f"{section}."): line
                for place, line in lines.items()
                if place.startswith(f"{section}.")
            },
        )
        for section, setting in TABLES.items()
        if section in said
    }


def _first_below(section: str, lines: Mapping[str, int]) -> int:
    """The first line of a section that stands in parts alone (``[decisions.conflict-check]``)."""
    return min(
        (line for place, line in lines.items() if place.startswith(f"{section}.")), default=1
    )


def lines_of(text: str) -> dict[str, int]:
    """The line of each section and key of a TOML file, by their dotted names."""
    section, found = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if match := _SECTION.match(line):
            section = match[1]
            found.setdefault(section, number)
        elif match := _KEY.match(line):
            found.setdefault(f"{section}.{match[1]}" if section else match[1], number)
    return found


def _not_toml(problem: str) -> str:
    at = _AT_LINE.search(problem)
    where = at[1] if at else "1"
    return f'{FILE}:{where}: this is not TOML: {_AT_LINE.sub("", problem)}; texts stand in "…"'


def _mistake(loc: tuple[int | str, ...], problem: str, lines: Mapping[str, int]) -> str:
    place = ".".join(str(part) for part in loc[:2])
    within = (".".join(map(str, loc[:depth])) for depth in range(len(loc), 0, -1))
    line = next((lines[each] for each in within if each in lines), 1)
    known = {key.place for key in keys()} | set(FirmFile.model_fields)
    if place in known or loc[0] in TABLES:
        return f"{FILE}:{line}: {place}: {problem}"
    section = FirmFile.model_fields.get(str(loc[0]))
    there = [*FirmFile.model_fields] if section is None else [*type(section.default).model_fields]
    near = get_close_matches(str(loc[min(len(loc), 2) - 1]), there, n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    owner = "the file" if section is None else f"[{loc[0]}]"
    return f"{FILE}:{line}: there is no {place}; {meant}{owner} has: {', '.join(there)}"
