"""How is what was measured kept, judged and shown?"""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from shared.clock import real_now

KEPT_FOR_ALWAYS, BY_DEFAULT = "always", "default"
MONGODB = "one node, w=majority, j=true"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value; ``sync`` is the stream's sync_interval it was taken under."""

    part: str
    name: str
    value: float
    unit: str = ""
    sync: str = KEPT_FOR_ALWAYS
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""
    must: bool = False  # no matter of speed: where it is not met, something is broken

    @property
    def met(self) -> bool | None:
        """Whether the goal was met; None where there is none."""
        if self.at_least is not None:
            return self.value >= self.at_least
        if self.at_most is not None:
            return self.value <= self.at_most
        return None

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.at_least is not None:
            return f"≥ {_short(self.at_least)}"
        return f"≤ {_short(self.at_most)}" if self.at_most is not None else ""


@dataclass(slots=True)
class Findings:
    """Everything one run has found."""

    scale: float
    figures: list[Figure] = field(default_factory=list)
    profiles: dict[str, dict[str, float]] = field(default_factory=dict)
    parts: dict[str, dict[str, float]] = field(default_factory=dict)  # seconds, load before
    void: dict[str, str] = field(default_factory=dict)  # parts that could not be measured, and why

    @property
    def sound(self) -> bool:
        """Whether every part was measured, and everything was done, and done once."""
        return not self.void and all(each.met for each in self.figures if each.must)

    def add(self, figure: Figure) -> None:
        """Keep one figure."""
        self.figures.append(figure)

    def show(self, console: Console) -> None:
        """The table at the end, and where the time went."""
        console.print(_table(self.figures))
        console.print(_circumstances(self.parts))
        for title, shares in self.profiles.items():
            found = ", ".join(f"{name} {share:.0%}" for name, share in _by_size(shares))
            console.print(f"[bold]{title}[/bold]: {found}")
        goals = [each for each in self.figures if each.met is not None]
        missed = [f"{each.part}: {each.name} ({each.sync})" for each in goals if not each.met]
        console.print(f"{len(goals) - len(missed)} of {len(goals)} goals met.")
        for each in missed:
            console.print(f"  [red]not met[/red]  {each}")
        for part, why in self.void.items():
            console.print(f"  [red]void[/red]     {part}: {why}", markup=True)

    def write(self, path: Path) -> None:
        """Keep it all as JSON."""
        content: dict[str, Any] = {
            "at": real_now().isoformat(timespec="seconds"),
            "scale": self.scale,
            "machine": machine(),
            "mongodb": MONGODB,
            "parts": self.parts,
            "void": self.void,
            "figures": [asdict(f) | {"met": f.met} for f in self.figures],
            "profiles": self.profiles,
        }
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> Findings:
    """What an earlier run wrote down."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    figures = [
        Figure(**{name: value for name, value in each.items() if name != "met"})
        for each in kept["figures"]
    ]
    return Findings(kept["scale"], figures, kept["profiles"], kept["parts"], kept["void"])


def markdown(figures: Sequence[Figure]) -> str:
    """The table as docs/proof.md shows it."""
    lines = ["| part | sync | what | value | goal | met |", "|---|---|---|---:|---|---|"]
    part = ""
    for each in figures:
        shown = each.part if each.part != part else ""
        part = each.part
        met = {True: "yes", False: "**no**", None: ""}[each.met]
        name = f"{each.name} ({each.note})" if each.note else each.name
        value = f"{_short(each.value)} {each.unit}".strip()
        lines.append(f"| {shown} | {each.sync} | {name} | {value} | {each.goal} | {met} |")
    return "\n".join(lines)


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
    }


def _table(figures: Sequence[Figure]) -> Table:
    table = Table(title="Clientele, measured", title_justify="left")
    for column in ("part", "sync", "what", "value", "goal", "met"):
        table.add_column(column, justify="right" if column == "value" else "left")
    part = ""
    for each in figures:
        met = {True: "[green]yes[/green]", False: "[red]no[/red]", None: ""}[each.met]
        value = f"{_short(each.value)} {each.unit}".strip()
        shown = each.part if each.part != part else ""
        part = each.part
        name = f"{each.name} ({each.note})" if each.note else each.name
        table.add_row(shown, each.sync, name, value, each.goal, met)
    return table


def _circumstances(parts: dict[str, dict[str, float]]) -> str:
    """On what, and what else the machine was doing: under load, trust ratios only."""
    said = ", ".join(f"{name} {value}" for name, value in machine().items())
    loads = ", ".join(f"{name} {each['load_before']:.1f}" for name, each in parts.items())
    return f"Machine: {said}. MongoDB: {MONGODB}. Load when each part began: {loads}."


def _short(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _by_size(shares: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(shares.items(), key=lambda each: -each[1])
