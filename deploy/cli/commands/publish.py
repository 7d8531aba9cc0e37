"""``clientele publish``: publish events from a file, as another system of the firm would."""

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from nats.errors import Error as NatsError
from nats.js.errors import APIError
from rich.progress import track

from deploy.cli.screen import DATA_DIR, DataDir, Json, console, say_json
from deploy.infra.access.connecting import join
from deploy.trial import connection
from shared.errors import ClienteleError

CONTENT_TYPE = {"Content-Type": "application/cloudevents+json"}


class CannotPublishError(ClienteleError):
    """An event in the file cannot be published, or the event stream refused it."""


def publish(
    file: Annotated[Path, typer.Argument(help="One CloudEvent in JSON per line; - for stdin.")],
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Publish events (CloudEvents in JSON, one per line) with the sample firm system's log-in."""
    url = connection.read(data_dir)["nats_url"]
    lines = list(_lines(file))
    shown = lines if as_json else track(lines, "publishing", console=console, transient=True)
    count = asyncio.run(_publish_all(url, shown))
    if as_json:
        say_json({"published": count})
    else:
        console.print(f"{count} events are in the stream.")


def _lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The events of the file, with their line numbers; blank lines are left out."""
    text = sys.stdin.read() if str(file) == "-" else _text(file)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            event = json.loads(line)
            event["type"], event["subject"]
        except (ValueError, KeyError, TypeError):
            raise CannotPublishError(
                f"{file}, line {number}: not a CloudEvent in JSON with a type and a subject"
            ) from None
        yield number, event


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotPublishError(f"{file} cannot be read: {error}") from error


async def _publish_all(url: str, events: Iterable[tuple[int, dict[str, Any]]]) -> int:
    refusals: list[str] = []

    async def refused(error: Exception) -> None:
        refusals.append(str(error))

    try:
        connection_ = await join(url, error_cb=refused)
    except (NatsError, OSError) as error:
        raise CannotPublishError(f"the event stream does not answer: {error}") from error
    count = 0
    try:
        for number, event in events:
            await _publish(connection_.jetstream(), number, event, refusals)
            count += 1
    finally:
        await connection_.close()
    return count


async def _publish(stream: Any, number: int, event: dict[str, Any], refusals: list[str]) -> None:
    subject = f"events.{event['type']}.{event['subject']}"
    body = json.dumps(event, ensure_ascii=False).encode()
    try:
        await stream.publish(subject, body, headers=CONTENT_TYPE)
    except (NatsError, APIError) as error:
        reason = refusals[-1] if refusals else str(error)
        raise CannotPublishError(f"line {number}: refused by the event stream: {reason}") from error
