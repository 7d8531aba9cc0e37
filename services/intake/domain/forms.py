"""Which inquiry forms does the firm have, and what may be chosen in them?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.fields import KEY_PATTERN
from shared.errors import ClienteleError

LANGUAGES = ("en", "de")


class FormError(ClienteleError):
    """A form's file says something that cannot be understood; the message names the file."""


@dataclass(frozen=True, slots=True)
class Area:
    """One practice area to choose from, and how it is called in each language."""

    key: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """One inquiry form."""

    name: str
    areas: tuple[Area, ...]
    privacy_url: str | None = None

    @property
    def keys(self) -> frozenset[str]:
        """What may be chosen."""
        return frozenset(area.key for area in self.areas)


def form_of(file: str, said: Any) -> Form:
    """The form that a file describes; raises FormError."""
    if not isinstance(said, dict) or not isinstance(said.get("areas"), dict) or not said["areas"]:
        raise FormError(f"{file}: write `form:` and, under `areas:`, what may be chosen")
    unknown = said.keys() - {"form", "areas", "privacy_url"}
    if unknown:
        raise FormError(f"{file}: {', '.join(sorted(unknown))} is not known here")
    privacy_url = said.get("privacy_url")
    if privacy_url is not None and not str(privacy_url).startswith("https://"):
        raise FormError(f"{file}: privacy_url must begin with https://")
    areas = tuple(_area(file, str(key), words) for key, words in said["areas"].items())
    return Form(_key(file, said.get("form")), areas, privacy_url)


def _area(file: str, key: str, words: Any) -> Area:
    missing = [each for each in LANGUAGES if not isinstance(words, dict) or not words.get(each)]
    if missing:
        raise FormError(f"{file}: the area {key} lacks its name in: {', '.join(missing)}")
    return Area(_key(file, key), {str(each): str(name) for each, name in words.items()})


def _key(file: str, key: Any) -> str:
    if not isinstance(key, str) or not re.fullmatch(KEY_PATTERN, key):
        raise FormError(f"{file}: {key!r} must be letters, digits and hyphens")
    return key
