"""Is a calendar at an address read on real servers, by its rhythm, and told once?"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.gateway.app import build
from services.gateway.gateways import calendar_watch
from shared.clock import real_now
from shared.contracts.base import EventData
from tests.core.conftest import until
from tests.gateway.a_calendar import calendar, event
from tests.gateway.doors import onboarded
from tests.gateway.receiver import Answer, Receiver, receiving
from tests.running_service import RunningService, running_service


class Read:
    """A running gateway, and the server of the calendar it reads."""

    def __init__(self, running: RunningService, server: Receiver) -> None:
        self.running, self.server = running, server

    async def told(self, kind: str, count: int) -> int:
        """How many events of a type there are, once there are so many."""

        async def there() -> bool:
            return sum((await self.running.announced(kind)).values()) >= count

        await until(there)
        return sum((await self.running.announced(kind)).values())

    async def knows(self, client: EventData) -> None:
        """The gateway has heard of a client."""
        await self.running.hear(client)
        rows = self.running.db.collection("known_clients")

        async def there() -> bool:
            return bool(await rows.count_documents({}))

        await until(there)

    async def holds(self, etag: str, *entries: str) -> None:
        """The calendar holds these, and its next time has come."""
        self.server.answers = [Answer(200, {"etag": etag}, calendar(*entries))]
        rows = self.running.db.collection("calendars")
        await rows.update_one({}, {"$set": {"d.next_at": None}, "$inc": {"v": 1}})

    async def figures(self) -> Any:
        """What ops see of the calendar."""
        return (await self.running.ask("figures", ask="figures"))["own"]["sources"][0]


@pytest.fixture
async def read(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Read]:  # fmt: skip
    sources, secrets = tmp_path / "sources", tmp_path / "secrets"
    for folder in (sources, secrets):
        folder.mkdir()
    (sources / "court.yaml").write_text(yaml.safe_dump({"calendar": {"every": "1m"}}))
    monkeypatch.setenv("CLIENTELE_SOURCES_DIR", str(sources))
    monkeypatch.setenv("CLIENTELE_SOURCE_SECRETS_DIR", str(secrets))
    monkeypatch.setenv("CLIENTELE_SUBSCRIPTIONS_BY_HTTP", "true")
    monkeypatch.setenv("CLIENTELE_SUBSCRIPTION_HOSTS", "127.0.0.1")
    monkeypatch.setattr(calendar_watch, "LOOK_SECONDS", 0.1)
    async with receiving() as server:
        (secrets / "court").write_text(f"http://127.0.0.1:{server.port}/court.ics\n")
        server.answers = [Answer(503)]
        async with running_service(
            build, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
            folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
        ) as running:  # fmt: skip
            yield Read(running, server)


async def test_a_calendar_is_read_by_its_rhythm_and_said_once(read: Read) -> None:
    await read.server.has(1)
    year = real_now().year + 1
    invited = "ATTENDEE:mailto:ada@client.example"
    entries = [event(f"u{n}@x", f"{year}0310T090000Z", invited, client="") for n in range(3)]
    await read.knows(onboarded("c-1", "ada@client.example"))
    await read.holds('"1"', *entries)
    assert await read.told("appointment-scheduled", 3) == 3
    await read.holds('"2"', *entries[:2])
    assert await read.told("appointment-cancelled", 1) == 1
    assert await read.told("appointment-scheduled", 3) == 3
    assert (await read.figures())["away"] is None
    assert "ada@" not in await read.running.everything_stored()
