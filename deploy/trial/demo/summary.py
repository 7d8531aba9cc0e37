"""What do the demo's figures come to, and do all who hold them agree?"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from deploy.trial.demo.event_lines import is_ours
from deploy.trial.demo.expectations import Finding
from deploy.trial.demo.facts import OUTCOMES, Facts, balance, by_type, given_to

CONTACTS = ("sent", "deferred", "suppressed", "failed", "unknown")
OPEN_STATES = ("open", "snoozed")
STYLE: dict[str, Any] = {
    "title_justify": "left",
    "header_style": "bold",
    "box": box.SIMPLE,
    "padding": (0, 1, 0, 0),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing, counted by everybody who holds it."""

    what: str
    counts: Mapping[str, int]

    @property
    def agrees(self) -> bool:
        """Whether all count the same."""
        return len(set(self.counts.values())) == 1


def figures(facts: Facts) -> list[Figure]:
    """The figures that several hold: the stream, the databases, the mail catcher."""
    counts = by_type(facts.stored)
    done, gone = counts["task-completed"], counts["task-cancelled"]
    in_state = {state: sum(task["state"] in states for task in facts.tasks)
                for state, states in _STATES.items()}  # fmt: skip
    return [
        Figure("events", {"stream": sum(counts.values()), "seen live": len(facts.events),
                          "desk database": _received(facts, "desk"),
                          "reminders database": _received(facts, "reminders")}),
        *(_contacts(name, counts[f"contact-{name}"], facts) for name in CONTACTS),
        Figure("e-mails sent", {"stream": facts.mails_sent(), "mail catcher": len(facts.mails)}),
        Figure("tasks asked for", {"stream": counts["task-created"],
                                   "desk database": len(facts.tasks)}),
        Figure("tasks decided", {"stream": done, "desk database": in_state["done"]}),
        Figure("tasks no longer needed", {"stream": gone, "desk database": in_state["cancelled"]}),
        Figure("tasks open", {"stream": counts["task-created"] - done - gone,
                              "desk database": in_state["open"]}),
        Figure("dead letters", {"ledgers": _dead(facts), "service databases": len(facts.letters)}),
    ]  # fmt: skip


def as_json(facts: Facts, findings: Iterable[Finding]) -> dict[str, Any]:
    """The whole result, for a program."""
    found, counted = list(findings), figures(facts)
    return {
        "ok": is_well(facts, found),
        "expectations": [asdict(each) | {"met": each.met} for each in found],
        "figures": [asdict(each) | {"agrees": each.agrees} for each in counted],
        "events": dict(sorted(by_type(facts.stored).items())),
        "ledgers": {name: dict(each["ledger"]) for name, each in facts.ledgers.items()},
    }


def is_well(facts: Facts, findings: Iterable[Finding]) -> bool:
    """Whether every effect was seen and every figure agrees."""
    return all(each.met for each in findings) and all(each.agrees for each in figures(facts))


def events_table(facts: Facts) -> Table:
    """How many events of each type the stream holds, and who said them."""
    table = Table(title="Events", **STYLE)
    table.add_column("type")
    table.add_column("said by")
    table.add_column("in the stream", justify="right")
    said_by = {event["type"]: _publisher(event) for event in facts.events}
    for kind, count in sorted(by_type(facts.stored).items(), key=lambda each: said_by[each[0]]):
        table.add_row(kind, said_by[kind], str(count))
    return table


def figures_table(facts: Facts) -> Table:
    """Each figure as everybody who holds it counts it."""
    table = Table(title="Counted by all who hold it", **STYLE)
    table.add_column("what")
    table.add_column("counts")
    table.add_column("")
    for figure in figures(facts):
        counts = ", ".join(f"{who} {count}" for who, count in figure.counts.items())
        table.add_row(figure.what, counts, tick(figure.agrees))
    return table


def ledger_table(facts: Facts) -> Table:
    """What became of every event each service was given."""
    table = Table(title="What became of every event", **STYLE)
    for name in ("service", "given", "received", *OUTCOMES, ""):
        table.add_column(name, justify="left" if name == "service" else "right")
    for service, ledger in facts.ledgers.items():
        counts = ledger["ledger"]
        given = given_to(facts.heard[service], facts.stored)
        received = int(counts.get("received", 0))
        table.add_row(
            service, str(given), str(received), *(str(counts.get(each, 0)) for each in OUTCOMES),
            tick(given == received and balance(ledger) == 0),
        )  # fmt: skip
    return table


def findings_table(findings: Iterable[Finding]) -> Table:
    """Each expectation with a tick, or what was missing."""
    table = Table(show_header=False, box=None)
    for finding in findings:
        table.add_row(tick(finding.met), finding.name)
        if not finding.met:
            table.add_row("", Text(f"missing: {finding.missing}", "red"))
    return table


def tick(well: bool) -> Text:
    """A green tick or a red cross."""
    return Text("✓", "green") if well else Text("✗", "bold red")


_STATES = {"open": OPEN_STATES, "done": ("done",), "cancelled": ("cancelled",)}


def _contacts(name: str, in_stream: int, facts: Facts) -> Figure:
    counts = {"stream": in_stream, "desk database": len(facts.entries(f"contact-{name}"))}
    return Figure(f"contacts {name}", counts)


def _dead(facts: Facts) -> int:
    return sum(int(each["ledger"].get("dead", 0)) for each in facts.ledgers.values())


def _received(facts: Facts, service: str) -> int:
    return int(facts.ledgers[service]["ledger"].get("received", 0))


def _publisher(event: Mapping[str, Any]) -> str:
    name = str(event["source"]).rpartition(":")[2]
    return name if is_ours(event) else f"the firm's {name.replace('-', ' ')}"
