"""How do mappings chosen at the desk and files of the firm's folder become one?"""

from collections.abc import Mapping
from pathlib import Path

from deploy.infra.access.service_requests import services_at, told
from services.gateway.domain.imports.mapping_files import FOLDER
from services.gateway.domain.imports.mapping_text import mapping_in, same
from services.gateway.gateways.list_mappings import read_mapping
from services.gateway.ops.mappings import MappingOfDesk, MappingsTold

OWNER = "gateway"


async def kept_at_the_desk(url: str) -> list[MappingOfDesk]:
    """Every mapping that people chose at the desk."""
    return (await _asked(url, {})).mappings


async def bring_files(url: str, folder: Path) -> dict[str, str]:
    """Have the mappings of this folder hold; what became of each.

    Every file is read first: an error names file, field and remedy, and nothing was brought.
    """
    files = sorted((folder / FOLDER).glob("*.yaml"))
    texts = {read_mapping(file).name: file.read_text(encoding="utf-8") for file in files}
    return (await _asked(url, texts)).became if texts else {}


def write_files(kept: list[MappingOfDesk], folder: Path) -> dict[str, str]:
    """Write each into the folder; what became of its file: new, changed or the same.

    A file that says the same in other words stays as it is, with its comments.
    """
    became = {}
    for each in kept:
        file = folder / FOLDER / f"{each.name}.yaml"
        became[each.name] = how_it_differs(each, file)
        if became[each.name] != "same":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(each.text, encoding="utf-8")
    return became


def how_it_differs(kept: MappingOfDesk, file: Path) -> str:
    """What the desk's mapping is to the folder: new, changed or the same."""
    if not file.is_file():
        return "new"
    return "same" if same(mapping_in(kept.name, kept.text), read_mapping(file)) else "changed"


async def _asked(url: str, files: Mapping[str, str]) -> MappingsTold:
    async with services_at(url) as services:
        question = {"ask": "mappings", "files": dict(files)}
        return told(MappingsTold, await services.ask(OWNER, question))
