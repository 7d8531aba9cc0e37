"""``clientele outbound``: stop all messages to clients at once, and let them go again."""

import asyncio

import typer

from deploy.cli.addresses import ops_url
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra.access.service_requests import services_at, told
from services.reminders.ops.timers_and_messages import OutboundTold

SENDER = "reminders"  # every message to a client leaves there

app = typer.Typer(help="Stop all messages to clients, and let them go again.",
                  no_args_is_help=True)  # fmt: skip


@app.command("hold")
def hold(data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Send nothing to any client from now on; what falls due waits."""
    _say(asyncio.run(_do(ops_url(data_dir), "hold")), as_json)


@app.command("release")
def release(data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Send again; what waited goes now unless it has become stale."""
    _say(asyncio.run(_do(ops_url(data_dir), "release")), as_json)


@app.command("state")
def state(data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Say whether messages go out."""
    _say(asyncio.run(_do(ops_url(data_dir), "state")), as_json)


async def _do(url: str, what: str) -> OutboundTold:
    async with services_at(url) as services:
        answer = await services.ask(SENDER, {"ask": "outbound", "do": what})
    return told(OutboundTold, answer)


def _say(state: OutboundTold, as_json: bool) -> None:
    answer = state.model_dump(exclude_unset=True)
    if as_json:
        say_json(answer)
        return
    console.print(
        "[bold red]held[/]: no message leaves" if state.held else "[green]open[/]: messages go"
    )
    if state.in_hand:
        console.print(
            f"  {state.in_hand} had been begun before and may still go out: ask again for them"
        )
    if state.sample_settings:
        named = ", ".join(state.sample_settings)
        console.print(f"[bold red]nothing goes[/] with sample values: {named}")
    for name, value in answer.items():
        if name not in ("held", "in_hand", "sample_settings") and value not in (None, ""):
            console.print(f"  {name.replace('_', ' ')}: {plain(str(value))}")
