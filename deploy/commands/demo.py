"""``clientele demo``: a firm's day and the month after it, live, on a real installation."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.panel import Panel
from rich.progress import Progress
from rich.rule import Rule
from rich.table import Table

from deploy.asking import services_at
from deploy.commands.screen import PORT_BASE, DataDir, Json, PortBase, console, say_json
from deploy.commands.time import reporting, travel_bar
from deploy.commands.up import plan, stop_on_signals
from deploy.demo import fresh, summary
from deploy.demo.expectations import Finding, look_at
from deploy.demo.facts import Facts
from deploy.demo.story import Stage, gather, play
from deploy.demo.telling import is_ours, line_of
from deploy.demo.watching import Watcher
from deploy.example_day import EXAMPLE_DAY, load
from deploy.grants import SERVICES
from deploy.local import connection
from deploy.local.supervisor import Supervisor
from deploy.travelling import Report
from shared.clock import monotonic, real_now

DEMO_DIR = Path(".clientele/demo")
TEND_SECONDS = 0.5


def demo(
    once: Annotated[
        bool, typer.Option("--once", help="End by itself: 0 if every expected effect was seen.")
    ] = False,
    data_dir: DataDir = DEMO_DIR,
    port_base: PortBase = PORT_BASE,
    as_json: Json = False,
) -> None:
    """Start everything, play a firm's day and the month after it, and check every effect.

    Begins with nothing each time, in a directory of its own: installations in use stay untouched.
    """
    started = monotonic()
    fresh.begin(data_dir)
    show = Show(hidden=as_json)
    supervisor = Supervisor(replace(plan(data_dir, port_base), time_travel=True), say=show.starting)
    stop_on_signals()
    well = False
    with suppress(KeyboardInterrupt):
        try:
            show.begin()
            supervisor.start()
            show.started(monotonic() - started)
            facts, findings = asyncio.run(_perform(supervisor, show))
            well = summary.is_well(facts, findings)
            show.result(facts, findings, monotonic() - started)
            if not once:
                show.addresses(connection.read(data_dir), data_dir)
                supervisor.run_until(lambda: False)
        finally:
            supervisor.stop()
    if not well:
        raise typer.Exit(1)


async def _perform(supervisor: Supervisor, show: "Show") -> tuple[Facts, list[Finding]]:
    tending = asyncio.create_task(_tend(supervisor))
    known = connection.read(supervisor.plan.data_dir)
    try:
        async with services_at(known["ops_nats_url"]) as services:
            watcher = Watcher(services, show.event)
            stage = Stage(known, services, watcher, say=show.act, moving=show.moving)
            await play(stage, load(EXAMPLE_DAY, real_now()))
            facts = await gather(stage)
            return facts, look_at(facts)
    finally:
        show.end_of_time()
        tending.cancel()


async def _tend(supervisor: Supervisor) -> None:
    while True:
        supervisor.tend()
        await asyncio.sleep(TEND_SECONDS)


class Show:
    """Everything the demo prints; with ``--json`` only the result."""

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self._bar: Progress | None = None
        self._status = console.status("starting")

    def begin(self) -> None:
        """Something is happening."""
        if not self._hidden:
            self._status.start()

    def starting(self, name: str, what: str) -> None:
        """A part is being started."""
        self._status.update(f"{name}: {what}")

    def started(self, seconds: float) -> None:
        """Everything runs."""
        self._status.stop()
        self._print(f"NATS, MongoDB, a mail catcher and five services run ({seconds:.0f} s).")

    def act(self, what: str) -> None:
        """A new act begins."""
        self.end_of_time()
        self._print(Rule(f"[bold]{what}[/]", align="left"))

    def event(self, event: dict[str, Any]) -> None:
        """One event, if a service of ours announced it; the firm's own are told in short."""
        if is_ours(event):
            self._print(line_of(event))

    def moving(self, length: timedelta) -> Report:
        """A bar for time that passes."""
        self._bar = travel_bar(hidden=self._hidden)
        self._bar.start()
        return reporting(self._bar, length)

    def end_of_time(self) -> None:
        """Time stands again."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def result(self, facts: Facts, findings: list[Finding], seconds: float) -> None:
        """The summary, and what was expected with a tick each."""
        if self._hidden:
            say_json(summary.as_json(facts, findings) | {"seconds": round(seconds, 1)})
            return
        for table in (summary.events_table, summary.ledger_table, summary.figures_table):
            console.print(table(facts))
        console.print(Rule("[bold]What was expected[/]", align="left"))
        console.print(summary.findings_table(findings))
        met = sum(each.met for each in findings)
        console.print(f"\n{met} of {len(findings)} expected effects seen, in {seconds:.0f} s.")

    def addresses(self, known: dict[str, Any], data_dir: Path) -> None:
        """Where everything is, and who to log in as."""
        if self._hidden:
            return
        table = Table(title="Addresses and log-ins", title_justify="left", show_header=False)
        for service in SERVICES:
            table.add_row(service, known[service])
        table.add_row("mail catcher", f"{known['data_dir']}/mail")
        for role, key in known["api_keys"].items():
            table.add_row(f"API key, {role}", f"{key}  ({known['staff'][role]})")
        console.print(table)
        console.print(Panel(_hints(known, data_dir), title="Try", title_align="left"))

    def _print(self, what: Any) -> None:
        if not self._hidden:
            console.print(what, soft_wrap=True)


def _hints(known: dict[str, Any], data_dir: Path) -> str:
    where = "" if data_dir == DEMO_DIR else f" --data-dir {data_dir}"
    return "\n".join((
        f"clientele timeline c-1008{where}",
        f"clientele time advance 7d{where}",
        f"clientele events tail{where}",
        f"curl -H 'Authorization: Bearer {known['api_keys']['partner']}' {known['desk']}/api/v1/tasks",
        "[dim]For trying out, not for use: servers on this machine only, mail goes nowhere. "
        "Stop with Ctrl-C.[/]",
    ))  # fmt: skip
