"""What does the firm say on pages in its own words, or in a language nobody ships?

``languages/<xx>/pages.yaml`` holds groups of sentences, each as a service knows it. In a shipped
language single sentences are laid over the shipped ones; a group of another language is whole, or
each sentence it lacks is a mistake: no page is half in one language and half in another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields, replace
from pathlib import Path
from string import Formatter
from typing import Any, ClassVar, Protocol, TypeVar

import yaml

from shared.firm.folder import FirmFolderError
from shared.firm.languages import languages_in
from shared.yaml_text import composed

FILE = "pages.yaml"
MISSING = "is missing: nobody ships this language"
GROUPS = ("areas", "ease", "frame", "inquiry", "law", "notices", "preferences", "survey",
          "testimonial", "understanding")  # fmt: skip


class Sentences(Protocol):
    """A dataclass with a field for each sentence."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


W = TypeVar("W", bound=Sentences)


@dataclass(frozen=True, slots=True)
class PageWords:
    """What one language says on pages: by group, with the line of each sentence."""

    language: str
    groups: Mapping[str, Mapping[str, Any]]
    lines: Mapping[str, int]

    @property
    def place(self) -> str:
        """How people call the file."""
        return f"languages/{self.language}/{FILE}"

    def has(self, *groups: str) -> bool:
        """Whether it says something of each of these groups."""
        return all(group in self.groups for group in groups)

    def laid_over(self, group: str, shipped: W, *, whole: bool, **fixed: Any) -> W:
        """The sentences of a group, the firm's before the shipped; FirmFolderError says each wrong.

        ``whole``: the firm has to say them all but what is ``fixed``.
        """
        own = self.groups.get(group, {})
        names = {each.name for each in fields(shipped)} - fixed.keys()
        known = ", ".join(sorted(names))
        mistakes = [
            self._wrong(group, name, f"is not there; there are: {known}")
            for name in own.keys() - names
        ]
        if whole:
            mistakes += [self._wrong(group, name, MISSING) for name in names - own.keys()]
        merged = dict(fixed)
        for name in own.keys() & names:
            mistakes += self._unfit(group, name, getattr(shipped, name), own[name], whole=whole)
            merged[name] = _merged(getattr(shipped, name), own[name])
        if mistakes:
            raise FirmFolderError(*sorted(mistakes))
        return replace(shipped, **merged)

    def _unfit(self, group: str, name: str, known: Any, own: Any, *, whole: bool) -> Iterator[str]:
        if isinstance(known, str):
            if not isinstance(own, str) or not own.strip():
                yield self._wrong(group, name, "write a sentence")
            elif wrong := _places(own) - _places(known):
                there = ", ".join(f"{{{each}}}" for each in sorted(_places(known))) or "none"
                yield self._wrong(
                    group, name, f"nobody fills in {{{sorted(wrong)[0]}}}; there is: {there}"
                )
        elif isinstance(known, tuple):
            if not isinstance(own, list) or len(own) != len(known):
                yield self._wrong(group, name, f"write a list of {len(known)} sentences")
        elif not isinstance(own, dict) or not own.keys() <= known.keys():
            yield self._wrong(group, name, f"write some of: {', '.join(map(str, known))}")
        else:
            for key in known.keys() - own.keys() if whole else ():
                yield self._wrong(group, name, f"{key} {MISSING}")
            for key in own:
                yield from self._unfit(group, name, known[key], own[key], whole=whole)

    def _wrong(self, group: str, name: str, complaint: str) -> str:
        line = self.lines.get(f"{group}.{name}") or self.lines.get(group, 1)
        return f"{self.place}:{line}: {group}.{name}: {complaint}"


def read_pages(firm: Path | None) -> dict[str, PageWords]:
    """The words of each language the firm has a file for; FirmFolderError where it is none."""
    found = {}
    for language, folder in languages_in(firm).items():
        if (folder / FILE).is_file():
            found[language] = _read(language, (folder / FILE).read_text(encoding="utf-8"))
    return found


def _read(language: str, text: str) -> PageWords:
    place = f"languages/{language}/{FILE}"
    try:
        node = composed(text)
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise FirmFolderError(f"{place}:{line}: this is not YAML") from None
    lines, said = dict(_lines(node)), {} if node is None else _plain(node)
    if not isinstance(said, dict) or not all(isinstance(each, dict) for each in said.values()):
        raise FirmFolderError(f"{place}:1: write groups of sentences: {', '.join(GROUPS)}")
    unknown = [
        f"{place}:{lines[name]}: there is no {name}; there are: {', '.join(GROUPS)}"
        for name in said
        if name not in GROUPS
    ]
    if unknown:
        raise FirmFolderError(*unknown)
    return PageWords(language, said, lines)


def _lines(node: yaml.Node | None, above: str = "") -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{above}{key.value}"
            yield name, key.start_mark.line + 1
            if not above:
                yield from _lines(value, f"{name}.")


def _plain(node: yaml.Node) -> Any:
    """All is text here, ``yes`` and ``no`` too; only the numbers of notices are numbers."""
    if isinstance(node, yaml.MappingNode):
        return {
            int(key.value) if key.tag.endswith(":int") else key.value: _plain(value)
            for key, value in node.value
        }
    return [_plain(each) for each in node.value] if isinstance(node.value, list) else node.value


def _places(text: str) -> set[str]:
    try:
        return {place for _, place, _, _ in Formatter().parse(text) if place is not None}
    except ValueError:
        return {"{"}


def _merged(known: Any, own: Any) -> Any:
    if isinstance(known, tuple) and isinstance(own, list):
        return tuple(own)
    return {**known, **own} if isinstance(known, dict) and isinstance(own, dict) else own
