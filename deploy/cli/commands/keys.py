"""``clientele keys``: give a service another key; what was made with the one before stays good.

Writes the file only; the service reads it at its next start.
"""

import secrets as randomness
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.durations import read_duration
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra import secrets
from deploy.infra.containers import compose_secrets
from deploy.infra.services import SERVICES
from deploy.trial import connection
from shared.clock import real_now
from shared.errors import ClienteleError
from shared.state.key_files import rotated

app = typer.Typer(help="Give services other keys.", no_args_is_help=True)

LINKS_READ_FOR = "400d"  # longer than the oldest link somebody may still open


class Which(StrEnum):
    """Which key of a service."""

    MASTER = "master"
    LINK = "link"


class UnknownServiceError(ClienteleError):
    """There is no service of this name."""


Service = Annotated[str, typer.Argument(help="Whose key, such as intake.")]
Keep = Annotated[str, typer.Option(help="How long links made with the key before are read.")]


@app.callback()
def keys() -> None:
    """Keep the name of the command in front of what it does."""


@app.command("rotate")
def rotate(
    which: Annotated[Which, typer.Argument(help="master or link.")],
    service: Service,
    keep: Keep = LINKS_READ_FOR,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Write a new key in front of the one in use; says what is left to do."""
    if service not in SERVICES:
        raise UnknownServiceError(f"There is no service {service!r}: {', '.join(SERVICES)}.")
    folder = _folder(data_dir)
    until = real_now() + read_duration(keep) if which is Which.LINK else None
    path = _rotate(folder, which, service, until)
    left = _left(folder, which, service)
    if as_json:
        say_json({"file": str(path), "until": until and until.isoformat(), "to_do": left})
        return
    console.print(f"A new key stands in {plain(str(path))}, above the one before.", soft_wrap=True)
    for each in left:
        console.print(f"  then: {plain(each)}", soft_wrap=True)


def _folder(data_dir: Path) -> Path:
    with suppress(connection.NotRunningError):
        data_dir = Path(connection.read(data_dir).get("data_dir", data_dir))
    return data_dir


def _rotate(folder: Path, which: Which, service: str, until: datetime | None) -> Path:
    known = secrets.keep(folder)
    files = {Which.MASTER: known.master_key_file, Which.LINK: known.link_key_file}
    path = files[which](service)
    text = rotated(path.read_text(encoding="ascii"), randomness.token_hex(32), until)
    secrets.write_private(path, text)
    if (folder / "containers").exists():
        compose_secrets.make(folder)
    return path


def _left(folder: Path, which: Which, service: str) -> list[str]:
    inside = (folder / "containers").exists()
    again = (
        f"docker compose up --detach --force-recreate {service}"
        if inside
        else (f"stop every process of {service}, and start them again")
    )
    if which is Which.LINK:
        return [again]
    return [
        again,
        "a week after its log says keys_wrapped_anew, take the last line out of the file",
    ]
