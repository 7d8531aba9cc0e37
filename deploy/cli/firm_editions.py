"""How are editions brought in and out as files?"""

import asyncio
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from deploy.cli.addresses import ops_url
from deploy.infra.access.service_requests import ServiceAwayError, services_at, told
from deploy.trial.connection import NotRunningError
from services.reminders.gateways.rule_files import files_in
from services.reminders.ops.editions import EditionsOfOpsTold
from shared.errors import ClienteleError
from shared.firm.edition_parts import as_content, belongs, is_picture
from shared.firm.folder_in_force import values_in
from shared.firm.setting_source import VARIABLE

OWNER = "reminders"
CHECK_SECONDS = 30.0  # it reads all of it first


class NotEmptyError(ClienteleError):
    """The folder holds something already: name one that is new or empty."""


async def editions_at(url: str) -> EditionsOfOpsTold:
    """Which edition is in force."""
    async with services_at(url) as services:
        return told(EditionsOfOpsTold, await services.ask(OWNER, {"ask": "editions"}))


def edition_of_running(data_dir: Path) -> EditionsOfOpsTold | None:
    """What is in force where an installation runs; None where none does."""
    try:
        return asyncio.run(editions_at(ops_url(data_dir)))
    except (NotRunningError, ServiceAwayError):
        return None


async def propose(url: str, folder: Path, by: str, note: str) -> EditionsOfOpsTold:
    """The rules and texts of this folder as a proposal."""
    asked = {
        "ask": "editions", "do": "propose", "by": by, "note": note, "files": files_in(folder),
    }  # fmt: skip
    async with services_at(url) as services:
        return told(EditionsOfOpsTold, await services.ask(OWNER, asked, CHECK_SECONDS))


def write_edition(url: str, folder: Path) -> tuple[int, int]:
    """Write what is in force to this folder; the number of the edition, and of its files."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmptyError
    answer = asyncio.run(_files_at(url))
    files = answer.files or {}
    _copy_the_rest(folder)
    for place, text in files.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_content(place, text))
    return answer.in_force, len(files)


def files_in_force(url: str) -> dict[str, str] | None:
    """What the edition in force says; None where the folder, or what is shipped, holds."""
    answer = asyncio.run(_files_at(url))
    return answer.files if answer.in_force else None


async def _files_at(url: str) -> EditionsOfOpsTold:
    async with services_at(url) as services:
        asked = {"ask": "editions", "do": "files"}
        return told(EditionsOfOpsTold, await services.ask(OWNER, asked))


def _copy_the_rest(folder: Path) -> None:
    """What no edition holds stays as the firm's folder says it."""
    named = os.environ.get(VARIABLE)
    folder.mkdir(parents=True, exist_ok=True)
    if named is None:
        return
    own = values_in(Path(named))
    for file in sorted(Path(named).rglob("*")):
        place = file.relative_to(named)
        hidden = any(part.startswith(".") for part in place.parts)
        if file.is_file() and not hidden and not _is_held(place.as_posix(), own):
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, folder / place)


def _is_held(place: str, own: Mapping[str, str]) -> bool:
    """Whether an edition holds it; of pictures, the folder's logo alone."""
    return place in own if is_picture(place) else belongs(place)
