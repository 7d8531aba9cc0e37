"""Do health and gauges say what is so, while a host is hurt and afterwards?"""

import asyncio
import math
from dataclasses import dataclass

from deploy.infra.services import SERVICES
from shared.clock import real_now
from tests.faults.hosts import HOSTS, TwoHosts
from tests.faults.system import overload, until_seconds

SAID_SECONDS = 15.0
FRESH_SECONDS = 20.0  # gauges are read every five seconds
LOOK_SECONDS = 1.0
SKEW_SECONDS = 2.0
NEVER = ("conservation_imbalance", "message_ids_taken", "nats_permission_violations")


@dataclass(frozen=True, slots=True)
class Truth:
    """What each service of a hurt host is to say of itself."""

    unready: str | None = None  # why it is not ready; None: it is
    unknown: str | None = None  # a gauge nobody there can read now
    behind: float = 0.0  # how many seconds its clock is
    silent: bool = False  # it says nothing at all


async def is_told(system: TwoHosts, host: int, truth: Truth) -> float:
    """The seconds until every service of this host, and of the other one, says what is so."""
    untrue: list[str] = []

    async def so() -> bool:
        found = await asyncio.gather(
            *(_untruth(system, service, host, truth) for service in SERVICES),
            *(_untruth(system, service, 1 - host, Truth()) for service in SERVICES),
        )
        untrue[:] = [each for each in found if each is not None]
        return not untrue

    try:
        return await until_seconds(so, "the truth", SAID_SECONDS * overload(), 30.0, LOOK_SECONDS)
    except AssertionError as failure:
        raise AssertionError(f"{failure}: {untrue}") from failure


async def _untruth(system: TwoHosts, service: str, host: int, truth: Truth) -> str | None:
    """What a replica says that is not so; None: all is."""
    name = f"{service}-{host}"
    ready = await system.ask(service, host, "/readyz")
    if truth.silent:
        return None if ready.status == 0 else f"{name} answers"
    if (await system.ask(service, host, "/livez")).status != 200:
        return f"{name} says it is dead"
    gauges = await system.figures(service, host)
    if truth.unready is not None:
        if ready.status != 503 or truth.unready not in ready.text:
            return f"{name} does not say: {truth.unready} ({ready})"
        assert truth.unknown is not None
        known = gauges.get(truth.unknown)
        return None if known is None or math.isnan(known) else f"{name} {truth.unknown} {known}"
    if ready.status != 200:
        return f"{name} is not ready: {ready}"
    age = real_now().timestamp() - gauges["measured_timestamp_seconds"]
    skew = gauges["clock_skew_seconds"]
    if age > FRESH_SECONDS or not abs(skew + truth.behind) < SKEW_SECONDS:
        return f"{name} measured {age:.0f} s ago, skew {skew}"
    return None


async def nothing_was_untrue(system: TwoHosts) -> None:
    """No replica counts what never happened; and each service has one that consumes."""
    for service in SERVICES:
        for host in HOSTS:
            gauges = await system.figures(service, host)
            wrong = {name: gauges.get(name) for name in NEVER if gauges.get(name) != 0.0}
            assert not wrong, (service, host, wrong)
