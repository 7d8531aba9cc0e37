"""What happens between us and the mail server, stage by stage?

Before the final dot a failure is safe to repeat. After it, only an answer tells: no answer means
nobody knows, and that is what is reported. Connections are kept and used again.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from math import inf
from typing import Any

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from services.reminders.domain.mail_address import UnusableAddressError, read_address
from services.reminders.domain.mail_status import outcome_of
from services.reminders.gateways.mail_format import UnsafeMessageError, as_mail
from services.reminders.gateways.mail_tokens import MailTokens, NoMailTokenError
from services.reminders.ports import OutgoingMessage
from shared.channels import NOT_TRIED, Outcome, Result
from shared.clock import monotonic
from shared.firm.looks import Logo
from shared.telemetry.logs import log

COMMAND_SECONDS = 60.0
ANSWER_SECONDS = 600.0  # how long a server may think after the final dot (RFC 5321, 4.5.3.2.6)
START_DATA, DONE = 354, 250
MESSAGES_PER_CONNECTION = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail goes, and in whose name."""

    host: str
    port: int
    sender: str
    firm: str
    logo: Logo | None = None
    reply_to: str | None = None
    user: str | None = None
    password: str | None = None
    tokens: MailTokens | None = None  # instead of a password
    security: str = "auto"
    connections: int = 8
    command_seconds: float = COMMAND_SECONDS
    answer_seconds: float = ANSWER_SECONDS

    @property
    def start_tls(self) -> bool | None:
        """Whether the connection must be encrypted by STARTTLS; None: where the server offers it.

        A password or token is never sent in the clear unless ``none`` says so: whoever sits between
        could take the offer of encryption away.
        """
        if self.security == "auto" and (self.password or self.tokens is not None):
            return True
        return {"auto": None, "starttls": True}.get(self.security, False)


@dataclass(slots=True)
class _Line:
    """One connection and how often it has been used."""

    client: SMTP
    used: int = 0


class NoSmtpUtf8Error(ValueError):
    """The server takes no mailbox with letters beyond ASCII."""


