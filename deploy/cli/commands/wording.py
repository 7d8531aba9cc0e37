"""``clientele wording``: what stands against the firm's texts before anybody is written to?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.cli.screen import Json, console, errors, plain, say_json
from services.reminders.app import message_files, read_wording
from services.reminders.domain.checked_texts import Remark
from services.reminders.gateways.firm_letters import remarks_on
from services.reminders.gateways.rule_files import files_in
from services.reminders.settings import RemindersSettings

app = typer.Typer(help="The firm's letters and messages: what was noticed in their words.",
                  no_args_is_help=True)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noticed:
    """One finding, as it is printed."""

    place: str
    rule: str
    message: str
    suggestion: str
    refuses: bool


@app.command("check")
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="The firm's folder; else CLIENTELE_FIRM_DIR.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(help="Whose law holds; else the one that is set.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Read every letter and message as the service would, by every rule, with file and line.

    Ends with 1 where something keeps the service from starting.
    """
    given: dict[str, Any] = {"firm_dir": folder, "profile": profile}
    settings = RemindersSettings(**{name: value for name, value in given.items() if value})
    own = files_in(settings.firm_dir)
    found = remarks_on(settings, own, message_files(settings), read_wording(settings))
    noticed = [_noticed(each) for each in sorted(found, key=lambda each: not each.finding.refuses)]
    refused = sum(each.refuses for each in noticed)
    if as_json:
        say_json([{name: getattr(each, name) for name in Noticed.__slots__} for each in noticed])
    else:
        _print(found, refused)
    if refused:
        raise typer.Exit(1)


def _noticed(remark: Remark) -> Noticed:
    found = remark.finding
    return Noticed(remark.place, found.rule, found.message, found.suggestion, found.refuses)


def _print(found: list[Remark], refused: int) -> None:
    for each in found:
        (errors if each.finding.refuses else console).print(plain(str(each)))
    remarks = len(found) - refused
    console.print(plain(f"{refused} to be mended, {remarks} worth a look."))
