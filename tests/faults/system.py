"""How does a whole installation run so that each of its parts can be hurt?

Real servers and the six services as real processes, watched over like ``clientele up`` does (what
dies is started again), with a proxy in front of each server and a mail server that keeps a ledger.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Self

from deploy.infra.services import SERVICES
from deploy.trial import connection
from deploy.trial.child_process import ChildProcess
from deploy.trial.environment import HOST
from deploy.trial.restarts import RestartingPart
from shared.clock import monotonic
from tests.bench.rig import Rig
from tests.conftest import free_base
from tests.faults.mailbox import Mailbox
from tests.faults.proxy import Proxy
from tests.journeys.firm import Firm

ROUND_SECONDS = 0.1
LEGS = ("nats", "mongod", "smtp")
START_SECONDS = 240.0
FAIR_LOAD = 2.0  # processes per core at which the promised seconds still hold
HEALED_SECONDS = 30.0  # progress is promised within this, without anyone's help


class System(Rig):
    """One installation under test; use ``async with``."""

    mailbox: Mailbox
    firm: Firm
    replicas = 1  # of each service
    rounds_of_rest = 2  # how often everybody must say in a row that nothing is left

    def __init__(self, folder: Path, base: int | None = None) -> None:
        super().__init__(folder, base=base or free_base())
        self.legs: dict[str, Proxy] = {}
        self._upkeeps: dict[str, RestartingPart] = {}
        self._left_alone: set[str] = set()
        self.without_order_until = 0  # the last event of a scenario that made steps fail
        self._more: dict[str, dict[str, str]] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.mailbox = await self._stack.enter_async_context(
            Mailbox(self.folder / "accepted.jsonl", self.plan.ports["smtp"])
        )
        self.legs = await self._ways()
        await super().__aenter__()
        for replica in range(self.replicas):
            for service in SERVICES:
                self.start_service(service, replica)
        await self.ready()
        for name, server in (("nats", self.nats_server), ("mongod", self.mongo_server)):
            self._upkeeps[name] = RestartingPart(name, server, _silent)
        self._tending = asyncio.create_task(self._tend())
        self.firm = await self._stack.enter_async_context(Firm(self._described()))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._tending.cancel()
        with suppress(asyncio.CancelledError):
            await self._tending
        for replica in range(self.replicas):
            for leg in self.legs_of(replica).values():
                leg.heal()
        await super().__aexit__()
        await self._stack.aclose()

    def start_service(
        self, service: str, replica: int = 0, *, profile: Path | None = None, **more: str
    ) -> ChildProcess:
        """Start one process behind the proxies; it is started again whenever it dies."""
        legs = self.legs_of(replica)
        env = {
            "CLIENTELE_NATS_URL": self._through(legs, "nats", self.nats_server.url(service)),
            "CLIENTELE_MONGO_URL": self._through(legs, "mongod", self.mongo_server.url(service)),
            "CLIENTELE_SMTP_PORT": str(legs["smtp"].port),
            "CLIENTELE_FAILPOINTS": "1",
            **more,
        }
        process = super().start_service(service, replica, profile=profile, **env)
        self._upkeeps[process.name] = RestartingPart(process.name, process, _silent)
        return process

    async def ready(self) -> float:
        """Wait until every process says it is ready, on a busy machine too."""

        async def all_ready() -> bool:
            await Rig.ready(self)
            return True

        return await until_seconds(
            all_ready, "all services being ready", START_SECONDS, START_SECONDS
        )

    async def stop_services(self, names: Iterable[str] | None = None) -> None:
        """End these processes in order, for good (all of them)."""
        leaving = list(self.processes) if names is None else list(names)
        for name in leaving:
            self._upkeeps.pop(name, None)
        await super().stop_services(leaving)

    @asynccontextmanager
    async def left_alone(self, *names: str) -> AsyncIterator[None]:
        """Within this, these parts stay dead when they die."""
        self._left_alone |= set(names)
        try:
            yield
        finally:
            self._left_alone -= set(names)

    def pid(self, name: str) -> int:
        """The process id of a service's process or of a server."""
        servers = {"nats": self.nats_server.pid, "mongod": self.mongo_server.pid}
        found = servers[name] if name in servers else self.processes[name].pid
        assert found is not None
        return found

    def kill(self, *names: str) -> None:
        """``kill -9``."""
        for name in names:
            os.kill(self.pid(name), signal.SIGKILL)

    async def kill_again(self, name: str) -> None:
        """``kill -9`` as soon as it has been started again."""

        async def killed() -> bool:
            self.forgive()
            self.kill(name)
            return True

        await until_seconds(killed, f"{name} being started again", START_SECONDS)

    @asynccontextmanager
    async def frozen(self, *names: str) -> AsyncIterator[None]:
        """Within this, these processes stand still."""
        pids = [self.pid(name) for name in names]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def forgive(self) -> None:
        """Whatever dies next is started at once, as after a minute of health."""
        for upkeep in self._upkeeps.values():
            upkeep.failures = 0
            upkeep._not_before = 0.0

    async def _tend(self) -> None:
        while True:
            for name, upkeep in list(self._upkeeps.items()):
                if name not in self._left_alone:
                    await asyncio.to_thread(upkeep.tend)
            await asyncio.sleep(ROUND_SECONDS)

    def legs_of(self, replica: int) -> dict[str, Proxy]:
        """The ways that this replica of every service goes; the same for all unless told."""
        del replica
        return self.legs

    async def _ways(self) -> dict[str, Proxy]:
        """A proxy in front of each server."""
        ports = {"nats": self.plan.ports["nats"], "mongod": self.plan.ports["mongo"],
                 "smtp": self.mailbox.port}  # fmt: skip
        return {
            leg: await self._stack.enter_async_context(Proxy(port)) for leg, port in ports.items()
        }

    def _through(self, legs: Mapping[str, Proxy], leg: str, url: str) -> str:
        port = {"nats": self.plan.ports["nats"], "mongod": self.plan.ports["mongo"]}[leg]
        moved = url.replace(f"{HOST}:{port}", f"{HOST}:{legs[leg].port}")
        return _direct(moved) if leg == "mongod" else moved

    def _described(self) -> dict[str, Any]:
        return connection.describe(
            self.plan, self.secrets, nats_url=self.nats_server.url("firm"),
            cli_url=self.nats_server.url("cli"), pids={},
        )  # fmt: skip


def overload() -> float:
    """How many times slower an overloaded machine may be: by the processes that wait per core."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1) / FAIR_LOAD)


async def until_seconds(
    true: Callable[[], Awaitable[bool]],
    what: str,
    seconds: float,
    answer: float = 5.0,
    pause: float = ROUND_SECONDS,
) -> float:
    """Wait until this is true, through whatever fails meanwhile; the seconds it took."""
    started = monotonic()
    while True:
        with suppress(Exception):  # the part that is asked may itself be away
            if await asyncio.wait_for(true(), answer):
                return monotonic() - started
        assert monotonic() - started < seconds, f"{what} did not come true in {seconds:.0f} s"
        await asyncio.sleep(pause)


def _direct(url: str) -> str:
    """Without the set's name, or the driver would go round the proxy to the member's address."""
    start, _, rest = url.partition("?")
    options = [each for each in rest.split("&") if not each.startswith("replicaSet=")]
    return f"{start}?{'&'.join([*options, 'directConnection=true'])}"


def _silent(_name: str, _what: str) -> None:
    return None
