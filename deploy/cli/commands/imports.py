"""``clientele import``: lists of other systems, weighed and taken in."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from deploy.cli.addresses import ops_url
from deploy.cli.commands.import_calendar import (
    Source,
    Whole,
    name_of,
    put_in,
    report,
    say_as_json,
)
from deploy.cli.commands.import_mappings import say_mappings
from deploy.cli.import_files import content_of, name_for, write_guess
from deploy.cli.import_report import as_plain, show, write_refused
from deploy.cli.import_runs import Run, put_to_gateway
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from services.gateway.domain.imports.guesses import guessed
from services.gateway.domain.imports.kinds import KINDS, Kind
from services.gateway.domain.imports.lists import read_list
from services.gateway.domain.imports.rows import RowRead, read_rows
from services.gateway.domain.imports.runs import RowTold, columns_of
from services.gateway.domain.imports.tables import REASON, Table, TableError, Written
from services.gateway.domain.imports.telling import news_from
from services.gateway.gateways.list_mappings import mapping_named
from services.gateway.settings import GatewaySettings
from shared.contracts.fields import read_day
from shared.errors import ClienteleError

app = typer.Typer(help="Take in lists of other systems.", no_args_is_help=True)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would become of it.")]
NewsSince = Annotated[
    str | None,
    typer.Option(help="What happened from this day on (2026-12-01) is news, and is acted on."),
]
ListKind = Annotated[str | None, typer.Option("--as", help=f"What it lists: {', '.join(KINDS)}.")]
SheetName = Annotated[
    str | None, typer.Option("--sheet", help="Of a workbook; else as the mapping says.")
]
ShownRows = Annotated[int, typer.Option("--show", min=0, help="How many rows of each to list.")]


class CannotImportError(ClienteleError):
    """A list cannot be taken in as it is."""


@app.command("csv")
def import_csv(
    file: Annotated[Path, typer.Argument(help="A list, as a spreadsheet saves it: CSV or .xlsx.")],
    kind: ListKind = None,
    mapping: Annotated[
        str | None, typer.Option(help="Name or file of the mapping; without it, one is guessed.")
    ] = None,
    sheet: SheetName = None,
    dry_run: DryRun = False,
    news_since: NewsSince = None,
    shown: ShownRows = 10,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Take in a list of clients, matters, parties, appointments or invoices.

    It tells the past unless --news-since says otherwise: nobody is written to about it, and what
    still lies ahead is reminded of. The same list again changes nothing. Needs what is running.
    """
    settings = GatewaySettings()
    if mapping is None:
        _begin(file, _kind(kind), settings, Written(sheet=sheet), as_json=as_json)
        raise typer.Exit(1)
    meant = mapping_named(mapping)
    if kind is not None and _kind(kind) != meant.kind:
        raise CannotImportError(f"the mapping {meant.name} is one of {meant.kind}, not of {kind}")
    table = _table(file, replace(meant.written, sheet=sheet or meant.sheet))
    unread = [each for each in meant.check_against(table) if each != REASON]
    reads = list(read_rows(table, meant, settings.firm_zone))
    since = _since(news_since, settings.firm_zone)
    rows = _put(data_dir, reads, Run(meant.name, dry_run, since), hidden=as_json)
    columns = columns_of(meant)
    refused = None if dry_run else write_refused(file, table, rows, columns)
    if as_json:
        answer = {**as_plain(rows, columns), "unread": unread, "dry_run": dry_run}
        more = {"sheet": table.sheet or None, "refused": str(refused) if refused else None}
        say_json({**answer, **more})
    else:
        _say(rows, columns, unread, refused, dry_run=dry_run, shown=shown, sheet=table.sheet)
    if any(each.what == "wrong" for each in rows):
        raise typer.Exit(1)


