"""How is the firm's mailbox reached (IMAP4rev1)?

Nothing is deleted, ever: no mail of the firm's is expunged, only moved or marked as read, and that
only by its number. Reading marks nothing. Every call blocks, for a bounded time, so whoever uses
this does so in a thread.
"""

import imaplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from re import search
from typing import Any

from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError
from imap_tools.utils import encode_folder

from services.reminders.gateways.mail_tokens import BEARER, MailTokens, NoMailTokenError
from shared.clock import real_now

SECONDS = 30.0  # for an answer
AWAY = (OSError, imaplib.IMAP4.error, ImapToolsError, ssl.SSLError, ValueError, EOFError)
Box = MailBox | MailBoxStartTls | MailBoxUnencrypted


class MailboxAwayError(Exception):
    """It cannot be reached, or does not do what was asked; ``reason`` is a word for logs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LogInRefusedError(MailboxAwayError):
    """It lets this user in no more, with this password or token."""


class _RefusedError(MailboxAwayError):
    """It answered, and said no."""


class NotPutAwayError(Exception):
    """The server goes on, but moves or marks nothing; ``reason`` is a word for logs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxServer:
    """Where the mailbox is, and what of it is read."""

    host: str
    port: int
    user: str
    password: str = ""
    tokens: MailTokens | None = None  # instead of a password
    security: str = "tls"  # tls, starttls, none
    folder: str = "INBOX"
    kept_folder: str = ""  # where mail goes that was taken in; empty: it stays, marked as read
    most_bytes: int = 10 * 1024 * 1024  # of one mail
    seconds: float = SECONDS
    trusts: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as it lies there."""

    number: int  # UID
    raw: bytes
    at: datetime  # when the server received it
    cut: bool  # there is more of it


class ImapMailbox:
    """One connection to the firm's mailbox."""

    def __init__(self, server: MailboxServer) -> None:
        self._server = server
        self._box: Box | None = None
        self._can: frozenset[str] = frozenset()
        self.numbering = 0  # UIDVALIDITY
        self.next_number = 1

    def open(self) -> None:
        """Connect, log in and select; raises MailboxAwayError."""
        server = self._server
        try:
            box = self._connect()
        except LogInRefusedError:
            if server.tokens is None:
                raise
            box = self._connect()  # the token that was kept did not hold any more
        try:
            self._can = _capabilities(box)
            told = box.folder.status(server.folder, ["UIDVALIDITY", "UIDNEXT"])
            box.folder.set(server.folder)
            box.client.untagged_responses.pop("EXISTS", None)  # of what is there already
            if server.kept_folder and not box.folder.exists(server.kept_folder):
                box.folder.create(server.kept_folder)
        except (*AWAY, KeyError) as away:
            raise MailboxAwayError("no-folder") from away
        self.numbering, self.next_number = told["UIDVALIDITY"], told["UIDNEXT"]

    def _connect(self) -> Box:
        """A new connection, logged in; a token that is refused is forgotten."""
        server = self._server
        try:
            token = server.tokens.token() if server.tokens is not None else ""
        except NoMailTokenError as none:
            raise MailboxAwayError(none.reason) from none
        try:
            box = self._box = _connected(server)
        except AWAY as away:
            raise MailboxAwayError("no-connection") from away
        try:
            _log_in(box, server, token)
        except AWAY as away:
            if server.tokens is not None:
                server.tokens.forget(token)
            self.close()
            raise LogInRefusedError("log-in-refused") from away
        return box

    @property
    def tells(self) -> bool:
        """Whether the server says by itself that something came (IDLE, RFC 2177)."""
        return "IDLE" in self._can

    def after(self, number: int) -> list[int]:
        """The numbers of what came after this one, in order; raises MailboxAwayError."""
        found = self._do("SEARCH", f"UID {number + 1}:*")
        told = found[0] if found else b""
        numbers = (int(each) for each in (told if isinstance(told, bytes) else b"").split())
        return sorted(each for each in numbers if each > number)  # "*" names the last even so

    def fetch(self, number: int) -> Fetched | None:
        """One mail, up to the bytes that are read of one; None: it is gone by now."""
        most = self._server.most_bytes
        told = self._do("FETCH", str(number), "(UID RFC822.SIZE INTERNALDATE)")
        lines = (each for each in told if isinstance(each, bytes))  # perhaps of other mails too
        line = next((each for each in lines if b"RFC822.SIZE" in each), b"")
        size = search(rb"RFC822\.SIZE (\d+)", line)
        if size is None:
            return None
        body = self._do("FETCH", str(number), f"(BODY.PEEK[]<0.{most}>)")
        raw = next((each[1] for each in body if isinstance(each, tuple)), None)
        if raw is None:
            return None
        return Fetched(number, raw, _received(line), int(size.group(1)) > len(raw))

    def put_away(self, numbers: Sequence[int]) -> None:
        """Move these to where kept mail goes, or mark them as read; gone ones are no error.

        Raises MailboxAwayError, or NotPutAwayError where the server will not: a folder that is
        full or may not be written to is no reason to read nothing more.
        """
        names, folder = ",".join(map(str, numbers)), self._server.kept_folder
        if not numbers:
            return
        try:
            self._do("STORE", names, "+FLAGS.SILENT", r"(\Seen)")
            if folder and "MOVE" in self._can:
                self._do("MOVE", names, encode_folder(folder))
        except _RefusedError as no:
            raise NotPutAwayError(no.reason) from None

    def listen(self) -> int | None:
        """From now on the server tells; the file to wait at, None: it has told already."""
        if self._box is None:
            raise MailboxAwayError("closed")
        try:
            self._box.idle.start()  # type: ignore[no-untyped-call]
            return None if _has_told(self._box) else self._box.client.sock.fileno()
        except AWAY as away:
            raise MailboxAwayError("idle-refused") from away

    def hear(self) -> None:
        """Stop listening; what was told is looked at afterwards. Raises MailboxAwayError."""
        if self._box is None:
            raise MailboxAwayError("closed")
        try:
            self._box.idle.stop()  # type: ignore[no-untyped-call]
        except AWAY as away:
            raise MailboxAwayError("no-answer") from away

    def close(self) -> None:
        """Leave; whoever waits for an answer in another thread waits no longer."""
        box, self._box = self._box, None
        if box is not None:
            with suppress(*AWAY):
                box.client.shutdown()

    def _do(self, what: str, *rest: str | bytes) -> list[bytes | tuple[bytes, bytes] | None]:
        """What the server answers to a command; raises MailboxAwayError."""
        if self._box is None:
            raise MailboxAwayError("closed")
        try:
            status, told = self._box.client.uid(what, *rest)  # type: ignore[arg-type]  # imaplib takes bytes too
        except AWAY as away:
            raise MailboxAwayError("no-answer") from away
        if status != "OK":
            raise _RefusedError(f"{what.lower()}-refused")
        return list(told)


