"""What does somebody who watches the demo see, or, with ``--json``, the program that started it?"""

from datetime import UTC, date, timedelta, tzinfo
from typing import Any

from rich.progress import Progress
from rich.rule import Rule

from deploy.cli.commands.time import reporting, travel_bar
from deploy.cli.screen import console, say_json
from deploy.trial.demo import newcomer_guide, summary
from deploy.trial.demo.event_lines import happened, is_ours, line_of
from deploy.trial.demo.expectations import Finding
from deploy.trial.demo.facts import Facts
from deploy.trial.time_travel import Report

LEGEND = (
    "[dim]Each line is something a service did: when, which service, what, about whom, and why. "
    "c-… is a client, i-… an inquiry, rv-… a review, s-… one of the firm's people.[/]"
)


class DemoScreen:
    """Everything the demo prints; hidden, only the result."""

    def __init__(self, *, hidden: bool, zone: tzinfo = UTC) -> None:
        self._hidden = hidden
        self._zone = zone
        self._day: date | None = None
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
        self._print(
            "NATS, MongoDB, catchers of mail and text messages and six services run "
            f"({seconds:.0f} s)."
        )
        if not self._hidden:
            console.print(LEGEND)

    def act(self, what: str) -> None:
        """A new act begins."""
        self.end()
        self._print(Rule(f"[bold]{what}[/]", align="left"))

    def event(self, event: dict[str, Any]) -> None:
        """An event, if a service of ours announced it: that is what it did."""
        if not is_ours(event):
            return
        day = happened(event, self._zone).date()
        if day != self._day:
            self._day = day
            self._print(f"[dim]{day:%A %d %B %Y}[/]")
        self._print(line_of(event, self._zone))

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

    def handing_over(self, known: dict[str, Any], facts: Facts, options: str) -> None:
        """It is the newcomer's turn: who to be, where, and what to try."""
        if not self._hidden:
            console.print(Rule("[bold]Now it is your turn[/]", align="left"))
            for each in newcomer_guide.everything(known, facts, options):
                console.print(each, soft_wrap=isinstance(each, str))

    def _print(self, what: Any) -> None:
        if self._hidden:
            return
        if console.is_terminal:
            console.print(what, no_wrap=True, overflow="ellipsis")
        else:
            console.print(what, soft_wrap=True)
