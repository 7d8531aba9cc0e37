"""Write down what each service hears, announces and answers: ``docs/asyncapi/<service>.json``.

``python -m deploy.infra.asyncapi`` after a change of contracts or listeners; a test keeps it
current.
"""

import json
from pathlib import Path
from typing import Any

from deploy.infra.migrate import built_apps
from shared.process.asyncapi import asyncapi_of

FOLDER = Path(__file__).parents[2] / "docs" / "asyncapi"


def documents() -> dict[str, dict[str, Any]]:
    """The AsyncAPI document of every service, by its name."""
    return {name: asyncapi_of(app) for name, app in built_apps().items()}


def as_text(document: dict[str, Any]) -> str:
    """A document as it is committed."""
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write() -> None:
    """Write every document anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, document in documents().items():
        (FOLDER / f"{name}.json").write_text(as_text(document), encoding="utf-8")


if __name__ == "__main__":
    write()
