"""How is the intake service put together?"""

from pathlib import Path
from typing import Any

import yaml

from services.intake.domain.forms import Form, FormError, form_of
from services.intake.listeners import listeners
from services.intake.pages.links import link_makers
from services.intake.pages.routes import pages
from services.intake.settings import IntakeSettings
from services.intake.staff import deciders, views
from services.intake.storage import SHELVES
from shared.contracts import firm, intake, tasks
from shared.process.app import App
from shared.process.run import run

HERE = Path(__file__).parent
SAYS = (
    firm.InquiryReceived.TYPE,
    intake.ConflictDetected.TYPE,
    intake.ConflictCleared.TYPE,
    intake.ConsentGranted.TYPE,
    intake.ConsentWithdrawn.TYPE,
    intake.ClientPreferencesUpdated.TYPE,
    tasks.TaskCreated.TYPE,
    tasks.TaskUpdated.TYPE,
    tasks.TaskCancelled.TYPE,
    tasks.TaskCompleted.TYPE,
)


def build() -> App:
    """The service, ready to run."""
    settings = IntakeSettings()
    return App(
        name="intake",
        title="Clientele intake",
        listeners=listeners(),
        shelves=SHELVES,
        deciders=deciders(),
        views=views(),
        links=link_makers(settings),
        pages=pages(settings, read_forms(settings.forms_dir or HERE / "forms")),
        says=SAYS,
    )


def read_forms(folder: Path) -> dict[str, Form]:
    """Every inquiry form of a folder, by name; raises FormError with the file's name."""
    forms = [form_of(file.name, _read(file)) for file in sorted(folder.glob("*.yaml"))]
    return {form.name: form for form in forms}


def _read(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as wrong:
        raise FormError(f"{file.name}: this is not YAML") from wrong


if __name__ == "__main__":
    run(build)
