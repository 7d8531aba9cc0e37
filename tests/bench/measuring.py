"""How are delays, memory and processor time read?"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path

from shared.clock import monotonic

TICKS = os.sysconf("SC_CLK_TCK")
LOOK_SECONDS = 0.02
MIB = 1024.0


class VoidError(Exception):
    """What was measured was not the work it should have been: the figures are worth nothing."""


class NeverReadyError(VoidError):
    """What was waited for did not come."""


def check(true: bool, otherwise: str) -> None:
    """Go on only while this holds; unlike an assertion, under any way of running Python."""
    if not true:
        raise VoidError(otherwise)


async def until(
    true: Callable[[], Awaitable[bool]], what: str, seconds: float = 600.0,
    look: float = LOOK_SECONDS,
) -> float:  # fmt: skip
    """Wait for this; how many seconds it took."""
    started = monotonic()
    while not await true():
        if monotonic() - started > seconds:
            raise NeverReadyError(f"{what} did not happen within {seconds:.0f} s")
        await asyncio.sleep(look)
    return monotonic() - started


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed (nearest rank)."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def median(values: Iterable[float]) -> float:
    """The middle one."""
    return quantile(list(values), 0.5)


def cpu_seconds(pid: int) -> float:
    """Processor seconds this process has used, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid: int, *, peak: bool = False) -> float:
    """Resident memory of this process now, or the most it ever had."""
    name = "VmHWM:" if peak else "VmRSS:"
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / MIB
    return float("nan")
