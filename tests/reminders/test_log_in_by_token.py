"""Does the firm log in by token where its mail takes no password, at real servers of both kinds?"""

import asyncio
import json
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import aiosmtpd.smtp
import pytest
from pydantic import ValidationError

from services.reminders.gateways.imap_mailbox import ImapMailbox, MailboxAwayError, MailboxServer
from services.reminders.gateways.mail_server import mail_server, mail_tokens
from services.reminders.gateways.mail_tokens import MailApp, MailTokens, NoMailTokenError
from services.reminders.gateways.smtp import MailServer, SmtpMailer
from services.reminders.settings import RemindersSettings
from shared.channels import Outcome, Result
from tests.gateway.receiver import Answer, Receiver
from tests.reminders.imap_server import BY_TOKEN, OLD_MAILS, TOKEN, USER, Imap, imap_server
from tests.reminders.test_mail_format import message
from tests.reminders.test_smtp import Kept


def token(said: str = TOKEN, **more: Any) -> Answer:
    """What a server of tokens answers."""
    given = {"token_type": "Bearer", "access_token": said, "expires_in": 3599, **more}
    return Answer(200, {"content-type": "application/json"}, json.dumps(given).encode())


def no(error: str, status: int = 400) -> Answer:
    return Answer(status, body=json.dumps({"error": error, "error_description": "x"}).encode())


class Provider:
    """Whoever keeps the firm's mail, as it gives out tokens; and the firm's app there."""

    def __init__(self, url: str, receiver: Receiver, folder: Path) -> None:
        self.receiver = receiver
        self.secret, self.refresh = folder / "secret", folder / "refresh"
        self.secret.write_text("s3cret\n", encoding="utf-8")
        self.refresh.write_text("r-1\n", encoding="utf-8")
        self.url = url

    def says(self, *answers: Answer) -> None:
        self.receiver.answers = list(answers)

    def tokens(self, **more: Any) -> MailTokens:
        said: dict[str, Any] = {
            "client_id": "app-1", "token_url": self.url, "scope": "mail", "client_secret":
            self.secret, "refresh_token": self.refresh, "seconds": 10.0, **more,
        }  # fmt: skip
        return MailTokens(MailApp(**said))

    def asked(self) -> list[dict[str, str]]:
        forms = (parse_qs(each.body.decode()) for each in self.receiver.got)
        return [{name: each[0] for name, each in form.items()} for form in forms]


@pytest.fixture
async def provider(tmp_path: Path) -> AsyncIterator[Provider]:
    receiver = Receiver([token()])
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield Provider(f"http://127.0.0.1:{port}/token", receiver, tmp_path)
    server.close()


@pytest.fixture(scope="module")
def imap() -> Iterator[Imap]:
    with imap_server(program=BY_TOKEN, password=TOKEN) as running:
        yield running


async def read_all(port: int, tokens: MailTokens) -> int:
    """How many mails can be read."""
    server = MailboxServer(
        host="127.0.0.1", port=port, user=USER, tokens=tokens, security="none"
    )  # fmt: skip
    box = ImapMailbox(server)
    await asyncio.to_thread(box.open)
    try:
        return len(await asyncio.to_thread(box.after, 0))
    finally:
        box.close()


# -- the token -----------------------------------------------------------------------------------


async def test_a_token_is_asked_for_once_and_kept_until_its_end(provider: Provider) -> None:
    tokens = provider.tokens()
    provider.says(token("t-1"), token("t-2", expires_in=30), token("t-3"))
    first = [await asyncio.to_thread(tokens.token) for _ in range(2)]
    tokens.forget("t-1")
    later = [await asyncio.to_thread(tokens.token) for _ in range(2)]
    assert [*first, *later] == ["t-1", "t-1", "t-2", "t-3"]
    tokens.forget("t-1")  # somebody else's old one
    assert await asyncio.to_thread(tokens.token) == "t-3"


