"""``clientele events tail``: watch the events of the firm as they come.

Reads the stream directly, event by event; no consumer is made and nobody is held up.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from deploy.cli.addresses import ops_url
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra.access.connecting import THROUGH_A_RESTART
from deploy.infra.access.service_requests import services_at
from deploy.infra.access.stored_events import next_event

PAUSE_SECONDS = 0.25

Event = dict[str, Any]


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
    plain_subject = f"events.{kind}.{key}"
    wanted = (plain_subject, f"{plain_subject}.*")  # the second: of systems with their own log-in
    try:
        asyncio.run(_tail(url, wanted, last, follow=follow, show=show))
    except KeyboardInterrupt:
        raise typer.Exit from None


async def _tail(
    url: str, wanted: Sequence[str], last: int, *, follow: bool, show: Callable[[Event], None]
) -> None:
    async with services_at(url, THROUGH_A_RESTART) as services:
        position = max(await services.newest() - last, 0) + 1
        while True:
            found = [await next_event(services.client, each, position) for each in wanted]
            event = min(filter(None, found), key=lambda each: each["sequence"], default=None)
            if event is not None:
                show(event)
                position = event["sequence"] + 1
            elif follow:
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                return


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
