"""Is the firm's mailbox read on a real IMAP server: once, in order, and again when it was away?"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from services.reminders.gateways import mailbox_watch
from services.reminders.gateways.imap_mailbox import (
    ImapMailbox,
    MailboxAwayError,
    MailboxServer,
)
from services.reminders.gateways.mailbox import mail_words
from services.reminders.gateways.mailbox_watch import MailboxWatch
from services.reminders.ops.mailbox import mailbox_heard
from services.reminders.ports import INCOMING_MAILS, MAILBOX_PLACES
from services.reminders.workflow.incoming_mails import MailSteps
from tests.reminders.imap_server import OLD_MAILS, PASSWORD, USER, Imap, imap_server
from tests.reminders.incoming import ours, sample
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client, scheduled
from tests.reminders.sending import MemoryRuntime

KEPT = "Clientele"
LAST_OLD = 104  # the number of the last mail that lies there at the start


@pytest.fixture(scope="module")
def server() -> Iterator[Imap]:
    with imap_server() as running:
        yield running


@pytest.fixture
def imap(server: Imap) -> Iterator[Imap]:
    """The same server, its mailbox as it was at the start."""
    yield server
    other = server.client()
    for folder, old in ((KEPT, 0), ("INBOX", LAST_OLD)):
        if other.select(folder)[0] == "OK":
            _, told = other.uid("SEARCH", "ALL")
            numbers = [each for each in told[0].decode().split() if int(each) > old]
            if numbers:
                other.uid("STORE", ",".join(numbers), "+FLAGS", r"(\Deleted)")
                other.expunge()
    other.logout()


class Running:
    """The mailbox of a firm is read."""

    def __init__(self, port: int, **server: Any) -> None:
        self.reminders = Reminders()
        self.reminders.tell(
            client(), OPENED, scheduled(MONDAY + timedelta(days=10), matter_id="m-1")
        )
        self.reminders.after(minutes=30)
        runtime: Any = MemoryRuntime(self.reminders)
        self.runtime = runtime
        self.runtime.leases = SimpleNamespace(consuming=asyncio.Event())
        self.runtime.leases.consuming.set()
        values = {"host": "127.0.0.1", "port": port, "user": USER, "password": PASSWORD,
                  "security": "none", "kept_folder": KEPT, **server}  # fmt: skip
        self.server = MailboxServer(**values)
        self.watch = MailboxWatch(
            self.reminders.config, lambda: ImapMailbox(self.server), ours(), mail_words()
        )
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Read, until it is known where from."""
        self.runtime.metrics = SimpleNamespace(registry=CollectorRegistry())
        self.task = asyncio.create_task(self.watch.watch(self.runtime))
        await self.until(lambda: bool(self.reminders.all(MAILBOX_PLACES)))

    async def stop(self) -> None:
        """The process is killed."""
        if self.task is not None:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task

    async def until(self, there: Any) -> None:
        """Until something is so; looked at whenever others have had their turn."""
        async with asyncio.timeout(30):
            while not await asyncio.to_thread(there):  # noqa: ASYNC110 - another program's mailbox
                await asyncio.sleep(0.02)

    def answer(self, name: str = "reply-gmail-en") -> bytes:
        """A client's answer to the message they have."""
        return sample(name, self.reminders.messages[0].contact_id)

    def shown(self, name: str, **labels: str) -> float:
        """A figure."""
        return self.runtime.metrics.registry.get_sample_value(name, labels) or 0.0


@pytest.fixture
async def running(imap: Imap) -> AsyncIterator[Running]:
    made = Running(imap.port)
    yield made
    await made.stop()


async def test_an_answer_is_taken_in_as_it_comes_and_leaves_the_inbox(
    imap: Imap, running: Running
) -> None:
    await running.start()
    imap.deliver(running.answer())
    await running.until(lambda: imap.count(KEPT) == 1)
    assert len(running.reminders.tasks("client-mail")) == 1
    assert imap.count("INBOX") == OLD_MAILS
    assert imap.unread(KEPT) == 0
    assert running.shown("mailbox_messages_total", kind="reply") == 1
    assert running.shown("mailbox_away_seconds") == 0


async def test_mail_of_years_before_is_left_alone(imap: Imap, running: Running) -> None:
    await running.start()
    imap.deliver(running.answer())
    await running.until(lambda: imap.count(KEPT) == 1)
    assert len(running.reminders.all(INCOMING_MAILS)) == 1


async def test_a_strangers_mail_stays_unread_where_it_is(imap: Imap, running: Running) -> None:
    await running.start()
    before = imap.unread()
    imap.deliver(running.answer("stranger"))
    await running.until(lambda: bool(running.reminders.tasks("strangers-mail")))
    assert imap.count("INBOX") == OLD_MAILS + 1
    assert imap.unread() == before + 1


