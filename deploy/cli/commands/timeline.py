"""``clientele timeline``: everything done for a client, everything not done, and why."""

import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from deploy.cli.screen import DATA_DIR, DataDir, Json, console, say_json
from deploy.infra.access.desk_api import DeskApi
from deploy.trial import connection

ROLE = "assistant"  # whose key is taken from connect.json: everybody may read a timeline
URL_SETTING = "CLIENTELE_DESK_URL"
COLORS = {
    **dict.fromkeys(("sent", "done"), "green"),
    **dict.fromkeys(("planned", "open"), "cyan"),
    **dict.fromkeys(("deferred", "escalated"), "yellow"),
    **dict.fromkeys(("suppressed", "failed", "unknown"), "red"),
}


def timeline(
    client_id: Annotated[str, typer.Argument(help="The client, by id.")],
    data_dir: DataDir = DATA_DIR,
    api_key: Annotated[
        str | None,
        typer.Option("--api-key", envvar="CLIENTELE_API_KEY", help="Your key for the desk."),
    ] = None,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first.")] = False,
    as_json: Json = False,
) -> None:
    """List what happened to a client and what did not: when, what, why, each gate, the outcome."""
    url, key = _log_in(data_dir, api_key)
    order = "newest" if newest else "oldest"
    entries = asyncio.run(_read(url, key, client_id, order))
    if as_json:
        say_json(entries)
    elif not entries:
        console.print(f"Nothing is known of a client {client_id}.", markup=False)
    else:
        for entry in entries:
            console.print(shown(entry))


def shown(entry: dict[str, Any]) -> RenderableType:
    """One entry for a person: the sentence, then why, then who asked what before it went."""
    at = datetime.fromisoformat(entry["at"])
    head = Text.assemble(
        (f"{at:%Y-%m-%d %H:%M}  ", "dim"), entry["text"], "  ", outcome_of(entry["outcome"])
    )
    lines = [head, Text(f"{'':18}why: {said_why(entry['why'])}", "dim")]
    if entry["gates"]:
        lines.append(Text(f"{'':18}gates: {said_gates(entry['gates'])}", "dim"))
    return Group(*lines)


def outcome_of(outcome: str) -> Text:
    """The outcome in its colour; what was merely written down is not worth a word."""
    return Text("" if outcome == "recorded" else outcome, COLORS.get(outcome, "default"))


def said_why(why: dict[str, Any]) -> str:
    """The sentence, with the rule and the event it goes back to."""
    rule = why.get("rule_id")
    version = f" version {why['rule_version']}" if why.get("rule_version") else ""
    by_rule = f"rule {rule}{version}, " if rule else ""
    return f"{why['text']} ({by_rule}event {why['event_id']})"


def said_gates(gates: list[dict[str, Any]]) -> str:
    """Each question and its answer; a reason where it did not simply pass."""
    said = []
    for each in gates:
        reason = f" ({each['reason']})" if each.get("reason") else ""
        said.append(f"{each['gate']} {each['verdict']}{reason}")
    return ", ".join(said)


def _log_in(data_dir: Path, api_key: str | None) -> tuple[str, str]:
    """Where the desk is and with which key: what was given, else the installation here."""
    url = os.environ.get(URL_SETTING)
    if url and api_key:
        return url, api_key
    known = connection.read(data_dir)
    return url or known["desk"], api_key or known["api_keys"][ROLE]


async def _read(url: str, key: str, client_id: str, order: str) -> list[dict[str, Any]]:
    async with DeskApi(url, key) as desk:
        return await desk.timeline(client_id, order)
