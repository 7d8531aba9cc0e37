"""A real IMAP server: pymap, with one mailbox in memory that holds some old mails."""

import imaplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from tests.patience import PATIENCE

USER, PASSWORD = "demouser", "demopass"
OLD_MAILS = 4


@dataclass(frozen=True)
class Imap:
    """Where it is, and what tests do to its mailbox as other programs would."""

    port: int

    def client(self) -> imaplib.IMAP4:
        """Another program of the firm's, logged in."""
        other = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        other.login(USER, PASSWORD)
        return other

    def deliver(self, raw: bytes) -> None:
        """A mail arrives in the inbox."""
        other = self.client()
        status, _ = other.append("INBOX", "", "", raw)
        assert status == "OK"
        other.logout()

    def count(self, folder: str) -> int:
        """How many mails are in a folder; 0 where there is none."""
        other = self.client()
        status, told = other.select(folder, readonly=True)
        other.logout()
        return int(told[0] or 0) if status == "OK" else 0

    def unread(self, folder: str = "INBOX") -> int:
        """How many of them nobody has read."""
        other = self.client()
        other.select(folder, readonly=True)
        _, told = other.search(None, "UNSEEN")
        other.logout()
        return len(told[0].split())


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


PYMAP = (str(Path(sys.executable).with_name("pymap")),)
BY_TOKEN = (sys.executable, str(Path(__file__).with_name("imap_by_token.py")))
TOKEN = "fresh-token"


@contextmanager
def imap_server(
    port: int | None = None, *tls: str, program: tuple[str, ...] = PYMAP, password: str = PASSWORD
) -> Iterator[Imap]:
    """A server of its own, until the test is over."""
    imap = Imap(port or free_port())
    command = [
        *program,
        "--host",
        "127.0.0.1",
        "--port",
        str(imap.port),
        *(tls or ("--no-tls",)),
    ]
    held = ("dict", "--demo-data", "--demo-password", password)
    running = subprocess.Popen(
        [*command, *held], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _until_it_answers(imap.port, running)
        yield imap
    finally:
        running.terminate()
        running.wait(10)


def _until_it_answers(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(400):
        assert running.poll() is None, "pymap ended"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE):
                return
        except OSError:
            Event().wait(0.05)
    raise AssertionError("pymap does not answer")
