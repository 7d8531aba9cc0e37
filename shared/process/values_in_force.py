"""By which of the firm's values does a process go, and how does it begin by others?

By those of the edition in force, which each service keeps for itself; as long as there is none, by
the firm's folder. Where others come into force, the process builds itself anew by them, ends what
it has in hand as when it is told to stop, and goes on as the new one. Its ports stay open: whoever
asks meanwhile waits. What it cannot be built by it does not go by, and says so.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.editions import NAME, VALUES, ValuesInForce
from shared.engine.runtime import Runtime
from shared.errors import ClienteleError, TemporaryError
from shared.firm.folder_in_force import (
    for_a_look,
    forget,
    forget_left,
    hash_of_values,
    values_in,
    written,
)
from shared.mongo import answering, connect
from shared.process.app import AS_TOLD, App, Told
from shared.process.patience import patiently
from shared.process.settings import Settings
from shared.process.starting import in_words, told
from shared.state.document_types import Need
from shared.state.mappings import DocumentMapping
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.logs import log

VALUES_MAPPING: DocumentMapping[Any] = DocumentMapping(VALUES)
Build = Callable[[Told], App]


@dataclass(frozen=True, slots=True)
class GoneBy:
    """What a process goes by."""

    values_hash: str
    edition: int = 0  # 0: the folder, or what is shipped
    folder: Path | None = None  # written for it


@dataclass(frozen=True, slots=True)
class Begun:
    """A service as it is to run."""

    app: App
    settings: Settings
    by: GoneBy


class _Where(BaseSettings):
    """What has to be known before the firm's folder is read."""

    model_config = SettingsConfigDict(env_prefix="CLIENTELE_", extra="ignore")

    mongo_url: str = Settings.model_fields["mongo_url"].default
    firm_dir: str = ""
    go_by_folder: bool = False


def begin(name: str, build: Build) -> Begun:
    """The service by what is in force; what was said wrongly ends the start in words."""
    forget_left()
    where = _Where()
    given = Path(where.firm_dir) if where.firm_dir else None
    kept, known = None, where.go_by_folder
    if not known:
        try:
            kept, known = asyncio.run(kept_values(where.mongo_url, name)), True
        except TemporaryError:
            known = False  # the folder is read first: what is wrong with it is said at once
    if kept is None:
        begun = _by_folder(build)
        if not known:
            kept = asyncio.run(_patiently_kept(where.mongo_url, name))
        if kept is None:
            return begun
    return _by_edition(build, kept, given)


def needs_of_values(_: ReadSoFar) -> list[Need]:
    """What is in force."""
    return [VALUES.one(NAME)]


def files_of_edition(kept: ValuesInForce) -> dict[str, str]:
    """Its files by their place."""
    texts = {str(each["place"]): str(each["text"]) for each in kept.files}
    return texts | {str(each["place"]): str(each["base64"]) for each in kept.pictures}


def of_folder(settings: Settings) -> GoneBy:
    """Of a process that goes by the folder."""
    return GoneBy(hash_of_values(values_in(settings.folder_given())))


def begun_anew(app: App, settings: Settings, kept: ValuesInForce) -> Begun:
    """The same service by other values; raises whatever it cannot be built by."""
    if app.again is None:
        raise ClienteleError("this process cannot be built anew")
    given, files = settings.folder_given(), files_of_edition(kept)
    folder = written(given, files)
    values: dict[str, Any] = {"firm_dir": folder, "firm_dir_given": given}
    by = GoneBy(hash_of_values(files), kept.edition, folder)
    try:
        return Begun(app.again(values), Settings(**values), by)
    except BaseException:
        forget(folder)
        raise


