"""``clientele firm``: how is the firm's own folder begun and checked, and what is in force?"""

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.table import Table

from deploy.cli.firm_checks import Checked, check_folder
from deploy.cli.firm_rules import RuleOfTheFirm, rules_of_the_firm
from deploy.cli.firm_template import write_folder
from deploy.cli.firm_values import Value, values
from deploy.cli.screen import Json, console, errors, plain, say_json
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
def show(folder: Folder = None, as_json: Json = False) -> None:
    """Every value in force, and where it comes from; every rule that is otherwise than shipped."""
    _choose(folder)
    said = said_in()
    try:
        found, rules = list(values(said)), list(rules_of_the_firm())
    except ValidationError as invalid:
        raise NotInForceError("\n".join(complaints(invalid, said) or [str(invalid)])) from None
    if as_json:
        say_json({"values": [asdict(each) for each in found],
                  "rules": [asdict(each) for each in rules]})  # fmt: skip
    else:
        console.print(_table(found))
        console.print(_rules(rules) if rules else "Every rule is as shipped.")


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
