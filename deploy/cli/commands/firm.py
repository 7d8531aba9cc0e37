"""``clientele firm``: how is the firm's own folder begun and checked, and what is in force?"""

import asyncio
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.table import Table

from deploy.cli.addresses import ops_url
from deploy.cli.firm_checks import Checked, check_folder
from deploy.cli.firm_editions import edition_of_running, propose, write_edition
from deploy.cli.firm_rules import RuleOfTheFirm, rules_of_the_firm
from deploy.cli.firm_template import write_folder
from deploy.cli.firm_values import Value, values
from deploy.cli.mapping_files import bring_files, kept_at_the_desk, write_files
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, errors, plain, say_json
from shared.errors import ClienteleError
from shared.firm.setting_source import VARIABLE, complaints, said_in

app = typer.Typer(help="The firm's own folder: what it says of itself, beside what is shipped.",
                  no_args_is_help=True)  # fmt: skip
Folder = Annotated[
    Path | None, typer.Argument(help=f"The firm's folder; else what {VARIABLE} names.")
]


class NotInForceError(ClienteleError):
    """Something in the firm's folder, or in the environment, keeps the services from starting."""


@app.command("new")
def new(folder: Annotated[Path, typer.Argument(help="A folder that is new or empty.")]) -> None:
    """Write a commented folder that changes nothing yet."""
    for file in write_folder(folder):
        console.print(f"wrote {plain(str(file))}", soft_wrap=True)
    console.print(f"Set {VARIABLE}={plain(str(folder.absolute()))} for every service.",
                  soft_wrap=True)  # fmt: skip


@app.command("check")
def check(folder: Folder = None, as_json: Json = False) -> None:
    """Read the folder as every service would: each mistake with file, line and remedy."""
    _choose(folder)
    checked = check_folder()
    if as_json:
        say_json(asdict(checked))
    else:
        _print(checked)
    if checked.mistakes:
        raise typer.Exit(1)


@app.command("show")
def show(folder: Folder = None, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Every value in force, and where it comes from; every rule that is otherwise than shipped.

    Rules are those of the folder; where an edition is in force instead, that is said.
    """
    _choose(folder)
    said, edition = said_in(), edition_of_running(data_dir)
    try:
        found, rules = list(values(said)), list(rules_of_the_firm())
    except ValidationError as invalid:
        raise NotInForceError("\n".join(complaints(invalid, said) or [str(invalid)])) from None
    if as_json:
        say_json({"values": [asdict(each) for each in found],
                  "rules": [asdict(each) for each in rules],
                  "edition": edition.in_force if edition else None})  # fmt: skip
    else:
        console.print(_table(found))
        console.print(_rules(rules) if rules else "Every rule is as shipped.")
        if edition is not None and edition.in_force:
            console.print(
                f"Edition {edition.in_force} is in force, not the folder: clientele firm export "
                "writes it.",
                soft_wrap=True,
            )


@app.command("import")
def import_folder(
    by: Annotated[str, typer.Option(help="Who proposes it: their id at the desk.")],
    folder: Folder = None,
    note: Annotated[str, typer.Option(help="What it is for, for whoever approves it.")] = "",
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Propose the folder as an edition; a second person approves it at the desk.

    Needs a running installation. Nothing comes into force by this command but the mappings of
    lists (imports/), which hold at once.
    """
    _choose(folder)
    for name, became in asyncio.run(bring_files(ops_url(data_dir), _folder_named())).items():
        if became != "same":
            console.print(f"imports/{plain(name)}.yaml holds at the desk now ({became}).")
    told = asyncio.run(propose(ops_url(data_dir), _folder_named(), by, note))
    console.print(
        f"Proposed as edition {told.proposed}. Somebody else approves it at the desk: "
        f"/studio/editions/{told.proposed}",
        soft_wrap=True,
    )


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="A folder that is new or empty.")],
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Write the folder that gives exactly what is in force.

    What no edition holds (sources, imports, profiles) is copied from the folder that
    CLIENTELE_FIRM_DIR names; of imports, what people chose at the desk goes before that.
    """
    number, written = write_edition(ops_url(data_dir), folder)
    chosen = write_files(asyncio.run(kept_at_the_desk(ops_url(data_dir))), folder)
    what = f"edition {number}" if number else "the folder the services were started with"
    console.print(f"wrote {written} files of {what} to {plain(str(folder))}", soft_wrap=True)
    if chosen:
        console.print(f"and {len(chosen)} mappings of lists, as the desk goes by them")


def _folder_named() -> Path:
    named = os.environ.get(VARIABLE)
    if named is None:
        raise typer.BadParameter(f"name the folder, or set {VARIABLE}")
    return Path(named)


def _choose(folder: Path | None) -> None:
    """This process reads the folder as a service would that is told of it."""
    if folder is not None:
        os.environ[VARIABLE] = str(folder)


def _print(checked: Checked) -> None:
    for remark in checked.remarks:
        console.print(f"[yellow]remark:[/] {plain(remark)}", soft_wrap=True)
    for mistake in checked.mistakes:
        errors.print(f"[bold red]mistake:[/] {plain(mistake)}", soft_wrap=True)
    if not checked.mistakes:
        console.print("No mistake: every service would start with it.")


def _table(found: list[Value]) -> Table:
    table = Table("what", "value", "from", box=None)
    for each in found:
        sample = " (sample)" if each.sample else ""
        table.add_row(plain(each.place), plain(each.value) + sample, plain(each.source))
    return table


def _rules(found: list[RuleOfTheFirm]) -> Table:
    table = Table("rule", "playbook", "is", "version", box=None)
    for each in found:
        table.add_row(plain(each.rule_id), plain(each.playbook), each.standing, str(each.version))
    return table