class ValuesWatch:
    """By which values a running process goes, and as what it goes on where others are in force."""

    def __init__(self, app: App, settings: Settings, by: GoneBy) -> None:
        self._app, self._settings, self._by = app, settings, by
        self._unreadable = ""  # values it could not be built by, said once
        self._goes_on = True
        self.following: Begun | None = None

    @property
    def edition(self) -> int:
        """Whose values it goes by; 0: the folder's, or what is shipped."""
        return self._by.edition

    @property
    def unreadable(self) -> bool:
        """Whether values are in force that it could not be built by."""
        return bool(self._unreadable)

    def go_on_no_more(self) -> None:
        """The process is told to stop, whatever is in force by now."""
        self._goes_on = False
        if self.following is not None:
            forget(self.following.by.folder)
            self.following = None

    async def are_others(self, runtime: Runtime) -> bool:
        """Whether other values are in force by now, and the process can be built by them.

        Built once: what came into force after those, the one that goes on finds by itself.
        """
        if self.following is not None:
            return True
        if self._settings.go_by_folder or not self._goes_on:
            return False
        unit = UnitOfWork(runtime.name, runtime.clock.now())
        await runtime.store.fill_plainly(unit, [needs_of_values])
        kept = unit.get(VALUES, NAME)
        if kept is None or unit.now < kept.from_at or self._app.again is None:
            return False
        said = hash_of_values(files_of_edition(kept))
        if said == self._by.values_hash:
            self._unreadable = ""
        if said in (self._by.values_hash, self._unreadable):
            return False
        try:
            anew = await asyncio.to_thread(begun_anew, self._app, self._settings, kept)
        except (ValidationError, ClienteleError, OSError, ValueError) as wrong:
            self._unreadable = said
            log.error("values_unreadable", count=kept.edition, reason=str(wrong))
            return False
        log.info("values_in_force", count=kept.edition)
        self._go_on_as(anew)
        return True

    def _go_on_as(self, anew: Begun) -> None:
        """Unless it was told to stop while that was built."""
        self.following = anew
        if not self._goes_on:
            self.go_on_no_more()


def mistakes_by(app: App, settings: Settings, files: Mapping[str, str]) -> list[str]:
    """What this service could not begin by, were these the firm's values."""
    given = settings.folder_given()
    with for_a_look(given, files) as folder:
        if app.again is None:
            return []
        try:
            app.again({"firm_dir": folder, "firm_dir_given": given})
        except (ValidationError, ClienteleError, OSError, ValueError) as wrong:
            return _said(wrong, folder)
    return []


def _said(wrong: Exception, folder: Path) -> list[str]:
    known = isinstance(wrong, ValidationError | ClienteleError)
    words = in_words(wrong, folder) if known else str(wrong)  # type: ignore[arg-type]  # just seen
    return words.replace(f"{folder}/", "").splitlines()


def _by_folder(build: Build) -> Begun:
    app, settings = told(build, AS_TOLD)
    return Begun(app, settings, of_folder(settings))


def _by_edition(build: Build, kept: ValuesInForce, given: Path | None) -> Begun:
    files = files_of_edition(kept)
    folder = written(given, files)
    try:
        app, settings = told(build, {"firm_dir": folder, "firm_dir_given": given})
    except SystemExit as wrong:
        forget(folder)
        raise SystemExit(
            f"edition {kept.edition} is in force and this release cannot go by it:\n{wrong}\n"
            "Go back to the release before and approve an edition that fits both; or start with "
            "CLIENTELE_GO_BY_FOLDER=true and a folder that fits, and have it approved."
        ) from None
    log.info("values_in_force", count=kept.edition)
    return Begun(app, settings, GoneBy(hash_of_values(files), kept.edition, folder))


async def _patiently_kept(url: str, name: str) -> ValuesInForce | None:
    found: list[ValuesInForce | None] = []

    async def look() -> None:
        found.append(await kept_values(url, name))

    await patiently(look)
    return found[-1]


async def kept_values(url: str, name: str) -> ValuesInForce | None:
    """What a service has kept as in force; TemporaryError where its database is away."""
    database = connect(url, name)
    try:
        with answering():
            row = await database.collection(VALUES.collection).find_one({"_id": NAME})
    finally:
        database.close()
    return None if row is None else ValuesInForce(**_known(row["d"]))


def _known(said: Mapping[str, Any]) -> dict[str, Any]:
    """Of a document a newer release may have written, what this one knows."""
    return {each.name: said[each.name] for each in fields(ValuesInForce) if each.name in said}
