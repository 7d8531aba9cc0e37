"""``clientele import ics``: a calendar's file, weighed and taken in."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.cli.addresses import ops_url
from deploy.cli.calendar_runs import CalendarRun, put_calendar
from deploy.cli.import_files import content_of, name_for
from deploy.cli.import_report import WORDS, show_counts
from deploy.cli.import_runs import Run
from deploy.cli.screen import console, plain, say_json
from services.gateway.domain.calendars.entries import CalendarError, CalendarRead, read_calendar
from services.gateway.domain.calendars.rules import CalendarRules
from services.gateway.settings import GatewaySettings
from shared.clock import real_now
from shared.errors import ClienteleError


class CannotReadCalendarError(ClienteleError):
    """A calendar cannot be taken in as it is."""


Source = Annotated[
    str | None,
    typer.Option("--source", help="The file in sources/ that says whose appointments are in it."),
]
Whole = Annotated[
    bool,
    typer.Option("--whole", help="It is all of the calendar: what is missing in it is called off."),
]


def put_in(
    file: Path, source: str | None, run: Run, data_dir: Path, *, whole: bool
) -> tuple[CalendarRead, CalendarRun]:
    """Read the file, and have the gateway weigh it or take it in."""
    settings = GatewaySettings()
    rules, now = _rules(source, settings), real_now()
    try:
        read = read_calendar(content_of(file), rules, settings.firm_zone, now)
    except CalendarError as no:
        raise CannotReadCalendarError(f"{file} {no.message}") from None
    url = ops_url(data_dir)
    return read, asyncio.run(put_calendar(url, read, rules, run, now, whole=whole))


def name_of(file: Path, source: str | None) -> str:
    """What the calendar is called: like its source, or like its file."""
    return source or name_for(file.stem)


def _rules(source: str | None, settings: GatewaySettings) -> CalendarRules:
    if source is None:
        return CalendarRules()
    sources = settings.sources()
    found = sources.get(source)
    if found is None or found.calendar is None:
        there = ", ".join(sorted(name for name, each in sources.items() if each.calendar)) or "none"
        raise CannotReadCalendarError(
            f"there is no sources/{source}.yaml with calendar:; those there are: {there}"
        )
    return found.calendar


def report(read: CalendarRead, became: CalendarRun, *, dry_run: bool, shown: int) -> bool:
    """Say what became of it; whether something was wrong."""
    rows = [row for _, row in became.rows]
    show_counts(rows, dry_run=dry_run)
    lines = {
        "called off": [_named(each.uid, each.starts) for each in became.news.missing],
        "wrong": _wrong(became),
        "left out": [f"{_named(each.uid, each.starts)}: {each.why.field} {each.why.message}"
                     for each in read.left_out],
        "older than what is known": [_named(e.uid, e.starts) for e in became.news.older],
    }  # fmt: skip
    for word, said in lines.items():
        for each in said[:shown]:
            console.print(f"  {word}: {plain(each)}", soft_wrap=True)
        if len(said) > shown:
            console.print(f"  and {len(said) - shown} more {word}; --json lists all")
    if became.news.disbelieved:
        console.print(
            f"{became.news.disbelieved} appointments are missing at once: that is not believed, and"
            " none was called off. Raise missing_at_most in its source file if it is so.",
            soft_wrap=True,
        )
    if dry_run:
        console.print("Nothing was changed.")
    return bool(lines["wrong"] or became.news.disbelieved)


def say_as_json(read: CalendarRead, became: CalendarRun, *, dry_run: bool) -> bool:
    """The same for programs."""
    rows = [row for _, row in became.rows]
    counts = Counter(each.what for each in rows)
    wrong = _wrong(became)
    answer: dict[str, Any] = {
        **{name: counts[name] for name in WORDS},
        "events": dict(Counter(event for each in rows for event in each.events)),
        "called_off": [each.entry.id for each in became.news.missing],
        "wrongs": wrong,
        "left_out": [
            {"uid": e.uid, "starts": e.starts, "field": e.why.field, "message": e.why.message}
            for e in read.left_out
        ],
        "older": [each.entry.id for each in became.news.older],
        "disbelieved": became.news.disbelieved,
        "dry_run": dry_run,
    }
    say_json(answer)
    return bool(wrong or became.news.disbelieved)


def _wrong(became: CalendarRun) -> list[str]:
    return [
        f"{_named(found.uid, found.starts)}: "
        + "; ".join(f"{each.field} {each.message}" for each in row.problems)
        for found, row in became.rows
        if row.what == "wrong" and not found.is_off
    ]


def _named(uid: str, starts: str) -> str:
    return f"{starts}, {uid}" if starts else uid or "an entry without an id"
