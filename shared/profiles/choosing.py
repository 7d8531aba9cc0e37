"""Which profiles are there, and which one does the firm mean?"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from shared.profiles.profile import Profile
from shared.yaml_text import loaded

SHIPPED = Path(__file__).parent
ALIASES = {"default": "general", "german": "germany"}
"""Names of earlier releases."""


class UnknownProfileError(ValueError):
    """There is no profile of this name."""


@lru_cache(maxsize=8)
def read_profiles(folder: Path = SHIPPED) -> Mapping[str, Profile]:
    """Every profile of a folder by its name; ValueError names the file to be mended."""
    return {file.stem: _read(file) for file in sorted(folder.glob("*.yaml"))}


def profile_named(name: str, folder: Path = SHIPPED) -> Profile:
    """The profile of this name, or of the name it had before, a firm's own before the shipped ones.

    UnknownProfileError names all there are.
    """
    known = {**read_profiles(SHIPPED), **read_profiles(folder)}
    found = known.get(known_name(name))
    if found is None:
        raise UnknownProfileError(f"there is no profile {name}; known are {', '.join(known)}")
    return found


def known_name(name: str) -> str:
    """The name a profile has today."""
    return ALIASES.get(name, name)


def _read(file: Path) -> Profile:
    try:
        return Profile.model_validate(loaded(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValueError, LookupError) as wrong:
        raise ValueError(f"{file.name}: {wrong}") from wrong
