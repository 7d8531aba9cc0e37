"""``clientele demo``: a firm's day and the month after it, live, on a real installation."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from deploy.cli.commands.up import plan, stop_on_signals
from deploy.cli.demo_screen import DemoScreen
from deploy.cli.screen import DATA_DIR, PORT_BASE, DataDir, Json, PortBase
from deploy.infra.access.service_requests import services_at
from deploy.infra.secrets import SOURCES
from deploy.trial import connection
from deploy.trial.demo import demo_directory, http_systems, summary
from deploy.trial.demo.event_watcher import Watcher
from deploy.trial.demo.expectations import Finding, look_at
from deploy.trial.demo.facts import Facts
from deploy.trial.demo.gathering import gather
from deploy.trial.demo.story import Stage, play
from deploy.trial.demo.subscriber import Subscriber, program_for_the_books
from deploy.trial.environment import Plan
from deploy.trial.example_day import EXAMPLE_DAY, SURVEYS, load
from deploy.trial.supervisor import Supervisor
from shared.clock import monotonic, real_now
from shared.process.settings import Settings

DEMO_DIR = DATA_DIR / connection.DEMO
TEND_SECONDS = 0.5
PATIENCE = 30.0  # seconds for an answer: a busy machine ends no demo


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
    demo_directory.begin(data_dir)
    show = DemoScreen(hidden=as_json, zone=ZoneInfo(Settings().firm_zone))
    http_systems.make_secrets(data_dir / SOURCES)
    supervisor = Supervisor(_planned(data_dir, port_base), say=show.starting)
    stop_on_signals()
    well = False
    with suppress(KeyboardInterrupt), program_for_the_books() as books:
        try:
            show.begin()
            supervisor.start()
            show.started(monotonic() - started)
            facts, findings = asyncio.run(_perform(supervisor, show, books))
            well = summary.is_well(facts, findings)
            show.result(facts, findings, monotonic() - started)
            if not once:
                show.handing_over(connection.read(data_dir), facts, _options(data_dir))
                supervisor.run_until(lambda: False)
        finally:
            show.end()
            supervisor.stop()
    if not well:
        raise typer.Exit(1)


def _planned(data_dir: Path, port_base: int) -> Plan:
    """Where the sample firm is, with its systems at the doors and what it asks its clients."""
    return replace(
        plan(data_dir, port_base),
        time_travel=True,
        sources_dir=http_systems.SOURCES,
        sends_within=True,
        surveys_file=SURVEYS,
    )


async def _perform(
    supervisor: Supervisor, show: DemoScreen, books: Subscriber
) -> tuple[Facts, list[Finding]]:
    tending = asyncio.create_task(_tend(supervisor))
    known = connection.read(supervisor.plan.data_dir)
    try:
        async with services_at(known["ops_nats_url"], seconds=PATIENCE) as services:
            await demo_directory.check_empty(services)
            watcher = Watcher(services, show.event)
            stage = Stage(
                known, services, watcher, say=show.act, moving=show.moving, subscriber=books
            )
            await play(stage, load(EXAMPLE_DAY, real_now()))
            facts = await gather(stage)
            return facts, look_at(facts)
    finally:
        tending.cancel()


async def _tend(supervisor: Supervisor) -> None:
    """Start again what dies; from this thread, for children end with the thread they began in."""
    while True:
        supervisor.tend()
        await asyncio.sleep(TEND_SECONDS)


def _options(data_dir: Path) -> str:
    """What other commands need to be told to find this installation."""
    return "" if data_dir == DEMO_DIR else f" --data-dir {data_dir}"
