"""How do real servers and real service processes come up for one measurement?

A fresh installation in a folder of its own, put together like ``clientele up`` does, with two
differences: any selection of services, with several replicas if wanted, and the stream's
``sync_interval`` either as shipped (always) or as the server's own default.
"""

import asyncio
import http.client
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import nats
from nats.aio.client import Client
from pymongo import MongoClient

from deploy.infra import secrets
from deploy.infra.grants_in_use import grants_in_use
from deploy.infra.migrate import Target, built_apps, migrate
from deploy.infra.ports import OFFSETS, is_free, ports
from deploy.infra.stream import GIB
from deploy.trial.child_process import ChildProcess
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from deploy.trial.environment import HOST, Plan, environment_of
from shared.mongo import Database, connect
from shared.process.run import mappings_of
from shared.state.mappings import DocumentMapping
from tests.bench.against.checkout import Checkout
from tests.bench.figures import KEPT_FOR_ALWAYS
from tests.bench.measuring import cpu_seconds, until

READY_SECONDS = 60.0
STREAM_BYTES = 2 * 1024**3
FIRST_BASE, APART, HIGHEST = 8400, 60, 32000  # below those of the tests
REPLICA_OFFSET = 30  # where the ports of second and third replicas begin


class RelaxedNats(EmbeddedNats):
    """The server with its own default sync_interval (2 minutes) instead of ours."""

    def _configuration(self) -> str:
        return super()._configuration().replace("  sync_interval: always\n", "")


