"""How do two hosts run, each with a replica of every service, so that one alone can be hurt?

Each host has ways of its own to the servers and a clock of its own; whoever asks from outside comes
by way of a load balancer, which gives a request to a replica that says it is ready.
"""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from deploy.infra.ports import OPS, is_free, ops_name
from deploy.infra.services import SERVICES
from deploy.trial.child_process import ChildProcess
from deploy.trial.environment import HOST
from tests.bench.rig import REPLICA_OFFSET
from tests.conftest import free_base
from tests.faults.proxy import Proxy
from tests.faults.system import System, overload

HOSTS = (0, 1)
OPS_APART = len(SERVICES)  # from where a service shows its figures to where its replica does
METRICS = "/metrics"
ASK_SECONDS = 2.0  # how long a load balancer waits for a replica to say that it is ready


@dataclass(frozen=True, slots=True)
class Said:
    """What a replica answered; 0 where it did not."""

    status: int
    text: str = ""


class TwoHosts(System):
    """Two hosts with a replica of every service each, and the servers on a third one."""

    replicas = len(HOSTS)
    rounds_of_rest = 8  # any replica may answer: nearly always both of every service have

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, base=next(base for base in iter(free_base, 0) if has_room(base)))
        self._ways_of: dict[int, dict[str, Proxy]] = {}

    def legs_of(self, replica: int) -> dict[str, Proxy]:
        """The ways of this host."""
        return self._ways_of[replica]

    async def _ways(self) -> dict[str, Proxy]:
        alone = httpx.Limits(max_keepalive_connections=0)  # each asks afresh, as a stranger would
        self.web = await self._stack.enter_async_context(httpx.AsyncClient(limits=alone))
        for host in HOSTS:
            self._ways_of[host] = await super()._ways()
        return self._ways_of[0]

    def start_service(
        self, service: str, replica: int = 0, *, profile: Path | None = None, **more: str
    ) -> ChildProcess:
        """Start a process of a host; that of every host shows its figures."""
        shown = {"CLIENTELE_OPS_PORT": str(self._ops_port(service, replica))}
        return super().start_service(service, replica, profile=profile, **shown, **more)

    def program(self, service: str, replica: int) -> tuple[list[str], dict[str, str]]:
        """A service that reads the clock of its host."""
        argv, its_code = super().program(service, replica)
        clock = str(self._clock_of(replica))
        return [sys.executable, "-m", "tests.faults.host_clock", argv[-1], clock], its_code

    def on(self, host: int) -> list[str]:
        """The processes of a host."""
        return [f"{service}-{host}" for service in SERVICES]

    @contextmanager
    def clock_behind(self, host: int, seconds: float) -> Iterator[None]:
        """Within this, the clock of a host is so many seconds behind."""
        self._clock_of(host).write_text(str(seconds), encoding="ascii")
        try:
            yield
        finally:
            self._clock_of(host).unlink()

    async def ask(
        self, service: str, host: int, path: str, seconds: float = ASK_SECONDS, **headers: str
    ) -> Said:
        """What a replica answers at this address."""
        port = self.plan.ports[service] + REPLICA_OFFSET * host
        if path == METRICS:
            port = self._ops_port(service, host)
        url = f"http://{HOST}:{port}{path}"
        try:
            answer = await self.web.get(url, headers=headers, timeout=seconds * overload())
        except httpx.HTTPError:
            return Said(0)
        return Said(answer.status_code, answer.text)

    async def ready_hosts(self, service: str) -> list[int]:
        """Where a load balancer would send requests for this service."""
        said = await asyncio.gather(*(self.ask(service, host, "/readyz") for host in HOSTS))
        return [host for host, each in zip(HOSTS, said, strict=True) if each.status == 200]

    async def figures(self, service: str, host: int) -> dict[str, float]:
        """The metrics of a replica that have no labels but the service; empty: it is silent."""
        said = await self.ask(service, host, METRICS)
        return {
            sample.name: sample.value
            for family in text_string_to_metric_families(said.text)
            for sample in family.samples
            if sample.labels.keys() <= {"service"}
        }

    def _ops_port(self, service: str, host: int) -> int:
        return self.plan.ports[ops_name(service)] + OPS_APART * host

    def _clock_of(self, host: int) -> Path:
        return self.folder / f"clock-of-{host}"


def has_room(base: int) -> bool:
    """Whether a second replica of every service finds a port as well."""
    seconds = (REPLICA_OFFSET, OPS + OPS_APART)
    return all(is_free(base + more + n) for more in seconds for n in range(len(SERVICES)))
