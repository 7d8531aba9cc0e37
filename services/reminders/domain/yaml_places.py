"""How is a YAML file read so that every complaint can name its line?

A ``Place`` is one value of the file with the line it stands on. Only plain mappings, lists and
scalars are taken; a key that is said twice is a mistake.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import yaml

from shared.errors import ClienteleError
from shared.yaml_text import composed

T = TypeVar("T")


class PlaybookError(ClienteleError):
    """A playbook says something that cannot be understood; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Place:
    """One value and where it stands."""

    file: str
    line: int
    value: Any  # str, int, bool, None, or lists and dicts of places

    def wrong(self, complaint: str) -> PlaybookError:
        """The complaint with the place it is about."""
        return PlaybookError(f"{self.file}:{self.line}: {complaint}")

    def mapping(self) -> dict[str, "Place"]:
        """The value as a mapping."""
        if not isinstance(self.value, dict):
            raise self.wrong("write this as `key: value` lines")
        return self.value

    def words(self) -> tuple[str, ...]:
        """The value as a list of words; a single word is a list of one."""
        places = self.value if isinstance(self.value, list) else [self]
        return tuple(place.word() for place in places)

    def word(self) -> str:
        """The value as a word."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong("write a word or a sentence here")
        return self.value.strip()

    def number(self) -> int:
        """The value as a whole number from 1."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < 1:
            raise self.wrong("write a whole number from 1 here")
        return self.value

    def flag(self) -> bool:
        """The value as yes or no."""
        if not isinstance(self.value, bool):
            raise self.wrong("write true or false here")
        return self.value

    def scalars(self) -> Iterator[str | int | bool | None]:
        """The value as a list of plain values; a single one is a list of one."""
        for place in self.value if isinstance(self.value, list) else [self]:
            if isinstance(place.value, list | dict):
                raise place.wrong("write a plain value or a list of plain values")
            yield place.value

    def one_of(self, allowed: Callable[[str], T], names: list[str]) -> T:
        """The value as one of these names."""
        try:
            return allowed(self.word())
        except ValueError:
            raise self.wrong(f"{self.value!r} is not one of: {', '.join(names)}") from None

    def plain(self) -> Any:
        """The value without its places."""
        if isinstance(self.value, dict):
            return {key: place.plain() for key, place in self.value.items()}
        if isinstance(self.value, list):
            return [place.plain() for place in self.value]
        return self.value


@lru_cache(maxsize=128)  # the shipped files are read with every edition; a place is not changed
def read_yaml(file: str, text: str) -> Place:
    """The whole file as one place."""
    try:
        node = composed(text)
    except yaml.YAMLError as mistake:
        mark = getattr(mistake, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(mistake, "problem", None) or "not YAML"
        raise PlaybookError(f"{file}:{line}: this is not YAML: {problem}") from mistake
    if node is None:
        raise PlaybookError(f"{file}:1: the file is empty: begin with `playbook: name`")
    return _place(file, node)


def _place(file: str, node: yaml.Node) -> Place:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Place(file, line, _entries(file, node))
    if isinstance(node, yaml.SequenceNode):
        return Place(file, line, [_place(file, each) for each in node.value])
    return Place(file, line, _scalar(file, node))


def _entries(file: str, node: yaml.MappingNode) -> dict[str, Place]:
    entries: dict[str, Place] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in entries:
            raise PlaybookError(f"{file}:{line}: `{name}` is said twice: keep one")
        entries[name] = Place(file, line, _place(file, value).value)
    return entries


def _scalar(file: str, node: yaml.Node) -> Any:
    kind = node.tag.rpartition(":")[2]
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("yes", "true", "on")
    if kind == "int" and text.isdecimal():
        return int(text)
    if kind in ("str", "int", "float", "timestamp"):  # 10:00 and 7 d are words here
        return text
    line = node.start_mark.line + 1
    raise PlaybookError(f"{file}:{line}: {kind} values are not understood here")
