"""The demo has played: whom may a newcomer be now, where, and what is worth trying?"""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.table import Table

from deploy.trial.connection import FILE
from deploy.trial.demo.facts import Facts

OPEN_SURVEY = "t.okafor@example.com"  # the client whose survey nobody has answered
LEFT = 12  # columns before what can be done as a client
COMMANDS = {
    "timeline c-1008": "what was done for a client, what not, and why",
    "time advance 7d": "a week passes",
    "events tail": "every event as it happens",
}


def everything(known: Mapping[str, Any], facts: Facts, options: str) -> Iterator[str | Table]:
    """Part by part, in the order in which a newcomer needs it."""
    yield (
        f"The firm stays open until you press Ctrl-C. Open [bold]{known['desk']}[/] and sign in "
        "as one of these\npeople: what is left for them can be done there, without a manual.\n"
    )
    yield _people(known, facts)
    yield "\nOr be a client:"
    yield from (f"  {what:<{LEFT}} {where}" for what, where in _as_client(known, facts))
    yield "\nOr type, in another terminal:"
    for command, what in COMMANDS.items():
        yield f"  {_program()} {command}{options}  [dim]# {what}[/]"
    folder, described = Path(known["data_dir"]), f"{known['ops']['desk']}/openapi.json"
    yield (
        f"\nMessages lie in {folder / 'mail'} and {folder / 'texts'}: nothing leaves this "
        "machine.\n"
        f"Keys and addresses for programs: {folder / FILE}; the API: {described}"
    )
    yield "[dim]For trying out, not for use.[/] Stop with Ctrl-C."


def _people(known: Mapping[str, Any], facts: Facts) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("name", "role and log-in name", "password", "can take on"):
        table.add_column(name, no_wrap=True)
    for role, login in known["logins"].items():
        count = len(facts.waiting.get(role, ()))
        work = f"{count} {'task' if count == 1 else 'tasks'}" if count else "nothing now"
        table.add_row(login["name"], login["user"], f"[bold]{login['password']}[/]", work)
    return table


def _as_client(known: Mapping[str, Any], facts: Facts) -> Iterator[tuple[str, str]]:
    mails = facts.mails_to(OPEN_SURVEY)
    for what, part in (("survey", "/s/"), ("choices", "/p/")):
        link = next((mail.link(part) for mail in reversed(mails) if mail.link(part)), None)
        if link is not None:
            yield what, link
    yield "ask for help", f"{known['intake']}/f/contact"


def _program() -> str:
    """How a shell that stands here calls this very program."""
    if shutil.which("clientele"):
        return "clientele"
    return os.path.relpath(Path(sys.executable).with_name("clientele"))
