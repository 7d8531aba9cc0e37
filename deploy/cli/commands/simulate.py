"""``clientele playbook simulate``: what would change, before anybody is written to otherwise?"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress
from rich.table import Table

from deploy.cli.addresses import ops_url
from deploy.cli.commands.playbook import every_file, read_all
from deploy.cli.durations import read_duration
from deploy.cli.firm_editions import files_in_force
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra.access.service_requests import services_at, told
from deploy.infra.access.stored_events import kept_events
from services.reminders.app import read_rules
from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.yaml_places import PlaybookError
from services.reminders.gateways.rule_files import clocks_of
from services.reminders.settings import RemindersSettings
from services.reminders.simulation.comparison import (
    Comparison,
    Outlook,
    as_lived,
    playbooks_in_force,
)
from services.reminders.simulation.differences import Difference
from shared.contracts.answers import TimeTold
from shared.contracts.envelope import Event
from shared.engine.received_events import read

WORDS = {
    "would-act": "would happen",
    "would-stop": "would not happen any more",
    "would-move": "would happen at another time",
    "would-be-held-back": "would be planned, and held back",
    "would-be-missed": "would be missed: the firm owed it",
    "would-not-be-missed": "would not be missed any more",
}


def simulate(
    files: Annotated[list[Path], typer.Argument(help="All playbooks as they are to be.")],
    since: Annotated[str, typer.Option(help="How far back to look, such as 30d.")] = "30d",
    against: Annotated[
        Path | None, typer.Option(help="The playbooks to compare with; else those in force here.")
    ] = None,
    shown: Annotated[int, typer.Option("--show", min=0, help="How many of each to list.")] = 10,
    imported: Annotated[
        bool, typer.Option("--imported", help="Hear the imported past as if told on its days.")
    ] = False,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Run playbooks over the firm's real past events, with sending off, and show what differs.

    Needs a running installation, and changes nothing in it. Every message is taken to have
    arrived; what other services answered is taken as it happened.
    """
    settings = RemindersSettings()
    texts = None if against else files_in_force(ops_url(data_dir))
    before = [against] if against else playbooks_in_force(settings)
    after = files if against else [*files, *missing_clocks(settings, files)]
    in_force = _rules(*before) if texts is None else read_rules(settings, texts).published
    comparison = Comparison(settings, in_force, _rules(*after), texts)
    asyncio.run(_hear_everything(ops_url(data_dir), comparison, imported, hidden=as_json))
    found = comparison.outlook(read_duration(since))
    if as_json:
        say_json({"events": comparison.heard, "since": found.since.isoformat(),
                  "differences": _plain(found.differences)})  # fmt: skip
    else:
        _print(found, comparison.heard, shown)


def missing_clocks(settings: RemindersSettings, files: Sequence[Path]) -> list[Path]:
    """The clocks of the firm's profile, which hold whatever playbooks it has beside them."""
    named = {file.resolve() for file in every_file(files)}
    return [each for each in clocks_of(settings) if each.resolve() not in named]


def _rules(*paths: Path) -> list[PublishedRule]:
    rules, mistakes = read_all(every_file(paths))
    if mistakes:
        raise PlaybookError("; ".join(mistakes))
    return rules


async def _hear_everything(
    url: str, comparison: Comparison, imported: bool, *, hidden: bool
) -> None:
    """Have both sets of rules hear everything the stream has kept, and time pass until now."""
    past: list[tuple[Event[Any], datetime | None]] = []
    async with services_at(url) as services:
        newest = await services.newest()
        end = datetime.fromisoformat(
            told(TimeTold, await services.ask("reminders", {"ask": "time"})).now
        )
        with Progress(console=console, transient=True, disable=hidden) as progress:
            task = progress.add_task("hearing again", total=newest)
            async for received in kept_events(services.client, newest):
                progress.update(task, completed=received.sequence)
                event = read(received, end).event
                if event is not None and imported:
                    past.append((event, received.stored_at))
                elif event is not None:
                    comparison.hear(event, received.stored_at)
    for event, at in as_lived(past):
        comparison.hear(event, at)
    comparison.pass_until(end)


def _plain(found: Sequence[Difference]) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value
         for name, value in asdict(each).items()}
        for each in found
    ]  # fmt: skip


def _print(outlook: Outlook, heard: int, shown: int) -> None:
    found = outlook.differences
    console.print(f"{heard} events, looking back to {outlook.since:%Y-%m-%d}: "
                  f"{outlook.acted_before} things happened by the rules in force, "
                  f"{outlook.acted_after} would by these.")  # fmt: skip
    if not found:
        console.print("Nothing would go another way.")
        return
    counts = Counter((each.rule_id, each.what) for each in found)
    table = Table("rule", "what", "how often", box=None)
    for (rule_id, what), count in sorted(counts.items()):
        table.add_row(plain(rule_id), WORDS[what], str(count))
    console.print(table)
    for key in sorted(counts):
        some = [each for each in found if (each.rule_id, each.what) == key]
        for each in some[:shown]:
            console.print(f"  {_sentence(each)}", soft_wrap=True)
        if len(some) > shown:
            console.print(f"  and {len(some) - shown} more; --json lists all")


def _sentence(each: Difference) -> str:
    whom = plain(each.client_id or each.about)
    times = [f"{at:%Y-%m-%d %H:%M} UTC" for at in (each.before, each.after) if at is not None]
    why = f" ({plain(each.why)})" if each.why else ""
    return f"{plain(each.rule_id)}, {whom}: {WORDS[each.what]}{why}, {' → '.join(times)}".rstrip(
        ", "
    )
