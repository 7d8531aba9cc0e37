"""Where are the mappings of a firm's lists, and which one is meant?

In the folder ``imports`` of the firm's own folder; without one, in ``imports`` where one stands.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import yaml

from services.gateway.domain.imports.mapping_files import FOLDER, ImportMapping, mapping_from
from shared.errors import ClienteleError
from shared.firm.setting_source import VARIABLE
from shared.telemetry.logs import log
from shared.yaml_text import loaded


class MappingFileError(ClienteleError):
    """A file of a mapping cannot be read."""


def folder() -> Path:
    """Where mappings are kept."""
    return Path(os.environ.get(VARIABLE, ".")) / FOLDER


def mapping_named(said: str) -> ImportMapping:
    """The mapping of this name, or in this file; the error names what to mend."""
    file = Path(said) if said.endswith((".yaml", ".yml")) else folder() / f"{said}.yaml"
    return read_mapping(file)


def read_mapping(file: Path) -> ImportMapping:
    """The mapping in a file; the error names field and remedy."""
    try:
        text = loaded(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        at = getattr(broken, "problem_mark", None)
        line = f":{at.line + 1}" if at is not None else ""
        raise MappingFileError(f"{file}{line}: is no YAML in UTF-8") from None
    except OSError as away:
        there = ", ".join(sorted(each.stem for each in folder().glob("*.yaml"))) or "none"
        raise MappingFileError(
            f"{file} cannot be read: {away.strerror}. Mappings in {folder()}: {there}"
        ) from None
    return mapping_from(file.stem, text)


def every_mapping() -> list[Path]:
    """Every mapping the firm keeps."""
    return sorted(folder().glob("*.yaml"))


def mappings_that_hold() -> Sequence[ImportMapping]:
    """Those of the firm's folder that can be followed; ``clientele firm check`` names the others.

    Without a folder of the firm there are none: a service stands nowhere.
    """
    if not os.environ.get(VARIABLE):
        return ()
    found = []
    for file in every_mapping():
        try:
            found.append(read_mapping(file))
        except ClienteleError:
            log.warning("mapping_not_read", file=file.name)
    return found
