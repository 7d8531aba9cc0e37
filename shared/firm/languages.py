"""Which languages has the firm a folder for, and what may stand in it?"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from shared.firm.folder import FirmFolderError

LANGUAGES = "languages"
PARTS = ("messages", "letters.yaml", "pages.yaml", "replies.yaml", "surveys.yaml")
_NAME = re.compile(r"[a-z]{2,3}")


def languages_in(folder: Path | None) -> Mapping[str, Path]:
    """Each language's folder; FirmFolderError where one is none, or holds what nobody reads."""
    if folder is None or not (folder / LANGUAGES).is_dir():
        return {}
    found = {each.name: each for each in sorted((folder / LANGUAGES).iterdir())}
    mistakes = [said for each in found.values() for said in _mistakes(each)]
    if mistakes:
        raise FirmFolderError(*mistakes)
    return found


def _mistakes(language: Path) -> Iterator[str]:
    place = f"{LANGUAGES}/{language.name}"
    if not language.is_dir() or not _NAME.fullmatch(language.name):
        yield f"{place}: is no language; name a folder by its code, such as fr"
        return
    for part in sorted(language.iterdir()):
        if part.name not in PARTS and not part.name.startswith("."):
            yield f"{place}/{part.name}: nobody reads this; a language has: {', '.join(PARTS)}"
