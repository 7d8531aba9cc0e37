"""Is every mail that comes to the firm taken in once, whatever happens to its reader?

A real IMAP server, behind a network that is cut and slow; the reader is killed at each arrow
between fetching a mail and having moved it, and started again.
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from services.reminders.gateways import mailbox_watch
from services.reminders.gateways.imap_mailbox import ImapMailbox
from tests.faults.proxy import Proxy
from tests.reminders.imap_server import OLD_MAILS, Imap, imap_server
from tests.reminders.incoming import sample
from tests.reminders.test_mailbox import KEPT, Running

MANY = 6
MESSAGE_ID = re.compile(rb"^Message-I[Dd]: <[^>]*>", re.MULTILINE)
REPLIES = ("reply-gmail-en", "reply-apple-de", "reply-outlook-fr")
ARROWS = ("fetched", "before-keeping", "kept", "before-moving", "moved")
AFTER = {"fetched": "fetch", "moved": "put_away"}


class KilledError(BaseException):
    """The process of the reader ends here."""


@pytest.fixture
def imap() -> Iterator[Imap]:
    """A mailbox of this scenario's own."""
    with imap_server() as running:
        yield running


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox_watch, "WAITS", (0.05,))
    monkeypatch.setattr(mailbox_watch, "TURN_SECONDS", 0.05)
    monkeypatch.setattr(mailbox_watch, "POLL_SECONDS", 0.2)


def mails(running: Running, chance: random.Random) -> list[bytes]:
    """So many answers of clients, one of them twice, in any order."""
    contact = running.reminders.messages[0].contact_id
    made = [
        MESSAGE_ID.sub(b"Message-ID: <m-%d@client.example>" % number,
                       sample(chance.choice(REPLIES), contact))
        for number in range(MANY)
    ]  # fmt: skip
    made.append(chance.choice(made))
    chance.shuffle(made)
    return made


def said(running: Running) -> Counter[str]:
    """How often each mail was said to be a client's contact."""
    logged = (each for each in running.reminders.announced if each.type == "client-contact-logged")
    return Counter(str(each.data.mail_id) for each in logged)


async def all_is_well(running: Running, imap: Imap) -> None:
    """Every mail was taken in once, and lies where mail goes that was."""
    await running.until(lambda: imap.count("INBOX") == OLD_MAILS)
    assert imap.count(KEPT) == MANY + 1
    assert list(said(running).values()) == [1] * MANY


def killed_at(arrow: str, hit: int, monkeypatch: pytest.MonkeyPatch, running: Running) -> None:
    """The process ends the so-manieth time it comes here."""
    left, act = [hit], running.runtime.act

    def comes_by(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KilledError

    async def acting(*given: Any, **named: Any) -> Any:
        if arrow == "before-keeping":
            comes_by()
        answer = await act(*given, **named)
        if arrow == "kept":
            comes_by()
        return answer

    def then_comes_by(name: str) -> None:
        does = getattr(ImapMailbox, name)

        def done(*given: Any) -> Any:
            answer = does(*given)
            comes_by()
            return answer

        monkeypatch.setattr(ImapMailbox, name, done)

    if arrow == "before-moving":
        monkeypatch.setattr(ImapMailbox, "put_away", comes_by)
    elif arrow in AFTER:
        then_comes_by(AFTER[arrow])
    else:
        monkeypatch.setattr(running.runtime, "act", acting)


@pytest.mark.parametrize("arrow", ARROWS)
async def test_killed_at_each_arrow_nothing_is_lost_and_nothing_said_twice(
    imap: Imap, chance: random.Random, monkeypatch: pytest.MonkeyPatch, arrow: str
) -> None:
    running = Running(imap.port)
    await running.start()
    assert running.task is not None
    with monkeypatch.context() as patched:
        killed_at(arrow, 1, patched, running)
        for each in mails(running, chance):
            imap.deliver(each)
        with suppress(KilledError):
            await asyncio.wait_for(running.task, 30)
    assert running.task.done()
    await running.start()
    await all_is_well(running, imap)
    await running.stop()


async def test_a_network_that_is_cut_again_and_again_loses_no_mail(
    imap: Imap, chance: random.Random
) -> None:
    async with Proxy(imap.port) as proxy:
        running = Running(proxy.port)
        await running.start()
        for each in mails(running, chance):
            await asyncio.to_thread(imap.deliver, each)
            if chance.random() < 0.5:
                proxy.refuse()
                await running.until(lambda: running.shown("mailbox_away_seconds") > 0)
                proxy.heal()
            else:
                proxy.reset()
        await all_is_well(running, imap)
        await running.stop()


async def test_a_slow_network_only_makes_it_late(imap: Imap, chance: random.Random) -> None:
    async with Proxy(imap.port) as proxy:
        running = Running(proxy.port)
        await running.start()
        proxy.to_client.delay = chance.uniform(0.02, 0.1)
        for each in mails(running, chance):
            await asyncio.to_thread(imap.deliver, each)
        await all_is_well(running, imap)
        await running.stop()
