"""``clientele migrate``: make the stream, the consumers, the collections and the indexes.

With ``--documents``, once every service runs the new release: bring its documents up to date.
"""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn

from deploy.cli.addresses import ops_url
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, say_json
from deploy.infra import migrate as migration
from deploy.infra import secrets
from deploy.infra.access.service_requests import services_at
from deploy.infra.documents import Progress as ShowDocuments
from deploy.infra.documents import bring_up_to_date
from deploy.infra.ports import ports
from deploy.infra.stream import GIB
from deploy.trial import connection
from deploy.trial.embedded_mongo import address as mongo_address
from deploy.trial.embedded_nats import address as nats_address
from shared.contracts.answers import DocumentsTold


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
    documents: Annotated[
        bool,
        typer.Option(
            "--documents",
            help="After the upgrade: have every running service bring its documents up to date.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring servers up to date: the stream, its consumers, the collections and their indexes.

    Works on CLIENTELE_NATS_URL and CLIENTELE_MONGO_URL (with an administrator's log-in), or else
    on the embedded servers that run on the data directory.
    """
    if documents:
        _documents(data_dir, as_json=as_json)
        return
    target = _target(data_dir, stream_gib, replicas)
    with _bar(hidden=as_json) as progress:
        task = progress.add_task("connecting")
        asyncio.run(
            migration.migrate(target, progress=lambda what: progress.update(task, description=what))
        )
    if as_json:
        say_json({"migrated": True})
    else:
        console.print("The stream, the consumers, the collections and the indexes are up to date.")


def _documents(data_dir: Path, *, as_json: bool) -> None:
    with _bar(hidden=as_json, columns=(BarColumn(),)) as progress:
        task = progress.add_task("connecting", total=None)

        def show(service: str, told: DocumentsTold) -> None:
            where, total = told.collection or "done", max(told.total, told.checked)
            progress.update(task, description=f"{service}: {where}", completed=told.checked,
                            total=total)  # fmt: skip

        done = asyncio.run(_ask_services(data_dir, show))
    if as_json:
        say_json({name: told.model_dump(mode="json") for name, told in done.items()})
        return
    for name, told in done.items():
        console.print(f"[cyan]{name:<11}[/] {told.checked} documents, {told.rewritten} rewritten")


async def _ask_services(data_dir: Path, show: ShowDocuments) -> dict[str, DocumentsTold]:
    async with services_at(ops_url(data_dir)) as services:
        return await bring_up_to_date(services, show)


def _bar(*, hidden: bool, columns: tuple[ProgressColumn, ...] = ()) -> Progress:
    shown = (SpinnerColumn(), TextColumn("{task.description}"), *columns)
    return Progress(*shown, console=console, transient=True, disable=hidden)


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