async def test_an_app_asks_by_its_refresh_token_or_by_its_own_right(provider: Provider) -> None:
    await asyncio.to_thread(provider.tokens().token)
    await asyncio.to_thread(provider.tokens(refresh_token=None).token)
    common = {"client_id": "app-1", "client_secret": "s3cret", "scope": "mail"}
    assert provider.asked() == [
        {**common, "grant_type": "refresh_token", "refresh_token": "r-1"},
        {**common, "grant_type": "client_credentials"},
    ]


async def test_another_refresh_token_takes_the_place_of_the_one_before(provider: Provider) -> None:
    provider.says(token(refresh_token="r-2"))
    await asyncio.to_thread(provider.tokens().token)
    assert provider.refresh.read_text(encoding="utf-8") == "r-2"
    assert provider.refresh.stat().st_mode & 0o077 == 0
    assert sorted(each.name for each in provider.refresh.parent.iterdir()) == ["refresh", "secret"]
    await asyncio.to_thread(provider.tokens().token)
    assert provider.asked()[-1]["refresh_token"] == "r-2"


@pytest.mark.parametrize(("answer", "reason"), [
    (no("invalid_grant"), "token-ended"),
    (no("invalid_client", 401), "token-app"),
    (no("unauthorized_client"), "token-app"),
    (no("invalid_scope"), "token-scope"),
    (no("something_new"), "token-refused"),
    (no("temporarily_unavailable", 503), "token-away"),
    (no("slow_down", 429), "token-away"),
    (Answer(200, body=b"<html>"), "token-refused"),
    (Answer(200, body=b"[]"), "token-refused"),
    (Answer(200, body=b'{"access_token": 7}'), "token-refused"),
])  # fmt: skip
async def test_why_there_is_no_token_is_a_word_of_ours(
    provider: Provider, answer: Answer, reason: str
) -> None:
    provider.says(answer)
    with pytest.raises(NoMailTokenError) as none:
        await asyncio.to_thread(provider.tokens().token)
    assert none.value.reason == reason


async def test_a_secret_that_is_missing_or_empty_is_named(provider: Provider) -> None:
    provider.refresh.write_text("", encoding="utf-8")
    with pytest.raises(NoMailTokenError, match="token-file"):
        await asyncio.to_thread(provider.tokens().token)
    assert provider.receiver.got == []


# -- the mailbox ---------------------------------------------------------------------------------


async def test_a_mailbox_that_takes_tokens_alone_is_read(provider: Provider, imap: Imap) -> None:
    assert await read_all(imap.port, provider.tokens()) == OLD_MAILS


async def test_a_token_that_holds_no_more_is_changed_for_another(
    provider: Provider, imap: Imap
) -> None:
    provider.says(token("old-token"), token())
    assert await read_all(imap.port, provider.tokens()) == OLD_MAILS
    assert len(provider.asked()) == 2


async def test_a_mailbox_this_app_may_not_read_says_so(provider: Provider, imap: Imap) -> None:
    provider.says(token("of-somebody-else"))
    with pytest.raises(MailboxAwayError) as away:
        await read_all(imap.port, provider.tokens())
    assert away.value.reason == "log-in-refused"


async def test_without_a_token_nobody_logs_in_and_the_reason_is_that_of_the_token(
    provider: Provider, imap: Imap
) -> None:
    provider.says(no("invalid_grant"))
    with pytest.raises(MailboxAwayError) as away:
        await read_all(imap.port, provider.tokens())
    assert away.value.reason == "token-ended"


# -- the mail server -----------------------------------------------------------------------------


