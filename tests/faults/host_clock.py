"""What if the clock of a host goes wrong?

``python -m tests.faults.host_clock services.desk.app FILE`` runs a service whose host is as many
seconds behind as ``FILE`` says at the moment; none while there is no such file. The stopwatch
(``monotonic``) and whatever does not go through ``shared/clock.py`` stay as they are.
"""

import runpy
import sys
from datetime import datetime, timedelta
from pathlib import Path

from shared import clock


def run(module: str, file: Path) -> None:
    """Run this module with that clock."""

    right = clock.host_now

    def host_now() -> datetime:
        return right() - timedelta(seconds=behind(file))

    clock.host_now = host_now
    sys.argv = [module]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def behind(file: Path) -> float:
    """How many seconds the clock is behind just now."""
    try:
        return float(file.read_text(encoding="ascii") or 0)
    except FileNotFoundError:
        return 0.0


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]))
