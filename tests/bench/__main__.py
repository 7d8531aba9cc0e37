"""``python -m tests.bench [--only PART]… [--scale 0.1] [--sync always|default]``: measure.

Leaves with 0 when everything was measured, whether or not the goals were met; with 1 when a part
could not be, or something was lost, or done twice.
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from shared.clock import monotonic
from tests.bench import (
    backlog,
    card,
    conflicts,
    desk,
    doors,
    drivers,
    filing,
    footprint,
    reports,
    sending,
    through,
    timers,
)
from tests.bench.bench import Bench, Part
from tests.bench.figures import BY_DEFAULT, KEPT_FOR_ALWAYS, Findings, markdown, read

WIDTH = 132
PARTS: dict[str, Part] = {
    "through": through.measure,
    "timers": timers.measure,
    "sending": sending.measure,
    "backlog": backlog.measure,
    "footprint": footprint.measure,
    "desk": desk.measure,
    "filing": filing.measure,
    "conflicts": conflicts.measure,
    "drivers": drivers.measure,
    "doors": doors.measure,
    "card": card.measure,
    "reports": reports.measure,
}


def main(arguments: Sequence[str] | None = None) -> Findings:
    """Measure what was asked for; the table, and bench.json."""
    chosen = _arguments().parse_args(arguments)
    if chosen.markdown is not None:
        earlier = read(chosen.markdown)
        sys.stdout.write(markdown(earlier.figures) + "\n")
        return earlier
    console = Console(stderr=True)
    folder = Path(tempfile.mkdtemp(prefix="clientele-bench-"))
    findings = Findings(chosen.scale)
    syncs = (chosen.sync,) if chosen.sync else (KEPT_FOR_ALWAYS, BY_DEFAULT)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    hidden = not console.is_terminal  # then each step prints a line instead
    with Progress(*columns, console=console, disable=hidden) as progress:
        bench = Bench(chosen.scale, folder, findings, progress, syncs)
        try:
            asyncio.run(_measure(bench, chosen.only or list(PARTS)))
        finally:
            if not chosen.keep:
                shutil.rmtree(folder, ignore_errors=True)
            findings.write(chosen.out)
    findings.show(Console(width=None if sys.stdout.isatty() else WIDTH))
    return findings


async def _measure(bench: Bench, names: Sequence[str]) -> None:
    for name in names:
        began = monotonic()
        load = os.getloadavg()[0]
        try:
            await PARTS[name](bench)
        except Exception as failure:  # the other parts are worth measuring all the same
            bench.progress.console.print_exception()
            bench.findings.void[name] = f"{type(failure).__name__}: {failure}"
        seconds = monotonic() - began
        bench.findings.parts[name] = {"load_before": load, "seconds": round(seconds, 1)}


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(PARTS), help="one part (repeat)")
    parser.add_argument("--scale", type=float, default=1.0, help="sizes and durations times this")
    parser.add_argument("--sync", choices=(KEPT_FOR_ALWAYS, BY_DEFAULT), help="only this setting")
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    parser.add_argument("--markdown", type=Path, metavar="BENCH.JSON",
                        help="measure nothing; print an earlier run for docs/proof.md")  # fmt: skip
    parser.add_argument("--keep", action="store_true", help="keep the data and the logs")
    return parser


if __name__ == "__main__":
    sys.exit(0 if main().sound else 1)
