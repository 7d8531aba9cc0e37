"""Which files give the firm's rules and words: the shipped ones, and the firm's own over them?

The firm's own come from its folder or from an edition; both are texts by their place, so that both
are read alike.
"""

from collections.abc import Iterator
from pathlib import Path

from services.reminders.domain.edition_files import Files
from services.reminders.domain.message_texts import TextFile
from services.reminders.settings import (
    MESSAGES,
    RemindersSettings,
    check_habits,
    shipped_languages,
)
from shared.firm.edition_parts import is_letter
from shared.firm.folder_in_force import values_in
from shared.firm.languages import LANGUAGES, languages_in
from shared.profiles.choosing import known_name

HERE = Path(__file__).parents[1]
PLAYBOOKS = "playbooks"
CLOCKS = "playbooks/clocks"  # what the law gives so long for, by profile


def files_in(folder: Path | None) -> dict[str, str]:
    """What the firm's folder says of all that an edition holds; nothing without one.

    FirmFolderError where something stands under its languages that is none.
    """
    if folder is None:
        return {}
    found = sorted((folder / PLAYBOOKS).glob("*.yaml"))
    for language in languages_in(folder).values():
        found += sorted(each for each in (language / MESSAGES).rglob("*") if _is_read(each))
    found += _letters_in(folder)
    said = {each.relative_to(folder).as_posix(): each.read_text("utf-8") for each in found}
    return dict(sorted((said | values_in(folder)).items()))


def _letters_in(folder: Path) -> list[Path]:
    """Letters that a person approves, and words that rules look for."""
    files = sorted((folder / "letters").rglob("*"))
    return [each for each in files if _is_read(each) and is_letter(_place_in(folder, each))]


def _place_in(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix()


def playbook_files(settings: RemindersSettings) -> list[Path]:
    """The playbooks by the folder: the shipped ones (or the firm's instead), and the firm's own.

    With the shipped ones, the clocks of the firm's profile.
    """
    own = settings.firm_dir / PLAYBOOKS if settings.firm_dir else None
    added = sorted(own.glob("*.yaml")) if own else []
    return [*_shipped(settings), *added, *clocks_of(settings)]


def playbook_texts(settings: RemindersSettings, files: Files) -> Iterator[tuple[str, str]]:
    """The same by name and text, with these files as the firm's own."""
    yield from ((each.name, each.read_text("utf-8")) for each in _shipped(settings))
    for place, text in files.items():
        folder, _, name = place.rpartition("/")
        if folder == PLAYBOOKS:
            yield name, text
    yield from ((each.name, each.read_text("utf-8")) for each in clocks_of(settings))


def clocks_of(settings: RemindersSettings) -> list[Path]:
    """The shipped clocks of the firm's profile; none where its own playbooks stand instead."""
    clocks = HERE / CLOCKS / f"{known_name(settings.profile)}.yaml"
    return [clocks] if settings.playbooks_dir is None and clocks.is_file() else []


def message_texts(files: Files) -> dict[str, list[TextFile]]:
    """Every text of a message, by language: the firm's own after the shipped ones."""
    found = {name: list(shipped_texts(folder)) for name, folder in shipped_languages().items()}
    for place, text in files.items():
        folder, _, part = place.partition(f"/{MESSAGES}/")
        if part:
            language = folder.removeprefix(f"{LANGUAGES}/")
            check_habits(language)
            found.setdefault(language, []).append(TextFile(part, place, text, own=True))
    return found


def _shipped(settings: RemindersSettings) -> list[Path]:
    return sorted((settings.playbooks_dir or HERE / PLAYBOOKS).glob("*.yaml"))


def shipped_texts(folder: Path) -> Iterator[TextFile]:
    """Every text of a shipped language."""
    for file in sorted(folder.rglob("*")):
        if _is_read(file):
            part, place = file.relative_to(folder), file.relative_to(folder.parents[2])
            yield TextFile(part.as_posix(), place.as_posix(), file.read_text("utf-8"))


def _is_read(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(".")
