"""``clientele import mappings``: mappings chosen at the desk, and files of the firm's folder."""

import asyncio

from rich.table import Table

from deploy.cli.mapping_files import bring_files, how_it_differs, kept_at_the_desk, write_files
from deploy.cli.screen import console, plain, say_json
from services.gateway.domain.imports.mapping_files import FOLDER
from services.gateway.gateways.list_mappings import every_mapping, folder, read_mapping

AT_DESK = {
    "new": "at the desk alone",
    "changed": "otherwise at the desk than in its file",
    "same": "the same at the desk and in its file",
}
IN_FOLDER = "in the folder alone: the desk goes by the file, where it is started with this folder"
DONE = {"new": "new", "changed": "changed", "same": "the same as before"}


def say_mappings(url: str, *, write: bool, bring: bool, as_json: bool) -> None:
    """List them, or make one side like the other."""
    if bring:
        return _say_done(asyncio.run(bring_files(url, folder().parent)), "at the desk", as_json)
    kept = asyncio.run(kept_at_the_desk(url))
    if write:
        return _say_done(write_files(kept, folder().parent), f"in {folder()}", as_json)
    files = {each.stem: read_mapping(each) for each in every_mapping()}
    found = {
        each.name: (each.kind, AT_DESK[how_it_differs(each, folder() / f"{each.name}.yaml")])
        for each in kept
    }
    found |= {name: (each.kind, IN_FOLDER) for name, each in files.items() if name not in found}
    if as_json:
        return say_json({name: {"as": kind, "is": said} for name, (kind, said) in found.items()})
    if not found:
        console.print(f"None at the desk, and none in {plain(str(folder()))}.", soft_wrap=True)
        return None
    table = Table("mapping", "of", "is", box=None)
    for name, (kind, said) in sorted(found.items()):
        table.add_row(plain(name), kind, said)
    console.print(table)
    return None


def _say_done(became: dict[str, str], where: str, as_json: bool) -> None:
    if as_json:
        return say_json(became)
    for name, what in sorted(became.items()):
        console.print(f"{FOLDER}/{plain(name)}.yaml: {DONE[what]} {plain(where)}", soft_wrap=True)
    if not became:
        console.print("There is none.")
    return None