@app.command("ics")
def import_ics(
    file: Annotated[Path, typer.Argument(help="A calendar (iCalendar), as a program exports it.")],
    source: Source = None,
    whole: Whole = False,
    dry_run: DryRun = False,
    news_since: NewsSince = None,
    shown: ShownRows = 10,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Take in the appointments of a calendar's file.

    The same file again changes nothing. What the file calls off is called off; with --whole also
    what is missing in it. Needs what is running.
    """
    since = _since(news_since, GatewaySettings().firm_zone)
    run = Run(name_of(file, source), dry_run, since)
    read, became = put_in(file, source, run, data_dir, whole=whole)
    if as_json:
        is_wrong = say_as_json(read, became, dry_run=dry_run)
    else:
        is_wrong = report(read, became, dry_run=dry_run, shown=shown)
    if is_wrong:
        raise typer.Exit(1)


@app.command("mappings")
def mappings(
    write: Annotated[
        bool, typer.Option("--write", help="Write those of the desk into the firm's folder.")
    ] = False,
    bring: Annotated[
        bool, typer.Option("--bring", help="Have the desk go by those of the firm's folder.")
    ] = False,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Show what people chose columns to mean at the desk, beside the files of the firm's folder.

    The desk goes by its own where both say something of one name. Needs what is running.
    """
    if write and bring:
        raise CannotImportError("say --write or --bring: one way at a time")
    say_mappings(ops_url(data_dir), write=write, bring=bring, as_json=as_json)


def _kind(said: str | None) -> Kind:
    found = next((each for each in KINDS if each == said), None)
    if found is None:
        raise CannotImportError(f"say what the list holds: --as {'|'.join(KINDS)}")
    return found


def _begin(
    file: Path, kind: Kind, settings: GatewaySettings, said: Written, *, as_json: bool
) -> None:
    """Write down what the columns may mean; nothing is imported before somebody has read that."""
    table = _table(file, said)
    guess = guessed(table, kind, zone=settings.firm_zone, locale=settings.sources_locale)
    name = name_for(file.stem)
    written = write_guess(name, guess)
    if as_json:
        say_json({"mapping": str(written), "missing": list(guess.missing)})
        return
    console.print(f"Wrote what the columns may mean to {plain(str(written))}.", soft_wrap=True)
    if guess.missing:
        console.print(f"No column was found for: {', '.join(guess.missing)}.", soft_wrap=True)
    console.print("Nothing was imported. Read it, correct it, and then:")
    console.print(
        f"  clientele import csv {plain(str(file))} --mapping {name} --dry-run", soft_wrap=True
    )


def _table(file: Path, said: Written) -> Table:
    try:
        return read_list(content_of(file), said)
    except TableError as no:
        raise CannotImportError(f"{file} {no.message}") from None


def _since(said: str | None, zone: str) -> datetime | None:
    if said is None:
        return None
    try:
        return news_from(read_day(said).isoformat(), zone)
    except ValueError:
        raise CannotImportError("--news-since takes a day, such as 2026-12-01") from None


def _put(data_dir: Path, reads: Sequence[RowRead], run: Run, *, hidden: bool) -> list[RowTold]:
    word = "weighing" if run.dry_run else "importing"
    with Progress(console=console, transient=True, disable=hidden) as progress:
        total = sum(each.entry is not None for each in reads)
        task = progress.add_task(word, total=total)
        shown = Run(run.name, run.dry_run, run.news_since, lambda n: progress.advance(task, n))
        return asyncio.run(put_to_gateway(ops_url(data_dir), reads, shown))


def _say(
    rows: Sequence[RowTold], columns: dict[str, str], unread: Sequence[str],
    refused: Path | None, *, dry_run: bool, shown: int, sheet: str,
) -> None:  # fmt: skip
    if sheet:
        console.print(f"Read the sheet {plain(sheet)}.", soft_wrap=True)
    show(rows, columns, dry_run=dry_run, shown=shown)
    if unread:
        named = ", ".join(unread)
        console.print(f"Columns nobody reads: {plain(named)}. Name them under ignore, or map them.",
                      soft_wrap=True)  # fmt: skip
    if refused is not None:
        console.print(
            f"The wrong rows are in {plain(str(refused))}, each with its reason: correct them there"
            " and import that list.",
            soft_wrap=True,
        )
    if dry_run:
        console.print("Nothing was changed.")
