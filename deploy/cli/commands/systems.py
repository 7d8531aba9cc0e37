"""``clientele systems``: which other systems of the firm may publish, each with its own log-in.

An embedded server takes the change at once. Of servers in containers the secrets and a whole
configuration are written, and what is left to do is said.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra import secrets, systems
from deploy.infra.containers.compose_secrets import READABLE_INSIDE
from deploy.infra.grants_in_use import grants_in_use
from deploy.infra.nats.container import for_container
from deploy.infra.ports import ports
from deploy.infra.systems import ForeignSystem
from deploy.trial import connection
from deploy.trial.embedded_nats import EmbeddedNats, lets_in

app = typer.Typer(
    help="Other systems of the firm with a log-in of their own.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(help="A short name, such as dms.")]
Limits = Annotated[
    Sequence[str],
    typer.Option("--limit", help="64KiB (of one event) or 600/minute; each once."),
]
RESTART = "limits are read when services start: start them again"
Types = Annotated[list[str], typer.Option("--type", help="An event type; may be given again.")]


@app.command("add")
def add(
    name: Name,
    type: Types,
    limit: Limits = (),
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Give a system a log-in, or other types and limits; prints how it publishes."""
    folder = _folder(data_dir)
    before = secrets.system_limits(folder)
    system = systems.add(folder, name, type, limit)
    changed = secrets.system_limits(folder) != before
    _tell(system, data_dir, as_json, [RESTART] if changed else [])


@app.command("renew")
def renew(name: Name, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Give a system a new password; the one before lets nobody in any more."""
    _tell(systems.renew(_folder(data_dir), name), data_dir, as_json)


@app.command("remove")
def remove(name: Name, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Let a system in no more; what it has said stays."""
    gone = systems.remove(_folder(data_dir), name)
    left = _take_effect(data_dir, gone, stays=False)
    if as_json:
        say_json({"removed": name, "to_do": left})
        return
    console.print(f"{plain(name)} is let in no more.")
    _say_left(left)


@app.command("list")
def list_systems(data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """List every system with a log-in of its own; passwords are not shown."""
    kept = systems.known(_folder(data_dir)).values()
    if as_json:
        say_json([{"name": s.name, "source": s.source, "types": list(s.types),
                   "limits": s.limits} for s in kept])  # fmt: skip
        return
    table = Table("system", "source", "event types", "limits")
    for each in kept:
        table.add_row(each.name, each.source, ", ".join(each.types), _limits(each))
    console.print(table)


def _limits(system: ForeignSystem) -> str:
    units = {"kib": "KiB", "per_minute": "/minute"}
    return ", ".join(f"{most}{units[name]}" for name, most in system.limits.items()) or "none"


def _folder(data_dir: Path) -> Path:
    with suppress(connection.NotRunningError):
        data_dir = Path(connection.read(data_dir).get("data_dir", data_dir))
    return secrets.keep(data_dir).folder


def _tell(system: ForeignSystem, data_dir: Path, as_json: bool, more: Sequence[str] = ()) -> None:
    left = [*_take_effect(data_dir, system), *more]
    said = {
        "user": system.name,
        "password": system.password,
        "source": system.source,
        "subject": f"events.<type>.<key>.{system.name}",
        "inbox_prefix": system.inbox,
        "types": list(system.types),
        "limits": system.limits,
        "to_do": left,
    }
    if as_json:
        say_json(said)
        return
    for name in ("user", "password", "source", "subject", "inbox_prefix"):
        console.print(f"{name.replace('_', ' '):<13} {plain(str(said[name]))}", soft_wrap=True)
    _say_left(left)


def _take_effect(data_dir: Path, system: ForeignSystem, *, stays: bool = True) -> list[str]:
    """Have the server know, and see that it does; what is left to do where it is not embedded."""
    folder = _folder(data_dir).parent
    shown = folder / "containers"
    if shown.exists():
        return _for_containers(folder, shown / "nats.conf")
    with suppress(connection.NotRunningError):  # or else it is read at the next start
        running = connection.read(folder)
        pid = running["pids"].get("nats")
        if pid is None:
            return ["give your NATS server the users of this file", str(_written(folder))]
        port = ports(int(running["port_base"]))["nats"]
        known = secrets.keep(folder)
        server = EmbeddedNats(folder / "nats", port, secrets=known, grants=grants_in_use())
        name, password = system.name, system.password
        server.reload(int(pid), lambda: lets_in(port, name, password) is stays)
    return []


def _for_containers(folder: Path, path: Path) -> list[str]:
    _written(folder).replace(path)
    path.chmod(READABLE_INSIDE)  # it names the variables with the passwords, and no password
    return [
        f"in docker-compose.yml, mount {path} instead of ./deploy/infra/nats/nats.conf",
        "deploy/compose-secrets",
        "docker compose up --detach --force-recreate nats",
    ]


def _written(folder: Path) -> Path:
    """A whole configuration, with the names of variables in place of passwords."""
    named = systems.known(folder / "secrets")
    path = folder / "nats.conf"
    secrets.write_private(path, for_container({each.name: each.grants for each in named.values()}))
    return path


def _say_left(left: list[str]) -> None:
    for each in left:
        console.print(f"  then: {plain(each)}", soft_wrap=True)
