"""What does somebody who watches the demo see, or, with ``--json``, the program that started it?"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.panel import Panel
from rich.progress import Progress
from rich.rule import Rule
from rich.table import Table

from deploy.commands.screen import console, say_json
from deploy.commands.time import reporting, travel_bar
from deploy.demo import summary
from deploy.demo.expectations import Finding
from deploy.demo.facts import Facts
from deploy.demo.telling import is_ours, line_of
from deploy.grants import SERVICES
from deploy.travelling import Report


class Show:
    """Everything the demo prints; hidden, only the result."""

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self._bar: Progress | None = None
        self._status = console.status("starting")

    def begin(self) -> None:
        """Something is happening."""
        if not self._hidden:
            self._status.start()

    def starting(self, name: str, what: str) -> None:
        """A part is being started, or started again."""
        self._status.update(f"{name}: {what}")

    def started(self, seconds: float) -> None:
        """Everything runs."""
        self.end()
        self._print(f"NATS, MongoDB, a mail catcher and five services run ({seconds:.0f} s).")

    def act(self, what: str) -> None:
        """A new act begins."""
        self.end()
        self._print(Rule(f"[bold]{what}[/]", align="left"))

    def event(self, event: dict[str, Any]) -> None:
        """An event, if a service of ours announced it: that is what it did."""
        if is_ours(event):
            self._print(line_of(event))

    def moving(self, length: timedelta) -> Report:
        """A bar for time that passes."""
        self._bar = travel_bar(hidden=self._hidden)
        self._bar.start()
        return reporting(self._bar, length)

    def end(self) -> None:
        """Whatever moves on the screen stops."""
        self._status.stop()
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def result(self, facts: Facts, findings: list[Finding], seconds: float) -> None:
        """The summary, and what was expected with a tick each."""
        if self._hidden:
            say_json(summary.as_json(facts, findings) | {"seconds": round(seconds, 1)})
            return
        for table in (summary.events_table, summary.ledger_table, summary.figures_table):
            console.print(table(facts))
        console.print(Rule("[bold]What was expected[/]", align="left"))
        console.print(summary.findings_table(findings))
        met = sum(each.met for each in findings)
        console.print(f"\n{met} of {len(findings)} expected effects seen, in {seconds:.0f} s.")

    def addresses(self, known: dict[str, Any], options: str) -> None:
        """Where everything is, who to log in as, and what to try."""
        if self._hidden:
            return
        table = Table(title="Addresses and log-ins", title_justify="left", show_header=False)
        for service in SERVICES:
            table.add_row(service, known[service])
        table.add_row("messages", str(Path(known["data_dir"]) / "mail"))
        for role, key in known["api_keys"].items():
            table.add_row(f"API key, {role}", key)
        for role, login in known["logins"].items():
            table.add_row(f"sign in, {role}", f"{login['user']}  {login['password']}")
        console.print(table)
        console.print(Panel(_hints(known, options), title="Try", title_align="left"))

    def _print(self, what: Any) -> None:
        if not self._hidden:
            terminal = console.is_terminal
            console.print(what, soft_wrap=not terminal, no_wrap=True, overflow="ellipsis")


def _hints(known: dict[str, Any], options: str) -> str:
    key = json.dumps(f"Authorization: Bearer {known['api_keys']['partner']}")
    return "\n".join((
        f"open {known['desk']} and sign in as one of the people above",
        f"clientele timeline c-1008{options}",
        f"clientele time advance 7d{options}",
        f"clientele events tail{options}",
        f"curl -H {key} {known['desk']}/api/v1/tasks",
        "[dim]For trying out, not for use: servers of this machine only, mail goes nowhere.\n"
        "Stop with Ctrl-C.[/]",
    ))  # fmt: skip
