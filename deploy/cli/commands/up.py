"""``clientele up``: run everything on this machine until Ctrl-C."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
from rich.table import Table

from deploy.cli.screen import DATA_DIR, PORT_BASE, DataDir, Json, PortBase, console, say_json
from deploy.infra.ports import ports
from deploy.infra.services import SERVICES
from deploy.trial import connection
from deploy.trial.demo import demo_directory
from deploy.trial.environment import Plan
from deploy.trial.supervisor import Supervisor

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def up(
    data_dir: DataDir = DATA_DIR,
    port_base: PortBase = PORT_BASE,
    time_travel: Annotated[
        bool, typer.Option("--time-travel", help="Allow `clientele time advance` (never in use).")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run the servers and all services here, until Ctrl-C.

    Uses its own NATS and MongoDB unless CLIENTELE_NATS_URL or CLIENTELE_MONGO_URL name others
    (with an administrator's log-in).
    """
    supervisor = Supervisor(
        plan(data_dir, port_base, time_travel=time_travel),
        say=_say_json if as_json else _say,
    )
    stop_on_signals()
    with suppress(KeyboardInterrupt):
        supervisor.start()
        _announce(data_dir, as_json)
        try:
            supervisor.run_until(lambda: False)
        finally:
            (_say_json if as_json else _say)("clientele", "stopping")
            supervisor.stop()
    (_say_json if as_json else _say)("clientele", "stopped")


def plan(data_dir: Path, port_base: int, *, time_travel: bool = False) -> Plan:
    """What the command line and the environment ask for."""
    return Plan(
        data_dir=data_dir.absolute(),
        ports=ports(port_base),
        nats_url=os.environ.get("CLIENTELE_NATS_URL"),
        mongo_url=os.environ.get("CLIENTELE_MONGO_URL"),
        time_travel=any(
            (
                time_travel,
                os.environ.get("CLIENTELE_TIME_TRAVEL") == "1",
                demo_directory.is_demo(data_dir),  # where time was moved already
            )
        ),
    )


def stop_on_signals() -> None:
    """Let Ctrl-C and SIGTERM end this process in order, as a KeyboardInterrupt."""
    for number in STOPPING:
        signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End once; a second signal ends at once, and the kernel takes the children along."""
    del frame
    for each in STOPPING:
        signal.signal(each, signal.SIG_DFL)
    del number
    raise KeyboardInterrupt


def _announce(data_dir: Path, as_json: bool) -> None:
    known = connection.read(data_dir)
    if as_json:
        say_json({"at": "ready", "connect": str(data_dir / connection.FILE)})
        return
    console.print(_addresses(known))
    console.print(
        f"Log-ins and addresses for programs: {data_dir / connection.FILE}\n"
        "[dim]The embedded servers are for trying things out; run your own in production.[/]\n"
        "Stop with Ctrl-C."
    )


def _addresses(known: dict[str, Any]) -> Table:
    table = Table(title="Clientele is running", title_justify="left", show_header=False)
    for service in SERVICES:
        table.add_row(service, known[service])
    table.add_row("text catcher", f"{known['sms']}  →  {known['data_dir']}/texts")
    table.add_row("mail catcher", f"smtp://{known['smtp']}  →  {known['data_dir']}/mail")
    return table


def _say(name: str, what: str) -> None:
    console.print(f"[cyan]{name:<11}[/] {what}", markup=True, soft_wrap=True)


def _say_json(name: str, what: str) -> None:
    say_json({"part": name, "what": what})
