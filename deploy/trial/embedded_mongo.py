"""How does the embedded MongoDB run?

A replica set of one member (transactions need one) on the loopback address, with authentication
and a user per service that sees its own two databases. For trying things out and for tests: the
release in the wheel is an old one, so compression by zlib, its known hole, is off.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pymongo.errors import ConnectionFailure, OperationFailure

from deploy.infra.mongo import replica_set
from deploy.infra.mongo.replica_set import Client
from deploy.infra.ports import require_free
from deploy.infra.secrets import Secrets
from deploy.trial.child_process import ChildProcess, DidNotStartError
from deploy.trial.embedded_server import EmbeddedServer
from deploy.trial.machine import (
    UnsuitableMachineError,
    explain_mongo,
    lend_libraries,
    mongo_program,
)

START_SECONDS = 40.0
NOT_ALLOWED, WRONG_PASSWORD = 13, 18
FLAGS = (
    "--bind_ip", "127.0.0.1",
    "--nounixsocket",
    "--replSet", replica_set.NAME,
    "--oplogSize", "64",
    "--wiredTigerCacheSizeGB", "0.25",
    "--networkMessageCompressors", "snappy,zstd",
    "--auth",
    "--profile", "0",
    "--slowms", "100000000",
    "--slowOpSampleRate", "0",  # a slow operation's log line would quote what was asked for
    "--setParameter", "diagnosticDataCollectionEnabled=false",
    "--setParameter", "transactionLifetimeLimitSeconds=5",
)  # fmt: skip


class EmbeddedMongo(EmbeddedServer):
    """A MongoDB server of our own on the loopback address."""

    def __init__(
        self, data_dir: Path, port: int, *, secrets: Secrets, log: Path | None = None
    ) -> None:
        self.port = port
        self._folder = data_dir
        self._secrets = secrets
        program = mongo_program()
        self._process = ChildProcess(
            "mongod",
            [
                str(program), *FLAGS,
                "--port", str(port),
                "--dbpath", str(data_dir),
                "--keyFile", str(secrets.mongo_key_file),
            ],
            log=log or data_dir / "mongod.log",
            env=lend_libraries(program, data_dir.absolute().parent / "lib"),
        )  # fmt: skip

    def url(self, user: str = "admin") -> str:
        """Where a user reaches the server, password included."""
        return address(self.port, user, self._secrets)

    def start(self) -> None:
        """Start it on the data it had, and come back when it is the primary with its users."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        require_free(self.port, "MongoDB")
        self._process.start()
        try:
            self._become_primary()
        except DidNotStartError as error:
            if reason := explain_mongo():
                raise UnsuitableMachineError(reason) from error
            raise

    def stop(self) -> None:
        """End it in order."""
        self._process.stop(grace=30.0)

    def kill(self) -> None:
        """End it the way a power cut would."""
        self._process.kill()

    def _become_primary(self) -> None:
        """Each round uses a new client: one opened before the set exists never sees sessions."""
        for _ in self._process.wait_while_alive(START_SECONDS, pause=0.03):
            with self._client() as client:
                try:
                    hello = client.admin.command("hello")
                    if hello.get("isWritablePrimary"):
                        self._make_users(client)
                        return
                    self._join(client, hello)
                except ConnectionFailure:
                    continue

    def _join(self, client: Client, hello: dict[str, Any]) -> None:
        """Make the set of one member, or move it to the port of today."""
        if "setName" in hello or not hello.get("isreplicaset"):
            return  # the election is under way, or the set's configuration is still being read
        host = f"127.0.0.1:{self.port}"
        try:
            replica_set.initiate(client, host)
        except OperationFailure as refusal:
            if refusal.code != NOT_ALLOWED:
                return  # not there yet: asked again in the next round
            with suppress(OperationFailure), self._client("admin") as admin:
                replica_set.move(admin, host)  # there are users, so there is a set

    def _make_users(self, client: Client) -> None:
        """The administrator is made through the loopback exception, the others by that user."""
        passwords = self._secrets.mongo
        try:
            with self._client("admin") as admin:
                replica_set.make_users(admin, passwords)
        except OperationFailure as refusal:
            if refusal.code != WRONG_PASSWORD:
                raise
            client.admin.command("createUser", "admin", pwd=passwords["admin"], roles=["root"])
            with self._client("admin") as admin:
                replica_set.make_users(admin, passwords)

    def _client(self, user: str | None = None) -> Client:
        return Client(
            "127.0.0.1",
            self.port,
            directConnection=True,
            serverSelectionTimeoutMS=200,
            username=user,
            password=self._secrets.mongo[user] if user else None,
        )


def address(port: int, user: str, secrets: Secrets) -> str:
    """Where a user reaches an embedded server, password included."""
    return (
        f"mongodb://{user}:{quote(secrets.mongo[user], safe='')}@127.0.0.1:{port}/"
        f"?replicaSet={replica_set.NAME}&authSource=admin&w=majority&journal=true"
    )
