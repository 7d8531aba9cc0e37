"""Is every event applied once, and no e-mail sent twice, whatever is killed in the middle?"""

import asyncio
import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import nats.errors
import pytest

from deploy.grants import SERVICES
from deploy.local import connection
from shared.clock import real_now
from tests.faults.noon import noon_zone
from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm, cloud_event, until

EVENTS, CLIENTS = 5000, 250
IN_FLIGHT = 100


@pytest.fixture(scope="module")
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose parts may be killed."""
    folder = tmp_path_factory.mktemp("kills") / "data"
    folder.mkdir()
    running = Installation(folder)
    running.start()
    yield running
    running.stop()


async def publish_all(firm: Firm, events: list[dict[str, Any]], halfway: asyncio.Event) -> None:
    """Publish every event until the stream has acknowledged it, whatever happens meanwhile."""
    room = asyncio.Semaphore(IN_FLIGHT)

    async def one(event: dict[str, Any]) -> None:
        async with room:
            while True:
                try:
                    await firm.streams.publish(
                        f"events.{event['type']}.{event['subject']}",
                        json.dumps(event).encode(),
                        timeout=2,
                        headers={"Nats-Msg-Id": event["id"]},
                    )
                except (nats.errors.Error, TimeoutError):
                    await asyncio.sleep(0.2)
                else:
                    return

    for start in range(0, len(events), IN_FLIGHT):
        if start >= len(events) * 2 // 5:
            halfway.set()
        await asyncio.gather(*(one(event) for event in events[start : start + IN_FLIGHT]))


def story(firm: Firm) -> list[dict[str, Any]]:
    """Five thousand events: new clients, then contacts with them, then their appointments."""
    zone, now = noon_zone(), real_now().isoformat()
    clients = [firm.id("c") for _ in range(CLIENTS)]
    events = []
    for number in range(EVENTS):
        client_id = clients[number % CLIENTS]
        if number < CLIENTS:
            kind = "client-onboarded"
            data = {
                "client_id": client_id,
                "name": f"K{client_id.replace('-', 'q')} Z",
                "email": f"{client_id}@example.com",
                "timezone": zone,
                "locale": "en",
            }
        else:
            kind = "client-contact-logged"
            data = {"client_id": client_id, "direction": "in", "channel": "phone", "at": now}
        events.append(cloud_event(kind, client_id, data, id=firm.id("e")))
    return events


async def pid_of(fragile: Installation, part: str) -> int:
    """The process to kill."""
    pids: dict[str, int] = connection.read(fragile.folder)["pids"]
    return pids[part]


async def whole_again(firm: Firm) -> None:
    """Every service answers again."""

    async def answers() -> bool:
        try:
            await firm.services.ask_all({"ask": "ledger"})
        except Exception:
            return False
        return True

    await until(answers, "every service answering")


async def ledgers(firm: Firm) -> dict[str, Counter[str]]:
    """What became of events, per consumer."""
    answers = await firm.services.ask_all({"ask": "ledger"})
    return {name: Counter(answer["ledger"]) for name, answer in answers.items()}


def first_id(mail: EmailMessage) -> str:
    """The Message-ID without the number of the attempt: a deliberate resend has the next one."""
    return str(mail["Message-ID"]).split(".")[0]


@pytest.mark.parametrize("part", [*SERVICES, "nats", "mongod"])
async def test_every_event_is_applied_once_when_a_part_is_killed(
    fragile: Installation, part: str
) -> None:
    async with Firm(connection.read(fragile.folder)) as firm:
        await firm.idle()
        before = await ledgers(firm)
        events, halfway = story(firm), asyncio.Event()
        publishing = asyncio.create_task(publish_all(firm, events, halfway))
        await halfway.wait()
        os.kill(await pid_of(fragile, part), signal.SIGKILL)
        await publishing
        await whole_again(firm)
        await firm.idle()
        after = await ledgers(firm)
        stored = await firm.services.stored()
        for name in SERVICES:
            moved = after[name] - before[name]
            assert not moved["dead"], (name, moved)
            assert not moved["parked"], (name, moved)
        contacts = sum(
            count
            for subject, count in stored.items()
            if subject.startswith("events.client-contact-logged.c-" + firm.run)
        )
        assert contacts == EVENTS - CLIENTS
        applied = after["desk"]["applied"] - before["desk"]["applied"]
        assert applied >= EVENTS
        mails = Counter(first_id(mail) for mail in firm.mails() if firm.run in mail["To"])
        unknown = sum(1 for subject in stored if subject.startswith("events.contact-unknown."))
        assert sum(mails.values()) - len(mails) <= unknown
        assert len(mails) == CLIENTS


def test_the_whole_installation_stops_in_order_and_resumes(fragile: Installation) -> None:
    assert fragile.stop() == 0
    assert not (Path(fragile.folder) / connection.FILE).exists()
    fragile.start()