class ByToken(Kept):
    """A real mail server that takes tokens alone."""

    def __init__(self) -> None:
        super().__init__()
        self.users: list[str] = []

    @aiosmtpd.smtp.auth_mechanism("XOAUTH2")
    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> Any:  # noqa: N802
        user, bearer = b64decode(args[1]).decode().split("\1")[:2]
        if bearer != f"auth=Bearer {TOKEN}":
            await server.challenge_auth('{"status":"401"}')
            return aiosmtpd.smtp.AuthResult(success=False, handled=False)
        self.users.append(user)
        return aiosmtpd.smtp.AuthResult(success=True, auth_data=user)


async def handed_over(handler: ByToken, tokens: MailTokens) -> Outcome:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: aiosmtpd.smtp.SMTP(handler, auth_required=True, auth_require_tls=False),
        "127.0.0.1", 0,
    )  # fmt: skip
    mailer = SmtpMailer(
        MailServer(
            host="127.0.0.1", port=server.sockets[0].getsockname()[1], sender="o@firm.example",
            firm="Firm", user="office@firm.example", tokens=tokens, security="none",
        )
    )  # fmt: skip
    try:
        return await mailer.hand_over(message())
    finally:
        await mailer.close()
        server.close()


async def test_mail_goes_by_a_server_that_takes_tokens_alone(provider: Provider) -> None:
    handler = ByToken()
    assert (await handed_over(handler, provider.tokens())).result is Result.HANDED_OVER
    assert handler.users == ["user=office@firm.example"]
    assert len(handler.messages) == 1


async def test_mail_goes_with_the_next_token_where_the_one_that_was_kept_holds_no_more(
    provider: Provider,
) -> None:
    provider.says(token("old-token"), token())
    handler = ByToken()
    assert (await handed_over(handler, provider.tokens())).result is Result.HANDED_OVER
    assert len(handler.messages) == 1


@pytest.mark.parametrize("answer", [no("invalid_grant"), token("of-somebody-else")])
async def test_mail_waits_while_nobody_may_log_in(provider: Provider, answer: Answer) -> None:
    provider.says(answer)
    handler = ByToken()
    assert await handed_over(handler, provider.tokens()) == Outcome(Result.RETRY, "away")
    assert handler.messages == []


@pytest.mark.parametrize(("security", "required"), [("auto", True), ("none", False)])
def test_a_token_goes_only_over_an_encrypted_connection_unless_none_says_so(
    security: str, required: bool
) -> None:
    app = MailApp(client_id="app-1", token_url="https://tokens.example")
    server = MailServer(
        host="mail.example", port=587, sender="office@firm.example", firm="Firm",
        security=security, tokens=MailTokens(app),
    )  # fmt: skip
    assert server.start_tls is required


# -- settings ------------------------------------------------------------------------------------


BY_TOKEN_SAID: dict[str, Any] = {
    "mailbox_host": "imap.example", "mailbox_user": "office@firm.example",
    "mailbox_log_in": "token", "mail_app_id": "app-1", "mail_app_secret_file": Path("secret"),
    "mail_app_token_url": "https://tokens.example/token",
}  # fmt: skip


def test_a_mailbox_by_token_needs_no_password_and_mail_may_go_by_password_beside_it() -> None:
    settings = RemindersSettings(**BY_TOKEN_SAID)
    tokens = mail_tokens(settings)
    assert tokens is not None
    assert mail_server(settings, tokens).tokens is None


@pytest.mark.parametrize(("changes", "named"), [
    ({"mail_app_id": ""}, "mail_app_id"),
    ({"mail_app_token_url": ""}, "mail_app_token_url"),
    ({"mail_app_token_url": "http://tokens.example"}, "mail_app_token_url"),
    ({"mail_app_secret_file": None}, "mail_app_secret_file"),
    ({"smtp_log_in": "token"}, "smtp_user"),
])  # fmt: skip
def test_what_is_missing_beside_a_token_is_named_before_the_start(
    changes: dict[str, Any], named: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        RemindersSettings(**BY_TOKEN_SAID | changes)
    (wrong,) = refused.value.errors()
    assert getattr(wrong["ctx"]["error"], "setting", "") == named