class Rig:
    """Servers, and as many service processes as a measurement wants."""

    def __init__(
        self,
        folder: Path,
        sync: str = KEPT_FOR_ALWAYS,
        base: int | None = None,
        checkout: Checkout | None = None,
    ) -> None:
        self.folder = folder
        self._checkout = checkout  # a revision to run; this process's own code without
        self.sync = sync
        self.plan = Plan(data_dir=folder, ports=ports(base or free_base()))
        self.secrets = secrets.keep(folder)
        kind = EmbeddedNats if sync == KEPT_FOR_ALWAYS else RelaxedNats
        self.nats_server = kind(
            folder / "nats", self.plan.ports["nats"], secrets=self.secrets, grants=grants_in_use()
        )
        self.mongo_server = EmbeddedMongo(
            folder / "mongo", self.plan.ports["mongo"], secrets=self.secrets
        )
        self.processes: dict[str, ChildProcess] = {}
        self.apps = built_apps()
        self._databases: dict[str, Database] = {}

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(self.nats_server.start)
        await asyncio.to_thread(self.mongo_server.start)
        await self.migrate()
        self.nats: Client = await nats.connect(
            self.nats_server.url(), inbox_prefix=b"inbox.admin", pending_size=64 * 1024 * 1024,
            max_reconnect_attempts=-1,
        )  # fmt: skip
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop_services()
        await self.nats.close()
        for database in self._databases.values():
            database.close()
        self.nats_server.kill()
        self.mongo_server.kill()

    async def migrate(self) -> None:
        """The stream, the consumers, the collections, the indexes."""
        url, mongo = self.nats_server.url(), self.mongo_server.url()
        if self._checkout is not None:
            await asyncio.to_thread(
                self._checkout.clientele, "migrate", "--stream-gib", str(STREAM_BYTES / GIB),
                CLIENTELE_NATS_URL=url, CLIENTELE_MONGO_URL=mongo,
            )  # fmt: skip
            return
        await migrate(Target(nats_url=url, mongo_url=mongo, stream_bytes=STREAM_BYTES), self.apps)

    def database(self, service: str) -> Database:
        """A service's database, seen by the administrator."""
        if service not in self._databases:
            self._databases[service] = connect(self.mongo_server.url(), service)
        return self._databases[service]

    def mapping(self, service: str, collection: str) -> DocumentMapping[Any]:
        """How a service keeps one kind of document."""
        mappings = mappings_of(self.apps[service])
        return next(each for each in mappings if each.collection == collection)

    def start_service(
        self, service: str, replica: int = 0, *, profile: Path | None = None, **more: str
    ) -> ChildProcess:
        """Start one process of a service."""
        user = "admin" if self._checkout else service  # what it may do is another revision's matter
        env = environment_of(
            service, self.plan, self.secrets,
            self.nats_server.url(user), self.mongo_server.url(user),
        )  # fmt: skip
        port = self.plan.ports[service] + REPLICA_OFFSET * replica
        env |= {"CLIENTELE_REPLICA": str(replica), "CLIENTELE_HTTP_PORT": str(port)}
        env |= {"CLIENTELE_OPS_PORT": "0" if replica else env["CLIENTELE_OPS_PORT"], **more}
        argv, its_code = self.program(service, replica)
        env |= its_code
        if profile is not None:
            argv = [sys.executable, "-m", "tests.bench.sampling", argv[-1], str(profile)]
        name = f"{service}-{replica}"
        process = ChildProcess(name, argv, log=self.folder / "logs" / f"{name}.log", env=env)
        process.start()
        self.processes[name] = process
        return process

    def program(self, service: str, replica: int) -> tuple[list[str], dict[str, str]]:
        """The command that runs this replica of a service, and where it finds its code."""
        del replica
        module = f"services.{service}.app"
        if self._checkout is None:
            return [sys.executable, "-m", module], {}
        return self._checkout.module(module), self._checkout.environment()

    async def ready(self) -> float:
        """Wait until every process started says it is ready; the seconds that took."""

        async def all_ready() -> bool:
            for name, process in self.processes.items():
                if not process.alive:
                    raise RuntimeError(f"{name} ended: {process.last_words()}")
            return all(
                [await asyncio.to_thread(answers_ok, port, "/readyz") for port in self._ports()]
            )

        return await until(all_ready, "all services being ready", READY_SECONDS)

    async def stop_services(self, names: Iterable[str] | None = None) -> None:
        """End these processes in order (all of them)."""
        leaving = list(self.processes) if names is None else list(names)
        for name in leaving:
            self.processes[name].ask_to_end()
        for name in leaving:
            await asyncio.to_thread(self.processes.pop(name).stop)

    async def come_to_rest(self) -> None:
        """Have MongoDB write what is still to be written: it belongs to what came before."""
        with MongoClient[dict[str, Any]](self.mongo_server.url()) as client:
            await asyncio.to_thread(client.admin.command, "fsync")

    async def ledger(self, service: str) -> dict[str, int]:
        """What became of the events a service received."""
        row = await self.database(service).collection("ledger").find_one({"_id": service}) or {}
        return {name: count for name, count in row.items() if isinstance(count, int)}

    async def has_settled(self, service: str, count: int) -> bool:
        """Whether a service has settled this many events."""
        return (await self.ledger(service)).get("received", 0) >= count

    def processor(self) -> dict[str, float]:
        """Processor seconds used so far by each process and server."""
        pids = {name: process.pid for name, process in self.processes.items()}
        pids |= {"nats": self.nats_server.pid, "mongod": self.mongo_server.pid}
        return {name: cpu_seconds(pid) for name, pid in pids.items() if pid is not None}

    def servers_processor(self) -> float:
        """Processor seconds used so far by the servers."""
        return sum(self.processor()[name] for name in ("nats", "mongod"))

    def pid(self, name: str) -> int:
        """The process id of a running process."""
        pid = self.processes[name].pid
        assert pid is not None
        return pid

    def _ports(self) -> list[int]:
        found = []
        for name in self.processes:
            service, _, replica = name.rpartition("-")
            found.append(self.plan.ports[service] + REPLICA_OFFSET * int(replica))
        return found


def free_base() -> int:
    """A port base at which every part of an installation, and further replicas, find room."""
    offsets = [*OFFSETS.values(), *(OFFSETS["reminders"] + REPLICA_OFFSET * n for n in (1, 2))]
    for base in range(FIRST_BASE, HIGHEST, APART):
        if all(is_free(base + offset) for offset in offsets):
            return base
    raise RuntimeError("no free ports")


def answers_ok(port: int, path: str) -> bool:
    """Whether a service of this machine answers 200 at this path."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2.0)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
