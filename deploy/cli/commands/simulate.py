"""``clientele playbook simulate``: what would change, before anybody is written to otherwise?"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress
from rich.table import Table

from deploy.cli.addresses import ops_url
from deploy.cli.commands.playbook import every_file, read_all
from deploy.cli.durations import read_duration
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra.access.service_requests import services_at, told
from deploy.infra.access.stored_events import kept_events
from services.reminders.app import HERE, make_config
from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.yaml_places import PlaybookError
from services.reminders.settings import RemindersSettings
from services.reminders.simulation.differences import Difference, differences
from services.reminders.simulation.rehearsal import Done, Rehearsal
from shared.clock import real_now
from shared.contracts.answers import TimeTold
from shared.contracts.envelope import Event
from shared.engine.received_events import read

OURS = "urn:clientele:"  # whose events carry the firm's business time
WORDS = {
    "would-act": "would happen",
    "would-stop": "would not happen any more",
    "would-move": "would happen at another time",
    "would-be-held-back": "would be planned, and held back",
}


def simulate(
    files: Annotated[list[Path], typer.Argument(help="All playbooks as they are to be.")],
    since: Annotated[str, typer.Option(help="How far back to look, such as 30d.")] = "30d",
    against: Annotated[
        Path | None, typer.Option(help="The playbooks to compare with; else those in force here.")
    ] = None,
    shown: Annotated[int, typer.Option("--show", min=0, help="How many of each to list.")] = 10,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Run playbooks over the firm's real past events, with sending off, and show what differs.

    Needs a running installation, and changes nothing in it. Every message is taken to have
    arrived; what other services answered is taken as it happened.
    """
    settings = RemindersSettings()
    old = _rules(against or settings.playbooks_dir or HERE / "playbooks")
    new = _rules(*files)
    configs = [make_config(settings, rules) for rules in (old, new)]
    rehearsals = [Rehearsal(config) for config in configs]
    heard = asyncio.run(_rehearse(ops_url(data_dir), rehearsals, hidden=as_json))
    start = rehearsals[0].now - read_duration(since)
    before, after = (each.done(start) for each in rehearsals)
    found = differences(before, after)
    if as_json:
        say_json({"events": heard, "since": start.isoformat(), "differences": _plain(found)})
    else:
        _print(found, before, after, shown, f"{heard} events, looking back to {start:%Y-%m-%d}")


def _rules(*paths: Path) -> list[PublishedRule]:
    rules, mistakes = read_all(every_file(paths))
    if mistakes:
        raise PlaybookError("; ".join(mistakes))
    return rules


async def _rehearse(url: str, rehearsals: Sequence[Rehearsal], *, hidden: bool) -> int:
    """Have each hear everything the stream has kept; how many events that were."""
    heard, now = 0, real_now() - timedelta(days=3660)
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
                if event is None:
                    continue
                heard += 1
                now = max(now, _instant(event, received.stored_at or now))
                for each in rehearsals:
                    each.hear(event, now)
    for each in rehearsals:
        each.pass_until(end)
    return heard


def _instant(event: Event[Any], stored_at: datetime) -> datetime:
    """When it was heard: our own events say so themselves, also where time was made to travel."""
    return max(stored_at, event.time) if event.source.startswith(OURS) else stored_at


def _plain(found: Sequence[Difference]) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value
         for name, value in asdict(each).items()}
        for each in found
    ]  # fmt: skip


def _print(
    found: Sequence[Difference], before: Sequence[Done], after: Sequence[Done], shown: int,
    heard: str,
) -> None:  # fmt: skip
    console.print(f"{heard}: {_acted(before)} things happened by the rules in force, "
                  f"{_acted(after)} would by these.")  # fmt: skip
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


def _acted(done: Sequence[Done]) -> int:
    return sum(each.acted for each in done)


def _sentence(each: Difference) -> str:
    whom = plain(each.client_id or each.about)
    times = [f"{at:%Y-%m-%d %H:%M} UTC" for at in (each.before, each.after) if at is not None]
    why = f" ({plain(each.why)})" if each.why else ""
    return f"{plain(each.rule_id)}, {whom}: {WORDS[each.what]}{why}, {' → '.join(times)}".rstrip(
        ", "
    )
