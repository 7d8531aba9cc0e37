"""What does every part of the benchmark have at hand?"""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from rich.progress import Progress, TaskID

from tests.bench.figures import BY_DEFAULT, KEPT_FOR_ALWAYS, Figure, Findings
from tests.bench.rig import Rig

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Bench:
    """One run: how large, where, and what it has found."""

    scale: float
    folder: Path
    findings: Findings
    progress: Progress
    syncs: tuple[str, ...] = (KEPT_FOR_ALWAYS, BY_DEFAULT)

    def times(self, full: int, least: int = 1) -> int:
        """A size at this run's scale."""
        return max(round(full * self.scale), least)

    def seconds(self, full: float, least: float = 1.0) -> float:
        """A duration at this run's scale."""
        return max(full * min(self.scale, 1.0), least)

    def rig(self, sync: str = KEPT_FOR_ALWAYS) -> Rig:
        """Fresh servers."""
        return Rig(self.folder / f"rig-{next(_numbers)}", sync)

    def clear(self, rig: Rig) -> None:
        """The servers of a rig have ended: their data may go."""
        shutil.rmtree(rig.folder, ignore_errors=True)

    def found(self, part: str, name: str, value: float, unit: str = "", **more: Any) -> None:
        """Keep a figure."""
        self.findings.add(Figure(part=part, name=name, value=value, unit=unit, **more))

    def step(self, text: str, total: float | None = None) -> "Step":
        """Show what is being done now: a moving line, or in a file one line each."""
        if not self.progress.console.is_terminal:
            self.progress.console.print(text)
        return Step(self.progress, self.progress.add_task(text, total=total))


class Step:
    """One line of progress."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def __enter__(self) -> "Step":
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.update(self._task, total=1, completed=1)
        self._progress.stop_task(self._task)

    def at(self, done: float) -> None:
        """So much is done."""
        self._progress.update(self._task, completed=done)


Part = Callable[[Bench], Awaitable[None]]
