"""How is what two revisions took shown, kept and judged?"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from shared.clock import real_now
from tests.bench.against.ratios import LEAST, Ratio
from tests.bench.figures import machine

SLOWER, NOT_MEASURED = 1, 2


@dataclass(slots=True)
class Comparison:
    """Every ratio, by part; and the parts that could not be measured, with the reason."""

    parts: dict[str, list[Ratio]] = field(default_factory=dict)
    void: dict[str, str] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 when nothing is slower, 1 when something is, 2 when something was not measured."""
        if self.void:
            return NOT_MEASURED
        return SLOWER if any(each.slower for _, each in self._all()) else 0

    def show(self, console: Console, other: str) -> int:
        """The table, and which are slower; the exit code."""
        console.print(self._table(other))
        if (load := os.getloadavg()[1]) > 2 * (os.cpu_count() or 1):
            console.print(f"The machine was busy (load {load:.1f}): trust processor time only.")
        slower = [(part, each) for part, each in self._all() if each.slower]
        for part, each in slower:
            said = f"{each.spread[1]:.2f} of {other}'s, at least {LEAST} is wanted"
            console.print(f"  slower: {part}: {each.name}: {said}", markup=False)
        for part, why in self.void.items():
            console.print(f"  not measured: {part}: {why}", markup=False)
        if self.exit_code == 0:
            console.print(f"Nothing is slower: no ratio's median is below {LEAST}.")
        return self.exit_code

    def write(self, path: Path, other: str, scale: float) -> None:
        """Keep it all as JSON."""
        content = {
            "at": real_now().isoformat(timespec="seconds"),
            "against": other,
            "scale": scale,
            "machine": machine() | {"load": os.getloadavg()[0]},
            "parts": {part: [each.as_json() for each in some] for part, some in self.parts.items()},
            "void": self.void,
        }
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def _all(self) -> list[tuple[str, Ratio]]:
        return [(part, each) for part, some in self.parts.items() for each in some]

    def _table(self, other: str) -> Table:
        title = f"This checkout against {other}: above 1 this one is better"
        table = Table(title=title, title_justify="left")
        for column in ("part", "what", "there", "here", "min", "median", "max", ""):
            table.add_column(column, justify="left" if column in {"part", "what"} else "right")
        for part, each in self._all():
            verdict = "[red]slower[/red]" if each.slower else "" if each.judged else "not judged"
            there, here = (sorted(values)[len(values) // 2] for values in (each.others, each.ours))
            table.add_row(part, each.name, f"{there:.3g} {each.unit}", f"{here:.3g} {each.unit}",
                          *(f"{value:.2f}" for value in each.spread), verdict)  # fmt: skip
        return table
