"""How does a whole installation start, keep running and stop on one machine?

The servers first, then the stream and the indexes, then the catchers of mail and of text messages,
and the six services; in the reverse order when it ends. What dies is started again.
"""

import asyncio
import http.client
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from deploy.infra import secrets
from deploy.infra.grants_in_use import grants_in_use
from deploy.infra.migrate import Target, migrate
from deploy.infra.ports import ops_name, require_free
from deploy.infra.services import SERVICES
from deploy.infra.stream import EMBEDDED_BYTES, SERVER_BYTES
from deploy.trial import connection
from deploy.trial.child_process import ChildProcess
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from deploy.trial.environment import HOST, SMS_USER, Plan, environment_of, program_of
from deploy.trial.machine import require_mail_catcher
from deploy.trial.ownership import Ownership
from deploy.trial.restarts import RestartingPart, Say
from services.reminders.domain.text_status import ANSWERS
from shared.clock import monotonic
from shared.errors import ClienteleError
from shared.process.app import App

READY_SECONDS = 60.0
STOP_SECONDS = 20.0
ROUND_SECONDS = 0.2

Program = Callable[[str], Sequence[str]]


class NotReadyError(ClienteleError):
    """A service did not become ready in time."""


def _silent(name: str, what: str) -> None:
    del name, what


class Supervisor:
    """One installation in one data directory."""

    def __init__(
        self,
        plan: Plan,
        *,
        say: Say = _silent,
        program: Program = program_of,
        apps: Mapping[str, App] | None = None,
    ) -> None:
        self.plan = plan
        self._apps = apps
        self._say = say
        self._program = program
        self._ownership = Ownership(plan.data_dir)
        self._nats: EmbeddedNats | None = None
        self._mongo: EmbeddedMongo | None = None
        self._others: dict[str, ChildProcess] = {}
        self._restarting: list[RestartingPart] = []
        self._stopping = False

    def start(self) -> None:
        """Start everything; ``connect.json`` is there when this returns."""
        self._ownership.take()
        connection.forget(self.plan.data_dir)
        try:
            self._secrets = secrets.keep(self.plan.data_dir)
            self._start_servers()
            self._migrate()
            self._start_others()
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        self._restarting = [
            RestartingPart(name, part, self._say) for name, part in self._parts().items()
        ]
        self._describe()

    def tend(self) -> None:
        """One round: start again what has died."""
        if any([part.tend() for part in self._restarting]):
            self._note()
            self._describe()

    def run_until(self, stopped: Callable[[], bool]) -> None:
        """Keep everything running until somebody wants it to end."""
        while not stopped():
            self.tend()
            time.sleep(ROUND_SECONDS)

    def stop(self) -> None:
        """End in order: services finish what is in flight while the servers still run."""
        connection.forget(self.plan.data_dir)
        services = [self._others[name] for name in SERVICES if name in self._others]
        for service in services:
            service.ask_to_end()
        for process in [*services, *self._others.values()]:
            process.stop(STOP_SECONDS)
        for server in (self._nats, self._mongo):
            if server is not None:
                server.stop()
        self._ownership.release()

    def nats_url(self, user: str) -> str:
        """Where a user reaches the event stream."""
        return self._nats.url(user) if self._nats else str(self.plan.nats_url)

    def mongo_url(self, user: str) -> str:
        """Where a user reaches the databases."""
        return self._mongo.url(user) if self._mongo else str(self.plan.mongo_url)

    def _start_servers(self) -> None:
        plan, folder = self.plan, self.plan.data_dir
        if plan.nats_url is None:
            self._nats = EmbeddedNats(
                folder / "nats", plan.ports["nats"], secrets=self._secrets,
                grants=grants_in_use(), log=plan.log_of("nats"),
            )  # fmt: skip
            self._say("nats", f"starting on port {self._nats.port}")
            self._nats.start()
            self._note()
        if plan.mongo_url is None:
            self._mongo = EmbeddedMongo(
                folder / "mongo", plan.ports["mongo"], secrets=self._secrets,
                log=plan.log_of("mongod"),
            )  # fmt: skip
            self._say("mongod", f"starting on port {self._mongo.port}")
            self._mongo.start()
            self._note()

    def _migrate(self) -> None:
        target = Target(
            nats_url=self.nats_url("admin"),
            mongo_url=self.mongo_url("admin"),
            new_stream_bytes=EMBEDDED_BYTES if self._nats else SERVER_BYTES,
        )
        asyncio.run(migrate(target, self._apps, lambda what: self._say("migrate", what)))

    def _start_others(self) -> None:
        plan = self.plan
        require_mail_catcher()
        mail = {
            "MAIL_FOLDER": str(plan.data_dir.absolute() / "mail"),
            "MAIL_PORT": str(plan.ports["smtp"]),
        }
        program = [sys.executable, "-m", "deploy.trial.mail_catcher"]
        self._others["mail"] = ChildProcess("mail", program, log=plan.log_of("mail"), env=mail)
        self._others["sms"] = self._text_catcher()
        for service in SERVICES:
            env = environment_of(
                service, plan, self._secrets, self.nats_url(service), self.mongo_url(service)
            )
            self._others[service] = ChildProcess(
                service, self._program(service), log=plan.log_of(service), env=env
            )
        for name, process in self._others.items():
            require_free(plan.ports["smtp" if name == "mail" else name], name)
            if name in SERVICES:
                require_free(plan.ports[ops_name(name)], name)
            self._say(name, "starting")
            process.start()
            self._note()

    def _text_catcher(self) -> ChildProcess:
        plan = self.plan
        env = {
            "TEXT_FOLDER": str(plan.data_dir.absolute() / "texts"),
            "TEXT_PORT": str(plan.ports["sms"]),
            "TEXT_USER": SMS_USER,
            "TEXT_SECRET_FILE": str(self._secrets.sms_secret_file.absolute()),
            "TEXT_ANSWERS_URL": f"{plan.url_of('reminders')}{ANSWERS}",
        }
        program = [sys.executable, "-m", "deploy.trial.text_catcher"]
        return ChildProcess("sms", program, log=plan.log_of("sms"), env=env)

    def _wait_until_ready(self) -> None:
        until = monotonic() + READY_SECONDS
        waiting = list(SERVICES)
        while waiting:
            waiting = [name for name in waiting if not _is_ready(self.plan.ports[name])]
            for name in waiting:
                process = self._others[name]
                if not process.alive or monotonic() > until:
                    raise NotReadyError(
                        f"{name} did not become ready. The end of {process.log}:\n"
                        f"{process.last_words()}"
                    )
            time.sleep(0.05)

    def _parts(self) -> dict[str, EmbeddedNats | EmbeddedMongo | ChildProcess]:
        servers = {"nats": self._nats, "mongod": self._mongo}
        return {name: part for name, part in servers.items() if part} | self._others

    def _pids(self) -> dict[str, int]:
        return {name: part.pid for name, part in self._parts().items() if part.pid is not None}

    def _note(self) -> None:
        self._ownership.note(self._pids())

    def _describe(self) -> None:
        description = connection.describe(
            self.plan, self._secrets, nats_url=self.nats_url("firm"),
            cli_url=self.nats_url("cli"), pids=self._pids(),
        )  # fmt: skip
        connection.write(self.plan.data_dir, description)


def _is_ready(port: int) -> bool:
    """Whether a service says it is ready."""
    connection_ = http.client.HTTPConnection(HOST, port, timeout=2.0)
    try:
        connection_.request("GET", "/readyz")
        return connection_.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection_.close()
