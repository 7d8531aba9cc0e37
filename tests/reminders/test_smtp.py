"""What is said of a hand-over that fails at each of its stages?"""

import asyncio
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTPUTF8
from typing import Any

import aiosmtpd.smtp
import pytest

from services.reminders.gateways.smtp import MailServer, SmtpMailer
from shared.channels import Outcome, Result
from shared.clock import monotonic
from tests.reminders.smtp_server import CLOSE, HANG, ScriptedServer
from tests.reminders.test_mail_format import message


def mailer_for(port: int, **more: Any) -> SmtpMailer:
    given: dict[str, Any] = {
        "command_seconds": 0.5,
        "answer_seconds": 0.5,
        "connections": 2,
        **more,
    }
    given = {"sender": "o@firm.example", "firm": "Firm", **given}
    server = MailServer(host="127.0.0.1", port=port, **given)
    return SmtpMailer(server)


async def handed_over(answers: dict[str, str], **more: Any) -> Outcome:
    async with ScriptedServer(answers) as server:
        mailer = mailer_for(server.port, **more)
        try:
            return await mailer.hand_over(message())
        finally:
            await mailer.close()


@pytest.mark.parametrize(
    ("stage", "answer", "result", "reason"),
    [
        ("connect", CLOSE, Result.RETRY, "away"),
        ("connect", HANG, Result.RETRY, "away"),
        ("connect", "554 no", Result.RETRY, "away"),
        ("EHLO", "421 busy", Result.RETRY, "away"),
        ("MAIL", "451 later", Result.RETRY, "sender-451"),
        ("MAIL", "550 who", Result.RETRY, "sender-550"),
        ("MAIL", CLOSE, Result.RETRY, "away"),
        ("RCPT", "450 greylisted", Result.RETRY, "recipient-450"),
        ("RCPT", "550 5.1.1 unknown", Result.REFUSED, "recipient-5.1.1"),
        ("RCPT", "550 5.7.1 relaying denied", Result.RETRY, "recipient-5.7.1"),
        ("RCPT", "552 5.2.2 over quota", Result.RETRY, "recipient-5.2.2"),
        ("RCPT", "550 unknown", Result.REFUSED_MESSAGE, "recipient-550"),
        ("RCPT", CLOSE, Result.RETRY, "away"),
        ("RCPT", HANG, Result.RETRY, "away"),
        ("DATA", "451 later", Result.RETRY, "data-451"),
        ("DATA", "554 no", Result.RETRY, "data-554"),
        ("DATA", CLOSE, Result.RETRY, "away"),
        ("DATA", HANG, Result.RETRY, "away"),
        (".", "250 ok", Result.HANDED_OVER, None),
        (".", "451 later", Result.RETRY, "message-451"),
        (".", "550 spam", Result.REFUSED_MESSAGE, "message-550"),
        (".", "554 5.7.1 policy", Result.RETRY, "message-5.7.1"),
        (".", "554 5.6.0 content", Result.REFUSED_MESSAGE, "message-5.6.0"),
        (".", "550 5.1.1 unknown", Result.REFUSED, "message-5.1.1"),
        (".", CLOSE, Result.UNKNOWN, "no-answer"),
        (".", HANG, Result.UNKNOWN, "no-answer"),
        (".", "nonsense", Result.UNKNOWN, "no-answer"),
    ],
)
async def test_each_stage_has_its_own_outcome(
    stage: str, answer: str, result: Result, reason: str | None
) -> None:
    outcome = await handed_over({stage: answer})
    assert (outcome.result, outcome.reason) == (result, reason)


async def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    async with ScriptedServer() as server:
        port = server.port
    assert await mailer_for(port).hand_over(message()) == Outcome(Result.RETRY, "away")


async def test_an_unsafe_letter_never_reaches_the_server() -> None:
    async with ScriptedServer() as server:
        outcome = await mailer_for(server.port).hand_over(message(address="a@b.c\r\nBcc: x@y.z"))
        assert server.connections == 0
    assert outcome == Outcome(Result.REFUSED_HERE, "unsafe-text")


async def test_what_is_no_address_never_reaches_the_server() -> None:
    async with ScriptedServer() as server:
        outcome = await mailer_for(server.port).hand_over(message(address="ada@\u2024.example"))
        assert server.connections == 0
    assert outcome == Outcome(Result.REFUSED_HERE, "address-unusable")


async def test_a_connection_is_used_again() -> None:
    async with ScriptedServer() as server:
        mailer = mailer_for(server.port)
        for _ in range(3):
            assert (await mailer.hand_over(message())).result is Result.HANDED_OVER
        assert (server.connections, len(server.bodies)) == (1, 3)
        await mailer.close()


