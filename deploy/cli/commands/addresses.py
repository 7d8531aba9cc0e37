"""``clientele addresses``: to which clients' addresses nothing goes any more; let it go again."""

import asyncio
from typing import Annotated, Any

import typer
from rich.table import Table

from deploy.cli.addresses import ops_url
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra.access.service_requests import services_at

SENDER = "reminders"
Client = Annotated[str | None, typer.Option("--client", help="Only those of this client.")]

app = typer.Typer(help="Addresses to which nothing goes any more; let mail go there again.",
                  no_args_is_help=True)  # fmt: skip


@app.command("list")
def show(client: Client = None, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Say whose addresses failed for good, since when, and why; never the addresses themselves."""
    answer = _ask(ops_url(data_dir), {"do": "list", "client_id": client})
    if as_json:
        say_json(answer)
        return
    table = Table("client", "since", "why")
    for each in answer["items"]:
        table.add_row(plain(each["client_id"] or "staff"), each["at"][:16], plain(each["reason"]))
    console.print(table if answer["items"] else "Every address may be written to.")


@app.command("lift")
def lift(
    address: Annotated[str | None, typer.Argument(help="The address that works again.")] = None,
    client: Client = None,
    everybody: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Let mail go to an address again, to those of a client, or to all."""
    asked = {"do": "lift", "address": address, "client_id": client, "all": everybody}
    answer = _ask(ops_url(data_dir), asked)
    if as_json:
        say_json(answer)
    else:
        console.print(f"{answer['lifted']} lifted.")


def _ask(url: str, asked: dict[str, Any]) -> dict[str, Any]:
    async def ask() -> dict[str, Any]:
        async with services_at(url) as services:
            return await services.ask(SENDER, {"ask": "addresses", **asked})

    return asyncio.run(ask())
