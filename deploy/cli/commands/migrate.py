"""``clientele migrate``: make the stream, the consumers, the collections and the indexes."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from deploy.cli.screen import DATA_DIR, DataDir, Json, console, say_json
from deploy.infra import migrate as migration
from deploy.infra import secrets
from deploy.infra.ports import ports
from deploy.infra.stream import GIB
from deploy.trial import connection
from deploy.trial.embedded_mongo import address as mongo_address
from deploy.trial.embedded_nats import address as nats_address


def migrate(
    data_dir: DataDir = DATA_DIR,
    stream_gib: Annotated[
        float | None,
        typer.Option(
            help="How large the stream may grow, in GiB; else as it is, at first 8.", min=0.001
        ),
    ] = None,
    replicas: Annotated[
        int | None,
        typer.Option(help="On how many NATS servers it is kept; else as it is, at first 1.", min=1),
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring servers up to date: the stream, its consumers, the collections and their indexes.

    Works on CLIENTELE_NATS_URL and CLIENTELE_MONGO_URL (with an administrator's log-in), or else
    on the embedded servers that run on the data directory.
    """
    target = _target(data_dir, stream_gib, replicas)
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console,
                  transient=True, disable=as_json) as progress:  # fmt: skip
        task = progress.add_task("connecting")
        asyncio.run(
            migration.migrate(target, progress=lambda what: progress.update(task, description=what))
        )
    if as_json:
        say_json({"migrated": True})
    else:
        console.print("The stream, the consumers, the collections and the indexes are up to date.")


def _target(data_dir: Path, stream_gib: float | None, replicas: int | None) -> migration.Target:
    nats_url = os.environ.get("CLIENTELE_NATS_URL")
    mongo_url = os.environ.get("CLIENTELE_MONGO_URL")
    if not nats_url or not mongo_url:
        numbers = ports(connection.read(data_dir)["port_base"])
        known = secrets.keep(data_dir)
        nats_url = nats_url or nats_address(numbers["nats"], "admin", known)
        mongo_url = mongo_url or mongo_address(numbers["mongo"], "admin", known)
    return migration.Target(
        nats_url=nats_url,
        mongo_url=mongo_url,
        stream_bytes=int(stream_gib * GIB) if stream_gib else None,
        replicas=replicas,
    )
