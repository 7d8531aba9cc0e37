"""``python -m tests.bench.against REV [--only PART]… [--scale 0.1] [--turns 5]``: compare.

Leaves with 0 when nothing is slower, with 1 when the median of a ratio is below 0.95 (it says
which), with 2 when it could not be measured.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import FrameType

from rich.console import Console

from tests.bench.against import delays, events, pages, timers
from tests.bench.against.checkout import CannotPrepareError, Checkout, checked_out, this
from tests.bench.against.comparison import NOT_MEASURED, Comparison
from tests.bench.against.ratios import Measure, Turn, ratios
from tests.bench.against.side import Side

Load = Callable[[Side], Awaitable[list[Measure]]]
LOADS: dict[str, Load] = {
    "events": events.measure,
    "timers": timers.measure,
    "delays": delays.measure,
    "pages": pages.measure,
}
TURNS = 5
WIDTH = 132


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, show, write down; the exit code."""
    chosen = _arguments().parse_args(arguments)
    console = Console(stderr=True)
    signal.signal(signal.SIGTERM, _interrupted)
    loads = chosen.only or list(LOADS)
    try:
        with checked_out(chosen.revision, console.print) as other:
            found = asyncio.run(_turns(other, loads, chosen.turns, chosen.scale, console))
    except CannotPrepareError as error:
        console.print(str(error), markup=False)
        return NOT_MEASURED
    except KeyboardInterrupt:
        console.print("stopped; nothing is left behind")
        return NOT_MEASURED
    found.write(chosen.out, other.name, chosen.scale)
    return found.show(Console(width=None if sys.stdout.isatty() else WIDTH), other.name)


async def _turns(
    other: Checkout, loads: Sequence[str], turns: int, scale: float, console: Console
) -> Comparison:
    """Every load in turns: the other revision, this one, the other one, this one …"""
    found = Comparison()
    with tempfile.TemporaryDirectory(prefix="clientele-bench-") as folder:
        for name in loads:
            measured: list[Turn] = []
            try:
                for turn in range(1, turns + 1):
                    console.print(f"{name}: turn {turn} of {turns}")
                    first = await LOADS[name](Side(other, scale, Path(folder)))
                    measured.append((first, await LOADS[name](Side(this(), scale, Path(folder)))))
                found.parts[name] = ratios(measured)
            except Exception as failure:  # the other parts are worth measuring all the same
                console.print_exception()
                found.void[name] = f"{type(failure).__name__}: {failure}"
    return found


def _interrupted(number: int, frame: FrameType | None) -> None:
    """End like Ctrl-C does, so that the worktree and the servers are taken away."""
    del number, frame
    raise KeyboardInterrupt


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.against", description=__doc__)
    parser.add_argument("revision", help="what to compare with: anything git understands")
    parser.add_argument("--only", action="append", choices=list(LOADS), help="one part (repeat)")
    parser.add_argument("--scale", type=float, default=1.0, help="sizes and durations times this")
    parser.add_argument("--turns", type=int, default=TURNS, help="how often each is measured")
    parser.add_argument("--out", type=Path, default=Path("bench-against.json"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
