"""How do the commands speak to a person, and how to a program?"""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from deploy.infra.ports import BASE

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

DataDir = Annotated[
    Path, typer.Option("--data-dir", envvar="CLIENTELE_DATA_DIR", help="Where everything is kept.")
]
PortBase = Annotated[
    int, typer.Option("--port-base", min=1024, max=32700, help="The desk's port; others follow.")
]
Json = Annotated[bool, typer.Option("--json", help="Say it in JSON, for programs.")]

DATA_DIR = Path(".clientele")
PORT_BASE = BASE


def complain(message: str) -> None:
    """Say what went wrong."""
    errors.print(f"[bold red]clientele:[/] {plain(message)}", soft_wrap=True)


def say_json(value: Any) -> None:
    """One line of JSON on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def plain(text: str) -> str:
    """Somebody else's text, harmless for the terminal: no colours, no control characters."""
    visible = "".join(
        ch if ch.isprintable() or ch == "\n" else "\N{REPLACEMENT CHARACTER}" for ch in text
    )
    return escape(visible)
