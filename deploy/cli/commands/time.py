"""``clientele time``: what time is it for the firm, and move it (for trying out only)."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.cli.addresses import ops_url
from deploy.cli.durations import read_duration, say_duration
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, say_json
from deploy.infra.access.service_requests import services_at
from deploy.trial.time_travel import Journey, Report, advance

app = typer.Typer(help="What time it is for the firm; move it, for trying out.",
                  no_args_is_help=True)  # fmt: skip


@app.command("show")
def show(data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Say what time it is for every service."""
    answers = asyncio.run(_ask_time(ops_url(data_dir)))
    if as_json:
        say_json({"now": _latest(answers), "services": answers})
        return
    for name, answer in answers.items():
        ahead = timedelta(seconds=answer["offset_seconds"])
        note = f"{say_duration(ahead)} ahead" if ahead else "real time"
        console.print(f"[cyan]{name:<11}[/] {answer['now']}  [dim]{note}[/]")


@app.command("advance")
def move(
    length: Annotated[str, typer.Argument(help="How far, for example 7d, 1h30m or 90m.")],
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Move time ahead for every service, stopping wherever something falls due. Never back."""
    distance = read_duration(length)
    with travel_bar(hidden=as_json) as bar:
        journey = asyncio.run(_advance(data_dir, distance, reporting(bar, distance)))
    if as_json:
        say_json({"now": journey.now.isoformat(timespec="milliseconds"), "steps": journey.steps})
    else:
        console.print(f"It is {journey.now:%Y-%m-%d %H:%M} UTC now, in {journey.steps} steps.")


def travel_bar(*, hidden: bool = False) -> Progress:
    """A bar that shows how far time has come."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=hidden)


def reporting(bar: Progress, distance: timedelta) -> Report:
    """What moves the bar."""
    task = bar.add_task("moving time", total=distance.total_seconds())

    def report(stop: datetime, target: datetime) -> None:
        left = (target - stop).total_seconds()
        bar.update(task, description=f"{stop:%Y-%m-%d %H:%M} UTC",
                   completed=distance.total_seconds() - left)  # fmt: skip

    return report


async def _advance(data_dir: Path, distance: timedelta, report: Report) -> Journey:
    async with services_at(ops_url(data_dir)) as services:
        return await advance(services, distance, report)


async def _ask_time(url: str) -> dict[str, dict[str, Any]]:
    async with services_at(url) as services:
        return await services.ask_all({"ask": "time"})


def _latest(answers: dict[str, dict[str, Any]]) -> str:
    return max(str(answer["now"]) for answer in answers.values())
