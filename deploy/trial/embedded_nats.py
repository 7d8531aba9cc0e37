"""How does the embedded NATS server run?

JetStream with every write on disk before it is acknowledged, its files encrypted, one user per
service with the subjects of ``deploy/infra/grants.py``.
"""

import json
import os
import signal
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from time import sleep

from deploy.infra import systems
from deploy.infra.grants import Grants
from deploy.infra.nats.configuration import PING_SECONDS, configuration, quoted
from deploy.infra.ports import require_free
from deploy.infra.secrets import Secrets, write_private
from deploy.trial.child_process import ChildProcess
from deploy.trial.embedded_server import EmbeddedServer
from deploy.trial.machine import nats_program
from shared.clock import monotonic
from shared.errors import ClienteleError

START_SECONDS = 20.0
PAUSE_SECONDS = 0.05
STORE = "16GB"  # how full it may get is said by the stream


class NotTakenUpError(ClienteleError):
    """The event stream's server does not take up its changed settings: look at its log."""


class EmbeddedNats(EmbeddedServer):
    """A NATS server of our own on the loopback address."""

    def __init__(
        self,
        data_dir: Path,
        port: int,
        *,
        secrets: Secrets,
        grants: Mapping[str, Grants],
        monitoring_port: int | None = None,
        log: Path | None = None,
        ping_seconds: int = PING_SECONDS,
    ) -> None:
        """Whoever leaves two of its pings unanswered is cut off."""
        self.port = port
        self._folder = data_dir
        self._secrets = secrets
        self._grants = grants
        self._monitoring_port = monitoring_port
        self._ping_seconds = ping_seconds
        self._settings = data_dir / "nats.conf"
        self._process = ChildProcess(
            "nats",
            [str(nats_program()), "--config", str(self._settings)],
            log=log or data_dir / "nats.log",
        )

    def url(self, user: str = "admin") -> str:
        """Where a user reaches the server, password included."""
        return address(self.port, user, self._secrets)

    def start(self) -> None:
        """Start it on the data it had, and come back when it takes connections."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        write_private(self._settings, self._configuration())
        require_free(self.port, "NATS")
        self._process.start()
        for _ in self._process.wait_while_alive(START_SECONDS):
            if _greets(self.port):
                return

    def reload(self, pid: int, so: Callable[[], bool]) -> None:
        """Have a running server take what has changed; back once it is ``so``. Others stay."""
        write_private(self._settings, self._configuration())
        os.kill(pid, signal.SIGHUP)
        deadline = monotonic() + START_SECONDS
        while not so():
            if monotonic() > deadline:
                raise NotTakenUpError
            sleep(PAUSE_SECONDS)

    def stop(self) -> None:
        """End it in order."""
        self._process.stop()

    def kill(self) -> None:
        """End it the way a power cut would."""
        self._process.kill()

    def _configuration(self) -> str:
        named = systems.known(self._secrets.folder)
        passwords = self._secrets.nats | {name: each.password for name, each in named.items()}
        return configuration(
            listen=f"127.0.0.1:{self.port}",
            monitoring=f"127.0.0.1:{self._monitoring_port}" if self._monitoring_port else None,
            store=str(self._folder.absolute() / "store"),
            max_store=STORE,
            jetstream_key=quoted(self._secrets.jetstream_key),
            grants={**self._grants, **{name: each.grants for name, each in named.items()}},
            password=lambda user: quoted(passwords[user]),
            ping_seconds=self._ping_seconds,
        )


def address(port: int, user: str, secrets: Secrets) -> str:
    """Where a user reaches an embedded server, password included."""
    return f"nats://{user}:{secrets.nats[user]}@127.0.0.1:{port}"


def lets_in(port: int, user: str, password: str) -> bool:
    """Whether a server takes this log-in now."""
    said = json.dumps({"user": user, "pass": password, "verbose": False, "lang": "", "version": ""})
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2.0) as connection:
            connection.sendall(f"CONNECT {said}\r\nPING\r\n".encode())
            answer = b""
            while b"PONG" not in answer and b"-ERR" not in answer:
                some = connection.recv(4096)
                if not some:
                    return False
                answer += some
            return b"-ERR" not in answer
    except OSError:
        return False


def _greets(port: int) -> bool:
    """Whether a server says INFO here: it does so once JetStream has recovered its files."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1.0) as connection:
            return connection.recv(5) == b"INFO "
    except OSError:
        return False