def _connected(server: MailboxServer) -> Box:
    match server.security:
        case "tls":
            trusts = server.trusts or ssl.create_default_context()
            return MailBox(server.host, server.port, server.seconds, ssl_context=trusts)
        case "starttls":
            trusts = server.trusts or ssl.create_default_context()
            return MailBoxStartTls(server.host, server.port, server.seconds, ssl_context=trusts)
        case _:
            return MailBoxUnencrypted(server.host, server.port, server.seconds)


def _log_in(box: Box, server: MailboxServer, token: str) -> None:
    if token:
        said = [BEARER.format(user=server.user, token=token).encode()]
        # refused, the server says why, and waits for an empty line before its no
        box.client.authenticate("XOAUTH2", lambda _: said.pop() if said else b"")
    elif server.user.isascii() and server.password.isascii():
        box.login(server.user, server.password, initial_folder=None)
    else:
        box.login_utf8(server.user, server.password, initial_folder=None)


def _has_told(box: Box) -> bool:
    """Whether word of new mail came together with the answer that listening has begun.

    It was read from the line with that answer, so nobody who waits at the line would see it.
    """
    client = box.client
    read_ahead: Any = client.file
    waits = client.sock.gettimeout()
    client.sock.settimeout(0)
    try:
        return bool(client.untagged_responses.get("EXISTS")) or bool(read_ahead.peek(1))
    except OSError:  # nothing is there
        return False
    finally:
        client.sock.settimeout(waits)
        client.untagged_responses.pop("EXISTS", None)


def _capabilities(box: Box) -> frozenset[str]:
    """What the server can do for whoever is logged in, which is more than it says before."""
    _, told = box.client.capability()
    line = told[0] if told and isinstance(told[0], bytes) else b""
    return frozenset(line.decode("ascii", errors="replace").upper().split())


def _received(line: bytes) -> datetime:
    """When the server says it received it; now, where it says nothing that can be read."""
    found = search(rb'INTERNALDATE "([^"]+)"', line)
    try:
        at = parsedate_to_datetime(found.group(1).decode("ascii") if found else "")
    except (ValueError, TypeError, UnicodeDecodeError):
        return real_now()
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
