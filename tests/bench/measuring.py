"""How are delays, memory and processor time read?"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path

import psutil

from shared.clock import monotonic

LOOK_SECONDS = 0.02
KIB, MIB = 1024.0, 1024.0**2


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
    used = psutil.Process(pid).cpu_times()
    return float(used.user + used.system)


def memory_mib(pid: int, *, peak: bool = False) -> float:
    """Resident memory of this process now, or the most it ever had."""
    if not peak:
        return float(psutil.Process(pid).memory_info().rss) / MIB
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():  # psutil has no peak on Linux
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * KIB / MIB
    return float("nan")
