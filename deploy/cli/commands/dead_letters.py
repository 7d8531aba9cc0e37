"""``clientele dead-letters``: events that could not be applied; look, try again, put aside."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track

from deploy.cli.addresses import ops_url
from deploy.cli.dead_letter_tables import as_card, as_table
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, say_json
from deploy.infra.access.dead_letters import (
    Choice,
    DeadLetter,
    SayWhichError,
    act_on,
    find,
    stream_order,
)
from deploy.infra.access.service_requests import services_at

SHOWN_TO_A_PERSON = 50

app = typer.Typer(help="Events that could not be applied.", no_args_is_help=True)

Service = Annotated[str | None, typer.Option("--service", help="Only this service's.")]
Fingerprint = Annotated[str | None, typer.Option("--fingerprint", help="Only of this failure.")]
Seq = Annotated[int | None, typer.Option("--seq", help="Only the event at this stream sequence.")]
Status = Annotated[
    str | None, typer.Option("--status", help="Only open, replayed, discarded or erased ones.")
]
Ids = Annotated[list[str] | None, typer.Argument(help="Ids, such as intake-17.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@app.command("list")
def list_dead_letters(
    service: Service = None,
    fingerprint: Fingerprint = None,
    seq: Seq = None,
    status: Status = None,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """List dead letters of all services, those that wait for somebody first."""
    choice = Choice(service=service, fingerprint=fingerprint, seq=seq, status=status)
    letters = asyncio.run(_find(data_dir, choice))
    if as_json:
        say_json(letters)
    elif letters:
        _print(letters)
    else:
        console.print("There are no dead letters.")


@app.command("show")
def show(
    letter_id: Annotated[str, typer.Argument(help="The id, such as intake-17.")],
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Show one dead letter; what the event said stays sealed."""
    letter = asyncio.run(_find(data_dir, Choice(ids=(letter_id,))))[0]
    if as_json:
        say_json(letter)
    else:
        console.print(as_card(letter))


@app.command("replay")
def replay(
    ids: Ids = None,
    service: Service = None,
    fingerprint: Fingerprint = None,
    seq: Seq = None,
    yes: Yes = False,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Try open dead letters again, each only with the service that failed."""
    choice = Choice(tuple(ids or ()), service, fingerprint, seq, "open")
    _do("replay", choice, data_dir, yes=yes, as_json=as_json)


@app.command("discard")
def discard(
    ids: Ids = None,
    service: Service = None,
    fingerprint: Fingerprint = None,
    seq: Seq = None,
    yes: Yes = False,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Put open dead letters aside for good; they stay listed as discarded."""
    choice = Choice(tuple(ids or ()), service, fingerprint, seq, "open")
    _do("discard", choice, data_dir, yes=yes, as_json=as_json)


def _do(what: str, choice: Choice, data_dir: Path, *, yes: bool, as_json: bool) -> None:
    if not choice.says_which:
        raise SayWhichError
    if as_json and not yes:
        raise SayWhichError("with --json nothing is asked: add --yes")
    letters = stream_order(asyncio.run(_find(data_dir, choice)))
    if letters and not yes:
        _print(letters)
        typer.confirm(f"{what.capitalize()} {len(letters)}?", abort=True)
    results = asyncio.run(_act(data_dir, what, letters, hidden=as_json))
    if as_json:
        say_json(results)
    else:
        _tell(results)


def _print(letters: list[DeadLetter]) -> None:
    console.print(as_table(letters[:SHOWN_TO_A_PERSON]))
    if len(letters) > SHOWN_TO_A_PERSON:
        console.print(f"and {len(letters) - SHOWN_TO_A_PERSON} more; list --json shows all")


def _tell(results: list[dict[str, Any]]) -> None:
    outcomes = [result["outcome"] for result in results]
    for outcome in sorted(set(outcomes)):
        console.print(f"{outcomes.count(outcome)}: {outcome}")
    if not outcomes:
        console.print("No open dead letter is chosen by this.")


async def _find(data_dir: Path, choice: Choice) -> list[DeadLetter]:
    async with services_at(ops_url(data_dir)) as services:
        return await find(services, choice)


async def _act(
    data_dir: Path, what: str, letters: list[DeadLetter], *, hidden: bool
) -> list[dict[str, Any]]:
    """One after another, so that a bar can show how far it has come."""
    async with services_at(ops_url(data_dir)) as services:
        shown = track(letters, what, console=console, transient=True, disable=hidden)
        return [await act_on(services, what, letter) for letter in shown]
