"""``clientele subscriptions``: which other systems get events by HTTP, and what became of them."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from deploy.cli.addresses import ops_url
from deploy.cli.durations import NotADurationError, read_duration
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra.access.service_requests import services_at
from shared.clock import real_now
from shared.errors import ClienteleError

SENDER = "gateway"
LOOK_SECONDS, LOOKS = 0.5, 40  # longer than one try may take

app = typer.Typer(help="Systems that get events by HTTP, as signed webhooks.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="A short name, such as crm.")]
Url = Annotated[str, typer.Argument(help="Where events are sent: https://…")]
Types = Annotated[
    list[str],
    typer.Option("--type", help="A type, a beginning such as matter-*, or *; may be given again."),
]
NotFrom = Annotated[
    Sequence[str],
    typer.Option("--not-from", help="A source whose events it does not get: its own."),
]
Secret = Annotated[
    str | None,
    typer.Option("--secret", envvar="CLIENTELE_SUBSCRIPTION_SECRET",
                 help="One of yours (whsec_…), in place of one made here."),
]  # fmt: skip


class NothingToSendAgainError(ClienteleError):
    """Neither one delivery nor a time was named."""


@app.command("add")
def add(
    name: Name, url: Url, type: Types, not_from: NotFrom = (), secret: Secret = None,
    data_dir: DataDir = DATA_DIR, as_json: Json = False,
) -> None:  # fmt: skip
    """Send events to a system from now on, or to another address or of other types."""
    _tell(
        _ask(data_dir, "add", name, url=url, types=type, not_from=list(not_from), secret=secret),
        as_json,
    )


@app.command("list")
def show(data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """List every subscription, and how its receiver fares; secrets are not shown."""
    answer = _ask(data_dir, "list")
    if as_json:
        say_json(answer["items"])
        return
    table = Table(
        "name", "address", "event types", "state", "last taken", "last failure", "waiting"
    )
    for each in answer["items"]:
        table.add_row(
            each["name"], plain(each["url"]), ", ".join(each["types"]), _state(each),
            _moment(each.get("delivered_at")), _failure(each), str(each["pending"]),
        )  # fmt: skip
    console.print(table if answer["items"] else "Nobody gets events by HTTP.")


@app.command("pause")
def pause(name: Name, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Send nothing for now; what happens meanwhile waits, for 30 days."""
    _tell(_ask(data_dir, "pause", name), as_json)


@app.command("resume")
def resume(name: Name, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Send again; what waited goes first."""
    _tell(_ask(data_dir, "resume", name), as_json)


@app.command("renew")
def renew(
    name: Name, secret: Secret = None, data_dir: DataDir = DATA_DIR, as_json: Json = False
) -> None:
    """Make a new secret; for a day the one before signs too."""
    _tell(_ask(data_dir, "renew", name, secret=secret), as_json)


@app.command("remove")
def remove(name: Name, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Send nothing more, and forget what waits."""
    answer = _ask(data_dir, "remove", name)
    if as_json:
        say_json(answer)
    else:
        console.print(f"{plain(name)} gets nothing more.")


@app.command("test")
def try_out(name: Name, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Send an event that says nothing, once, and say what came of it."""
    dispatch_id = _ask(data_dir, "test", name)["items"][0]["id"]
    found = asyncio.run(_outcome(ops_url(data_dir), name, dispatch_id))
    if as_json:
        say_json(found)
    else:
        console.print(_attempt(found) if found["attempts"] else "Nothing came of it yet.")
    if found["state"] != "delivered":
        raise typer.Exit(1)


@app.command("log")
def log(
    name: Name,
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed for good.")] = False,
    most: Annotated[int, typer.Option("--most", help="So many of the newest.")] = 20,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """List what was sent last, each with what its last try came to."""
    answer = _ask(data_dir, "log", name, failed=failed, most=most)
    if as_json:
        say_json(answer["items"])
        return
    table = Table("id", "event", "taken in", "state", "tries", "last try", "next")
    for each in answer["items"]:
        table.add_row(
            each["id"], each["event_type"], _moment(each["taken_at"]), each["state"],
            str(len(each["attempts"])), _attempt(each), _moment(each.get("next_at")),
        )  # fmt: skip
    console.print(table if answer["items"] else "Nothing was sent in the last 30 days.")


@app.command("resend")
def resend(
    name: Name,
    id: Annotated[str | None, typer.Argument(help="One, as the log calls it.")] = None,
    since: Annotated[
        str | None,
        typer.Option("--failed-since", help="All that failed for good since: 2d, or an instant."),
    ] = None,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Send one again, or all that failed for good; under the same id, so that it counts once."""
    if not id and not since:
        raise NothingToSendAgainError("Name one delivery of the log, or --failed-since 2d.")
    from_when = _since(since) if since else None
    again = 0
    while True:
        answer = _ask(data_dir, "resend", name, id=id, since=from_when)
        again += answer["again"]
        if not answer["more"]:
            break
    if as_json:
        say_json({"again": again})
    else:
        console.print(f"{again} sent again.")


def _since(written: str) -> str:
    with suppress(NotADurationError):
        return (real_now() - read_duration(written)).isoformat()
    return written


def _ask(data_dir: Any, do: str, name: str = "", **more: Any) -> dict[str, Any]:
    async def ask() -> dict[str, Any]:
        async with services_at(ops_url(data_dir)) as services:
            asked = {name: value for name, value in more.items() if value is not None}
            return await services.ask(
                SENDER, {"ask": "subscriptions", "do": do, "name": name, **asked}
            )

    return asyncio.run(ask())


async def _outcome(url: str, name: str, dispatch_id: str) -> dict[str, Any]:
    """What became of a test, once something has."""
    found: dict[str, Any] = {"state": "waiting", "attempts": []}
    async with services_at(url) as services:
        for _ in range(LOOKS):
            asked = {"ask": "subscriptions", "do": "log", "name": name}
            items = (await services.ask(SENDER, asked))["items"]
            found = next((each for each in items if each["id"] == dispatch_id), found)
            if found["state"] not in ("waiting", "in-hand"):
                break
            await asyncio.sleep(LOOK_SECONDS)
    return found


def _tell(answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        say_json(answer)
        return
    told = answer["subscription"]
    console.print(f"{told['name']}: {', '.join(told['types'])}", soft_wrap=True)
    console.print(f"  to    {plain(told['url'])}", soft_wrap=True)
    console.print(f"  state {_state(told)}", soft_wrap=True)
    if told.get("both_sign_until"):
        console.print(f"  both secrets sign until {_moment(told['both_sign_until'])}")
    if answer.get("secret"):
        console.print(f"  secret, shown this once: {plain(answer['secret'])}", soft_wrap=True)


def _state(told: dict[str, Any]) -> str:
    if told["state"] == "disabled":
        return f"switched off since {_moment(told.get('since'))}: {plain(told['why'])}"
    return str(told["state"])


def _failure(told: dict[str, Any]) -> str:
    if not told.get("failed_at"):
        return "none"
    return f"{_moment(told['failed_at'])} {plain(told['failure'])}"


def _attempt(dispatch: dict[str, Any]) -> str:
    if not dispatch["attempts"]:
        return "not yet"
    last = dispatch["attempts"][-1]
    status = f" ({last['status']})" if last.get("status") else ""
    return f"{plain(last['outcome'])}{status} after {last['seconds']:.2f} s"


def _moment(instant: str | None) -> str:
    if not instant:
        return "never"
    return f"{datetime.fromisoformat(instant).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
