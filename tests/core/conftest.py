"""A running sample service on the real servers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import nats
import pytest
from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, StreamConfig

from deploy.infra.ports import OPS
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from shared.clock import monotonic, real_now
from shared.contracts.base import EventData
from shared.contracts.envelope import Event, encode, headers
from shared.engine import ledger
from shared.mongo import connect
from shared.process.run import ServiceProcess, mappings_of
from shared.process.settings import Settings
from tests.core.sample import FAILURES, sample_app
from tests.empty_database import emptied
from tests.patience import PATIENCE

WAIT_SECONDS = 45.0  # a loaded machine is not a defect


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Come back as soon as this is true; fail the test when it never is."""
    deadline = monotonic() + WAIT_SECONDS
    while not await true():
        assert monotonic() < deadline, "it did not become true"
        await asyncio.sleep(0.02)


class Running:
    """A sample process and a publisher beside it."""

    def __init__(self, process: ServiceProcess, connection: Any, database: Any) -> None:
        self.process = process
        self.nats = connection
        self.streams = connection.jetstream(timeout=PATIENCE)
        self.db = database
        self.runtime = process.runtime
        self._number = 0

    async def publish(
        self, data: EventData, *, id: str | None = None, **changes: Any
    ) -> Event[Any]:
        """Publish as another firm system would."""
        self._number += 1
        event_id = id or f"e-{self._number}"
        event = Event(
            id=event_id, source="urn:firm:test", type=data.TYPE, version=1, time=real_now(),
            subject=data.key(), data=data, correlation_id=event_id, causation_id=None,
            traceparent=None,
        )  # fmt: skip
        sent = {**headers(event), **changes.pop("headers", {})}
        if changes.pop("again", False):
            sent["Nats-Msg-Id"] = f"again-{self._number}"
        await self.streams.publish(event.nats_subject, encode(event), headers=sent)
        return event

    async def ledger(self) -> dict[str, int]:
        """The ledger of the sample's durable."""
        counts = await ledger.read(self.db, "intake")
        return {name: count for name, count in counts.items() if count}

    async def settled(self, count: int) -> dict[str, int]:
        """Wait until this many events have been settled; the ledger then."""

        async def enough() -> bool:
            return (await self.ledger()).get("received", 0) >= count

        await until(enough)
        await until(self.runtime.progress.idle)
        return await self.ledger()


async def prepare_stream(connection: Any, durable: str = "intake", hears: str = "events.>") -> None:
    """The stream and the durable, as migrate makes them."""
    streams = connection.jetstream(timeout=PATIENCE)
    await streams.add_stream(
        StreamConfig(name="EVENTS", subjects=["events.>"], discard=DiscardPolicy.NEW,
                     duplicate_window=3600, allow_atomic=True)
    )  # fmt: skip
    await streams.add_consumer(
        "EVENTS",
        ConsumerConfig(durable_name=durable, ack_policy=AckPolicy.EXPLICIT, ack_wait=30,
                       max_deliver=-1, max_ack_pending=5000, filter_subject=hears),
    )  # fmt: skip


@pytest.fixture
async def settings(
    nats_server: EmbeddedNats, mongo_server: EmbeddedMongo, tmp_path: Path, port_base: int
) -> Settings:
    """The settings of a sample process."""
    key = tmp_path / "key"
    key.write_text("ab" * 32)
    return Settings(
        nats_url=nats_server.url("intake"), mongo_url=mongo_server.url("intake"),
        http_port=port_base, ops_port=port_base + OPS,
        master_key_file=key, link_key_file=key, time_travel=True,
        data_dir=tmp_path,
    )  # fmt: skip


@pytest.fixture
async def running(
    settings: Settings, nats_url: str, mongo_server: EmbeddedMongo
) -> AsyncIterator[Running]:
    """The sample, consuming."""
    FAILURES.clear()
    connection = await nats.connect(nats_url)
    await prepare_stream(connection)
    admin = connect(mongo_server.url(), "intake")
    await emptied(admin, mappings_of(sample_app()))
    process = ServiceProcess(sample_app(), settings)
    await process.start()
    try:
        yield Running(process, connection, admin)
    finally:
        await process.leave()
        await connection.close()
        admin.close()
