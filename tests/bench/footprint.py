"""Part 6: how soon is the whole system ready, and what does it cost while nothing happens?"""

import asyncio
import shutil
from pathlib import Path

from deploy.infra.ports import ports
from deploy.infra.services import SERVICES
from deploy.trial import connection
from deploy.trial.environment import Plan
from deploy.trial.supervisor import Supervisor
from shared.clock import monotonic
from tests.bench.bench import Bench
from tests.bench.measuring import cpu_seconds, memory_mib
from tests.bench.rig import free_base

IDLE_SECONDS, SETTLE_SECONDS = 30.0, 5.0
MEMORY_GOAL, PROCESSOR_GOAL = 100.0, 2.0


async def measure(bench: Bench) -> None:
    """Start everything in an empty folder, then do nothing for a while."""
    folder = bench.folder / "footprint"
    supervisor = Supervisor(Plan(data_dir=folder, ports=ports(free_base())))
    with bench.step("cold start of the whole system"):
        started = monotonic()
        await asyncio.to_thread(supervisor.start)
        bench.found("footprint", "cold start to ready, everything", monotonic() - started, "s")
    try:
        await _idle(bench, _pids(folder))
    finally:
        await asyncio.to_thread(supervisor.stop)
        shutil.rmtree(folder, ignore_errors=True)


async def _idle(bench: Bench, pids: dict[str, int]) -> None:
    seconds = bench.seconds(IDLE_SECONDS)
    with bench.step(f"idle for {seconds:.0f} s"):
        await asyncio.sleep(bench.seconds(SETTLE_SECONDS, 1.0))
        before = {name: cpu_seconds(pid) for name, pid in pids.items()}
        await asyncio.sleep(seconds)
        used = {name: cpu_seconds(pid) - before[name] for name, pid in pids.items()}
    for name, pid in pids.items():
        is_service = name in SERVICES
        bench.found("footprint", f"memory of {name}, idle", memory_mib(pid), "MiB",
                    at_most=MEMORY_GOAL if is_service else None)  # fmt: skip
        bench.found("footprint", f"processor of {name}, idle", used[name] / seconds * 100,
                    "% of a core", at_most=PROCESSOR_GOAL if is_service else None)  # fmt: skip


def _pids(folder: Path) -> dict[str, int]:
    pids: dict[str, int] = connection.read(folder)["pids"]
    return pids
