"""``clientele events tail``: watch the events of the firm as they come.

Reads the stream directly, event by event; no consumer is made and nobody is held up.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Annotated, Any

import nats
import typer
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra.access.service_requests import SOON, ops_url, say_nothing
from deploy.infra.grants import STREAM
from shared.errors import ClienteleError

PAUSE_SECONDS = 0.25
PATIENT = SOON | {"allow_reconnect": True, "max_reconnect_attempts": 25}  # a restart of NATS
NOTHING_THERE = ("404", "408")

Event = dict[str, Any]


class StreamAwayError(ClienteleError):
    """The event stream does not answer."""


def tail(
    data_dir: DataDir = DATA_DIR,
    last: Annotated[int, typer.Option("--last", min=0, help="Begin this many events ago.")] = 20,
    kind: Annotated[str, typer.Option("--type", help="Only events of this type.")] = "*",
    key: Annotated[str, typer.Option("--key", help="Only events about this id.")] = "*",
    follow: Annotated[bool, typer.Option(help="Stay and show new ones.")] = True,
    as_json: Json = False,
) -> None:
    """Show events as they come. With --json whole ones, contents included; else only ids."""
    url = ops_url(data_dir)
    show = say_json if as_json else _show
    wanted = f"events.{kind}.{key}"
    try:
        asyncio.run(_tail(url, wanted, last, follow=follow, show=show))
    except KeyboardInterrupt:
        raise typer.Exit from None


async def _tail(
    url: str, wanted: str, last: int, *, follow: bool, show: Callable[[Event], None]
) -> None:
    try:
        client = await nats.connect(
            url, inbox_prefix=b"_INBOX.cli", error_cb=say_nothing, **PATIENT
        )
    except (NatsError, OSError) as error:
        raise StreamAwayError(f"the event stream does not answer: {error}") from error
    try:
        position = max(await _newest(client) - last, 0) + 1
        while True:
            event = await next_event(client, wanted, position)
            if event is not None:
                show(event)
                position = event["sequence"] + 1
            elif follow:
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                return
    finally:
        await client.close()


async def _newest(client: Client) -> int:
    answer = await _ask(client, f"$JS.API.STREAM.INFO.{STREAM}", {})
    return int(json.loads(answer.data)["state"]["last_seq"])


async def next_event(client: Client, wanted: str, sequence: int) -> Event | None:
    """The first stored event on a subject from a sequence on; None when there is none yet."""
    question = {"seq": sequence, "next_by_subj": wanted}
    answer = await _ask(client, f"$JS.API.DIRECT.GET.{STREAM}", question)
    headers = answer.headers or {}
    if headers.get("Status") in NOTHING_THERE:
        return None
    return {
        "sequence": int(headers["Nats-Sequence"]),
        "stored_at": headers["Nats-Time-Stamp"],
        "nats_subject": headers["Nats-Subject"],
        "event": _content(answer.data),
    }


async def _ask(client: Client, subject: str, question: Event) -> Msg:
    try:
        return await client.request(subject, json.dumps(question).encode(), timeout=5.0)
    except NatsError as error:
        raise StreamAwayError(f"the event stream does not answer: {error}") from error


def _content(body: bytes) -> Any:
    """The event, or its bytes as text when it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="backslashreplace")


def _show(found: Event) -> None:
    """One line of ids: what an event says about a person stays in the stream."""
    kind, _, key = str(found["nats_subject"]).removeprefix("events.").partition(".")
    event = found["event"] if isinstance(found["event"], dict) else {}
    time = str(event.get("time", found["stored_at"]))[:25]
    origin = plain(f"{event.get('source', '')} {event.get('id', '')}")
    console.print(
        f"{found['sequence']:>7}  {plain(time):<25}  [cyan]{plain(kind):<26}[/] {plain(key):<20}  "
        f"[dim]{origin}[/]",
        soft_wrap=True,
    )
