"""What was a service told, and how does it say that it cannot start for it?"""

from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from shared.errors import ClienteleError
from shared.firm.folder import FirmFolderError
from shared.firm.setting_source import classes, complaints, overruled, said_in
from shared.firm.watch import digest_of
from shared.process.app import AS_TOLD, App, Told
from shared.process.settings import Settings
from shared.telemetry import logs


def told(build: Callable[[Told], App], values: Told = AS_TOLD) -> tuple[App, Settings]:
    """The service as its firm wants it, with its log; what was said wrongly ends it in words."""
    try:
        app, settings = build(values), Settings(**values)
    except (ValidationError, ClienteleError) as wrong:
        raise SystemExit(in_words(wrong, values.get("firm_dir"))) from None
    logs.set_up(app.name, settings.replica)
    log_folder(settings)
    return app, settings


def log_folder(settings: Settings) -> None:
    if settings.firm_dir is not None:
        said = said_in(settings.firm_dir)
        in_vain = dict.fromkeys(line for each in classes() for line in overruled(each, said))
        logs.log.info(
            "firm_folder", folder=str(settings.firm_dir), version=digest_of(settings.firm_dir),
            reason="; ".join(in_vain),
        )  # fmt: skip


def in_words(wrong: ValidationError | ClienteleError, folder: Path | None = None) -> str:
    """One line for each thing that keeps a service from starting."""
    if isinstance(wrong, ClienteleError):
        return wrong.message
    try:
        said = said_in(folder)
    except FirmFolderError:  # said already by whoever read it first
        said = {}
    found = complaints(wrong, said)
    return str(wrong) if found is None else "\n".join(found)