async def test_killed_between_keeping_and_moving_it_moves_later_and_takes_in_nothing_twice(
    imap: Imap, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> None:
        raise MailboxAwayError("killed")

    await running.start()
    with monkeypatch.context() as patched:
        patched.setattr(ImapMailbox, "put_away", killed)
        imap.deliver(running.answer())
        await running.until(lambda: bool(running.reminders.tasks("client-mail")))
        await running.stop()
    assert imap.count(KEPT) == 0
    await running.start()
    await running.until(lambda: imap.count(KEPT) == 1)
    assert len(running.reminders.tasks("client-mail")) == 1


async def test_a_mail_nobody_can_take_in_holds_up_no_other(
    imap: Imap, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in = MailSteps.take_in

    def broken(self: MailSteps, mail: Any, *rest: Any) -> Any:
        if mail.subject == "Looking for a lawyer":
            raise ZeroDivisionError
        return taken_in(self, mail, *rest)

    monkeypatch.setattr(MailSteps, "take_in", broken)
    await running.start()
    imap.deliver(running.answer("stranger"))
    imap.deliver(running.answer())
    await running.until(lambda: bool(running.reminders.tasks("client-mail")))
    assert len(running.reminders.tasks("strangers-mail")) == 1
    assert running.shown("mailbox_messages_total", kind="unreadable") == 1


async def test_what_is_larger_than_is_read_says_so(imap: Imap) -> None:
    running = Running(imap.port, most_bytes=2000)
    try:
        await running.start()
        imap.deliver(running.answer() + b"and so on\r\n" * 1000)
        await running.until(lambda: bool(running.reminders.tasks("client-mail")))
        (mail,) = running.reminders.all(INCOMING_MAILS)
        assert "too large" in (mail.lacks or "")
    finally:
        await running.stop()


async def test_where_nothing_is_to_be_moved_it_is_marked_as_read(imap: Imap) -> None:
    running = Running(imap.port, kept_folder="")
    try:
        await running.start()
        before = imap.unread()
        imap.deliver(running.answer())
        await running.until(lambda: bool(running.reminders.tasks("client-mail")))
        await running.until(lambda: not running.reminders.all(MAILBOX_PLACES)[0].unmoved)
        assert (imap.count("INBOX"), imap.unread()) == (OLD_MAILS + 1, before)
    finally:
        await running.stop()


async def test_a_server_that_moves_nothing_is_read_all_the_same_and_moves_later(
    imap: Imap, running: Running
) -> None:
    await running.start()
    other = imap.client()
    other.delete(KEPT)
    imap.deliver(running.answer())
    await running.until(lambda: running.watch.not_put_away == "move-refused")
    imap.deliver(running.answer("reply-outlook-de"))
    await running.until(lambda: len(running.reminders.all(INCOMING_MAILS)) == 2)
    assert running.shown("mailbox_away_seconds") == 0
    heard = await mailbox_heard(running.watch, running.runtime)
    assert heard is not None
    assert (heard[0].away, heard[0].not_put_away) == (None, "move-refused")
    other.create(KEPT)
    imap.deliver(running.answer("stranger"))
    await running.until(lambda: imap.count(KEPT) == 2)
    await running.until(lambda: running.watch.not_put_away == "")
    other.logout()


async def test_a_server_that_does_not_tell_is_asked(
    imap: Imap, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImapMailbox, "tells", False)
    monkeypatch.setattr(mailbox_watch, "POLL_SECONDS", 0.05)
    await running.start()
    imap.deliver(running.answer())
    await running.until(lambda: imap.count(KEPT) == 1)


async def test_away_is_shown_and_it_is_read_on_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mailbox_watch, "WAITS", (0.05,))
    with imap_server() as first:
        running = Running(first.port)
        await running.start()
    try:
        await running.until(lambda: running.shown("mailbox_away_seconds") > 0)
        assert running.watch.away_reason
        with imap_server(first.port):
            await running.until(lambda: running.shown("mailbox_away_seconds") == 0)
            assert running.watch.away_reason == ""
    finally:
        await running.stop()


async def test_the_database_being_away_loses_no_mail(imap: Imap, running: Running) -> None:
    monkey = pytest.MonkeyPatch()
    monkey.setattr(mailbox_watch, "TURN_SECONDS", 0.05)
    await running.start()
    running.runtime.away = 1
    imap.deliver(running.answer())
    await running.until(lambda: imap.count(KEPT) == 1)
    assert len(running.reminders.tasks("client-mail")) == 1
    monkey.undo()


async def test_a_wrong_password_is_said_by_its_name(imap: Imap) -> None:
    box = ImapMailbox(Running(imap.port, password="wrong").server)
    with pytest.raises(MailboxAwayError) as refused:
        await asyncio.to_thread(box.open)
    assert refused.value.reason == "log-in-refused"
    box.close()


async def test_a_server_nobody_can_be_sure_of_is_not_spoken_to(imap: Imap, tmp_path: Path) -> None:
    box = ImapMailbox(Running(imap.port, security="starttls").server)
    with pytest.raises(MailboxAwayError) as refused:
        await asyncio.to_thread(box.open)
    assert refused.value.reason == "no-connection"