class SmtpMailer:
    """Hands messages to the firm's mail server over a few kept connections."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self.logo: Callable[[], Logo | None] = lambda: server.logo  # of the words in force
        self._free: list[_Line] = []
        self._places = asyncio.Semaphore(server.connections)
        self._sender = read_address(parseaddr(server.sender)[1]).text

    async def hand_over(self, message: OutgoingMessage, begin_until: float = inf) -> Outcome:
        """Hand one message over; says what became of it, and never raises for the other side.

        After ``begin_until`` (monotonic) it is not given away any more: whoever had to wait for a
        connection, or slept, leaves it to the next try.
        """
        server = self._server
        try:
            mail = as_mail(
                message,
                sender=server.sender,
                reply_to=server.reply_to,
                firm=server.firm,
                logo=self.logo(),
            )
        except UnusableAddressError:
            return Outcome(Result.REFUSED_HERE, "address-unusable")
        except UnsafeMessageError:
            return Outcome(Result.REFUSED_HERE, "unsafe-text")
        async with self._places:
            if monotonic() >= begin_until:
                return NOT_TRIED
            return await self._over_a_line(message, mail, begin_until)

    async def close(self) -> None:
        """Say good-bye to the server."""
        lines, self._free = self._free, []
        for line in lines:
            await _hang_up(line)

    async def _over_a_line(
        self, message: OutgoingMessage, mail: bytes, begin_until: float
    ) -> Outcome:
        try:
            line = await self._line()
        except NoMailTokenError as none:
            log.warning("mail_server_log_in", reason=none.reason)
            return Outcome(Result.RETRY, "away")
        except SMTPAuthenticationError as refused:
            log.warning("mail_server_log_in", reason="log-in-refused", code=refused.code)
            return Outcome(Result.RETRY, "away")
        except (SMTPException, OSError, ValueError):
            return Outcome(Result.RETRY, "away")
        outcome, usable = await self._speak(line.client, message, mail, begin_until)
        line.used += 1
        if usable and line.used < MESSAGES_PER_CONNECTION and line.client.is_connected:
            self._free.append(line)
        else:
            await _hang_up(line)
        return outcome

    async def _line(self) -> _Line:
        while self._free:
            line = self._free.pop()
            if line.client.is_connected and await _still_there(line):
                return line
        try:
            return _Line(await self._connect())
        except SMTPAuthenticationError:
            if self._server.tokens is None:
                raise
            return _Line(await self._connect())  # the token that was kept did not hold any more

    async def _connect(self) -> SMTP:
        """A new connection, logged in; a token that is refused is forgotten."""
        server = self._server
        token = await asyncio.to_thread(server.tokens.token) if server.tokens is not None else ""

        async def kept() -> str:
            return token

        client = SMTP(
            hostname=server.host,
            port=server.port,
            timeout=server.command_seconds,
            use_tls=server.security == "tls",
            start_tls=server.start_tls,
            username=server.user,
            password=server.password,
            oauth_token_generator=kept if token else None,
        )
        try:
            await client.connect()
        except SMTPAuthenticationError:
            client.close()
            if server.tokens is not None:
                server.tokens.forget(token)
            raise
        return client

    async def _speak(
        self, client: SMTP, message: OutgoingMessage, mail: bytes, begin_until: float
    ) -> tuple[Outcome, bool]:
        """The outcome, and whether the connection is in a state to be used again."""
        try:
            refused = await self._envelope(client, message)
        except (SMTPException, OSError, ValueError):
            return Outcome(Result.RETRY, "away"), False
        if refused is not None:
            return refused, await _reset(client)
        if monotonic() >= begin_until:  # the last moment at which it can still be left
            return NOT_TRIED, False
        return await self._give_away(client, mail)

    async def _envelope(self, client: SMTP, message: OutgoingMessage) -> Outcome | None:
        """Sender, recipient, DATA: what was refused, or None once the server waits for the body."""
        to = read_address(message.address)
        try:
            options = await _options(client) if to.needs_smtputf8 else []
            await client.mail(message.return_path or self._sender, options=options)
        except NoSmtpUtf8Error:
            return Outcome(Result.REFUSED_HERE, "address-needs-smtputf8")
        except SMTPResponseException as refusal:
            return outcome_of("sender", refusal.code, refusal.message)
        try:
            await client.rcpt(to.text, encoding="utf-8" if to.needs_smtputf8 else "ascii")
        except SMTPRecipientRefused as refusal:
            return outcome_of("recipient", refusal.code, refusal.message)
        answer = await client.execute_command(b"DATA")
        if answer.code == START_DATA:
            return None
        return outcome_of("data", answer.code, answer.message)

    async def _give_away(self, client: SMTP, mail: bytes) -> tuple[Outcome, bool]:
        protocol = client.protocol
        if protocol is None:
            return Outcome(Result.RETRY, "away"), False
        try:
            protocol.write(_dotted(mail))
        except (SMTPException, OSError):
            return Outcome(Result.RETRY, "away"), False
        try:
            answer = await protocol.read_response(timeout=self._server.answer_seconds)
        except (SMTPException, OSError):
            return Outcome(Result.UNKNOWN, "no-answer"), False
        if answer.code == DONE:
            return Outcome(Result.HANDED_OVER), True
        return outcome_of("message", answer.code, answer.message), True


async def _options(client: SMTP) -> list[str]:
    """What is said with the sender where the recipient's mailbox is beyond ASCII."""
    if client.is_ehlo_or_helo_needed:
        await client.ehlo()
    if not client.supports_extension("smtputf8"):
        raise NoSmtpUtf8Error
    return ["SMTPUTF8", "BODY=8BITMIME"]


def _dotted(mail: bytes) -> bytes:
    """The body as it stands between DATA and the final dot."""
    lines = mail.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    doubled = [b"." + line if line.startswith(b".") else line for line in lines]
    body = b"\r\n".join(doubled)
    return body.removesuffix(b"\r\n") + b"\r\n.\r\n"


async def _still_there(line: _Line) -> bool:
    """A kept connection may have been closed by the server meanwhile."""
    if line.used == 0:
        return True
    return await _reset(line.client)


async def _reset(client: SMTP) -> bool:
    try:
        await client.rset()
    except (SMTPException, OSError):
        return False
    return True


async def _hang_up(line: _Line) -> Any:
    try:
        await asyncio.wait_for(line.client.quit(), timeout=2.0)
    except (SMTPException, OSError, asyncio.TimeoutError):
        line.client.close()
