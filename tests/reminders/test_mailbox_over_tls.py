"""Is a real mailbox read over TLS, from the first byte or from STARTTLS on, and only where its
certificate is believed?
"""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from services.reminders.gateways.imap_mailbox import ImapMailbox, MailboxAwayError, MailboxServer
from tests.gateway.receiver import Authority
from tests.patience import PATIENCE
from tests.reminders.imap_server import OLD_MAILS, PASSWORD, USER, Imap, imap_server

NAME = "localhost"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def certificate(authority: Authority) -> Path:
    """Certificate and key of this machine, in one file."""
    authority.certificate_for(NAME)
    return authority.file.with_name(f"{NAME}.pem")


@pytest.fixture(scope="module")
def imap(authority: Authority) -> Iterator[Imap]:
    own = str(certificate(authority))
    with imap_server(None, "--cert", own, "--key", own) as running:
        yield running


@contextmanager
def behind_tls(port: int, trust: ssl.SSLContext) -> Iterator[int]:
    """The port of what speaks TLS from the first byte before a server that does not."""
    ended = threading.Event()
    door = socket.create_server(("127.0.0.1", 0))
    door.settimeout(0.1)

    def pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)

    def let_in() -> None:
        while not ended.is_set():
            with suppress(OSError):
                came, _ = door.accept()
                came.settimeout(30)
                inside = trust.wrap_socket(came, server_side=True)
                behind = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
                for pair in ((inside, behind), (behind, inside)):
                    threading.Thread(target=pass_on, args=pair, daemon=True).start()

    taking = threading.Thread(target=let_in, daemon=True)
    taking.start()
    try:
        yield door.getsockname()[1]
    finally:
        ended.set()
        taking.join(5)
        door.close()


def mailbox(port: int, security: str, authority: Authority | None, **more: Any) -> ImapMailbox:
    """A connection to the mailbox, which believes this authority."""
    trusts = ssl.create_default_context()
    if authority is not None:
        trusts.load_verify_locations(authority.file)
    said = {"host": NAME, "user": USER, "password": PASSWORD, "trusts": trusts, **more}
    return ImapMailbox(MailboxServer(port=port, security=security, **said))


async def read_all(box: ImapMailbox) -> int:
    """How many mails are there and can be read."""
    await asyncio.to_thread(box.open)
    numbers = await asyncio.to_thread(box.after, 0)
    fetched = [await asyncio.to_thread(box.fetch, each) for each in numbers]
    box.close()
    return len([each for each in fetched if each is not None and each.raw])


async def test_over_starttls_it_is_read(imap: Imap, authority: Authority) -> None:
    assert await read_all(mailbox(imap.port, "starttls", authority)) == OLD_MAILS


async def test_over_tls_from_the_first_byte_it_is_read(authority: Authority) -> None:
    with imap_server() as plain, behind_tls(plain.port, authority.certificate_for(NAME)) as port:
        assert await read_all(mailbox(port, "tls", authority)) == OLD_MAILS


@pytest.mark.parametrize("wrong", ["authority", "name"])
async def test_whose_certificate_is_not_believed_is_not_spoken_to(
    imap: Imap, authority: Authority, wrong: str
) -> None:
    believed = None if wrong == "authority" else authority
    more = {"host": "127.0.0.1"} if wrong == "name" else {}
    with pytest.raises(MailboxAwayError) as refused:
        await read_all(mailbox(imap.port, "starttls", believed, **more))
    assert refused.value.reason == "no-connection"