async def test_a_connection_the_server_closed_meanwhile_costs_nothing() -> None:
    async with ScriptedServer() as server:
        mailer = mailer_for(server.port)
        await mailer.hand_over(message())
        server.answers["RSET"] = CLOSE
        assert (await mailer.hand_over(message())).result is Result.HANDED_OVER
        assert (server.connections, len(server.bodies)) == (2, 2)
        await mailer.close()


async def test_a_refused_recipient_does_not_spoil_the_next_letter() -> None:
    async with ScriptedServer({"RCPT": "550 5.1.1 unknown"}) as server:
        mailer = mailer_for(server.port)
        await mailer.hand_over(message())
        del server.answers["RCPT"]
        assert (await mailer.hand_over(message())).result is Result.HANDED_OVER
        await mailer.close()


async def test_no_more_connections_are_opened_than_allowed() -> None:
    async with ScriptedServer() as server:
        mailer = mailer_for(server.port)
        outcomes = await asyncio.gather(*(mailer.hand_over(message()) for _ in range(20)))
        assert {outcome.result for outcome in outcomes} == {Result.HANDED_OVER}
        assert server.connections <= 2
        await mailer.close()


async def test_a_letter_that_had_to_wait_too_long_for_its_turn_is_not_given_away() -> None:
    async with ScriptedServer() as server:
        mailer = mailer_for(server.port)
        assert (await mailer.hand_over(message(), monotonic() - 1)).result is Result.NOT_TRIED
        assert (server.connections, server.bodies) == (0, [])
        await mailer.close()


async def test_a_sender_that_slept_before_the_body_does_not_give_it_away() -> None:
    async with ScriptedServer() as server:
        server.delays["DATA"] = 0.3
        mailer = mailer_for(server.port)
        assert (await mailer.hand_over(message(), monotonic() + 0.1)).result is Result.NOT_TRIED
        assert server.bodies == []
        assert (await mailer.hand_over(message())).result is Result.HANDED_OVER
        await mailer.close()


async def test_lines_that_begin_with_a_dot_arrive_whole() -> None:
    async with ScriptedServer() as server:
        mailer = mailer_for(server.port)
        await mailer.hand_over(message(text=".\n..two\nend\n"))
        assert b"\r\n..\r\n...two\r\nend\r\n" in server.bodies[0]
        await mailer.close()


async def test_a_domain_beyond_ascii_is_given_in_the_form_every_server_takes() -> None:
    async with ScriptedServer() as server:
        mailer = mailer_for(server.port, sender="kanzlei@müller.example")
        outcome = await mailer.hand_over(message(address="info@müller-bau.example"))
        assert outcome.result is Result.HANDED_OVER
        assert "MAIL FROM:<kanzlei@xn--mller-kva.example>" in server.lines
        assert "RCPT TO:<info@xn--mller-bau-q9a.example>" in server.lines
        await mailer.close()


async def test_a_mailbox_beyond_ascii_is_not_given_to_a_server_that_takes_none() -> None:
    async with ScriptedServer() as server:
        mailer = mailer_for(server.port)
        outcome = await mailer.hand_over(message(address="jürgen@muster.example"))
        assert outcome == Outcome(Result.REFUSED_HERE, "address-needs-smtputf8")
        await mailer.close()


class Kept:
    """Keeps what a real server received."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(bytes(envelope.content))
        return "250 kept"


async def received(*, smtputf8: bool, **changes: object) -> EmailMessage:
    handler = Kept()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: aiosmtpd.smtp.SMTP(handler, enable_SMTPUTF8=smtputf8), "127.0.0.1", 0
    )
    mailer = mailer_for(server.sockets[0].getsockname()[1], command_seconds=5.0, answer_seconds=5.0)
    assert (await mailer.hand_over(message(**changes))).result is Result.HANDED_OVER
    await mailer.close()
    server.close()
    return message_from_string(handler.messages[0].decode(), policy=SMTPUTF8)


async def test_a_mailbox_beyond_ascii_is_given_to_a_server_that_takes_it() -> None:
    mail = await received(smtputf8=True, address="jörg@müller.example")
    (mailbox,) = mail["To"].addresses
    assert str(mailbox) == "jörg@xn--mller-kva.example"


async def test_a_real_mail_server_receives_the_letter_as_it_was_written() -> None:
    mail = await received(smtputf8=False)
    assert mail["Subject"] == "Ihr Termin am Dienstag, 3. März um 14:00 Uhr"


@pytest.mark.parametrize(
    ("security", "password", "required"),
    [
        ("auto", None, None),
        ("auto", "secret", True),
        ("starttls", None, True),
        ("none", "secret", False),
        ("tls", "secret", False),
    ],
)
def test_a_password_goes_only_over_an_encrypted_connection_unless_none_says_so(
    security: str, password: str | None, required: bool | None
) -> None:
    server = MailServer(
        host="mail.example", port=587, sender="office@firm.example", firm="Firm",
        security=security, password=password,
    )  # fmt: skip
    assert server.start_tls is required
