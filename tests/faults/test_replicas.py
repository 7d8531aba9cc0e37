"""Does everything go on within fifteen seconds when one of two replicas is hurt?

Each fault is done to a host with a replica of every service, then to the other one, so that it
meets whoever consumes; all the while the firm goes on telling. In brief only the first one is hurt.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import pytest_asyncio

from shared.clock import monotonic
from tests.faults.going_on import Docket, goes_on
from tests.faults.hosts import HOSTS, TwoHosts
from tests.faults.invariants import hold
from tests.faults.load import under_load
from tests.faults.truth import Truth, is_told, nothing_was_untrue

pytestmark = pytest.mark.asyncio(loop_scope="module")

Record = Callable[[str, object], None]
Fault = Callable[[TwoHosts, int], AbstractAsyncContextManager[Truth]]
CHECKS = 24
BEHIND_SECONDS = 90.0


@asynccontextmanager
async def cut(system: TwoHosts, host: int, leg: str, truth: Truth) -> AsyncIterator[Truth]:
    """Connections are reset and refused."""
    system.legs_of(host)[leg].refuse()
    yield truth
    system.legs_of(host)[leg].heal()


@asynccontextmanager
async def silenced(system: TwoHosts, host: int, leg: str, truth: Truth) -> AsyncIterator[Truth]:
    """Nothing comes through, and no connection is seen to end."""
    proxy = system.legs_of(host)[leg]
    proxy.to_server.silence()
    proxy.to_client.silence()
    yield truth
    proxy.reset()
    proxy.heal()


@asynccontextmanager
async def frozen(system: TwoHosts, host: int) -> AsyncIterator[Truth]:
    """Every process stands still."""
    async with system.frozen(*system.on(host)):
        yield Truth(silent=True)


@asynccontextmanager
async def slow(system: TwoHosts, host: int) -> AsyncIterator[Truth]:
    """The clock is behind."""
    with system.clock_behind(host, BEHIND_SECONDS):
        yield Truth(behind=BEHIND_SECONDS)


@asynccontextmanager
async def killed(system: TwoHosts, host: int) -> AsyncIterator[Truth]:
    """``kill -9``; started again as always."""
    system.forgive()
    system.kill(*system.on(host))
    yield Truth()


NATS = Truth(unready="NATS is away", unknown="consumer_pending_messages")
MONGO = Truth(unready="MongoDB is away", unknown="dead_letters_open")
FAULTS: dict[str, Fault] = {
    "cut-from-nats": lambda system, host: cut(system, host, "nats", NATS),
    "nats-falls-silent": lambda system, host: silenced(system, host, "nats", NATS),
    "cut-from-mongodb": lambda system, host: cut(system, host, "mongod", MONGO),
    "mongodb-falls-silent": lambda system, host: silenced(system, host, "mongod", MONGO),
    "frozen": frozen,
    "slow-clock": slow,
    "killed": killed,
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hosts(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TwoHosts]:
    """Two hosts, for the scenarios of this file."""
    async with TwoHosts(tmp_path_factory.mktemp("hosts")) as system:
        yield system


@pytest.mark.whole
@pytest.mark.parametrize("fault", list(FAULTS))
async def test_everything_goes_on_while_one_replica_of_two_is_hurt(
    hosts: TwoHosts,
    fault: str,
    chance: random.Random,
    record_property: Record,
) -> None:
    docket = Docket(hosts)
    await docket.fill(CHECKS)
    recovered: list[float] = []
    slowest_truth = 0.0
    async with under_load(hosts, chance) as load:
        for host in HOSTS:
            await asyncio.sleep(chance.uniform(1.0, 3.0))
            since = monotonic()
            async with FAULTS[fault](hosts, host) as truth:
                went_on, told = await asyncio.gather(
                    goes_on(hosts, docket, since), is_told(hosts, host, truth)
                )
            recovered += [went_on.consuming, went_on.due_work, went_on.pages]
            slowest_truth = max(slowest_truth, told, await is_told(hosts, host, Truth()))
    since = monotonic()
    recovered.append(await hold(hosts, load.story, healed=since))
    await nothing_was_untrue(hosts)
    record_property("slowest recovery s", max(recovered))
    record_property("truth told after s", slowest_truth)
