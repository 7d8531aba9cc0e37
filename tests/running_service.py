"""One service as a process on real servers, with the ways in and out beside it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import nats
import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from shared.clock import real_now
from shared.contracts.base import EventData
from shared.contracts.envelope import Cause, Event, encode
from shared.mongo import Database, connect
from shared.process.app import App
from shared.process.run import ServiceProcess, mappings_of
from shared.process.settings import Settings
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from tests.core.conftest import prepare_stream, until
from tests.empty_database import emptied
from tests.patience import PATIENCE

R = TypeVar("R")


class RunningService:
    """A running service: publish to it, ask it, look at what it stores."""

    def __init__(self, process: ServiceProcess, name: str, connection: Any, database: Any) -> None:
        self.name = name
        self.nats = connection
        self.db = database
        self._process = process
        self._number = 0

    async def hear(self, data: EventData) -> None:
        """Publish one event as another system would."""
        self._number += 1
        own_id = f"e-{self._number}"
        event = Event(
            id=own_id, source="urn:firm:test", type=data.TYPE, version=1, time=real_now(),
            subject=data.key(), data=data, correlation_id=own_id, causation_id=None,
            traceparent=None,
        )  # fmt: skip
        await self.nats.jetstream(timeout=PATIENCE).publish(event.nats_subject, encode(event))

    async def ask(self, what: str, **payload: Any) -> dict[str, Any]:
        """A request, as desk, reminders or the command line would send it."""
        subject = f"{what}.{self.name}"
        answer = await self.nats.request(subject, json.dumps(payload).encode(), timeout=PATIENCE)
        result: dict[str, Any] = json.loads(answer.data)
        return result

    async def decide(
        self, task: dict[str, Any], decision: str, fields: dict[str, Any], actor: Any
    ) -> dict[str, Any]:
        """A decision about a task as it is stored now."""
        self._number += 1
        return await self.ask(
            "decisions",
            decision_id=f"d-{self._number}",
            task_id=task["task_id"],
            decision=decision,
            version=task["version"],
            fields=fields,
            actor=actor.model_dump(),
        )

    async def open_task(self, kind: str) -> dict[str, Any]:
        """The open task of this kind, once there is one."""
        wanted = {"d.kind": kind, "d.state": "open"}

        async def there() -> bool:
            return await self.db.collection("tasks").find_one(wanted) is not None

        await until(there)
        row: dict[str, Any] = await self.db.collection("tasks").find_one(wanted)
        return dict(row["d"])

    async def act(
        self,
        step: Callable[[UnitOfWork], R],
        needs: Callable[[ReadSoFar], Iterable[Need]],
        cause: Cause,
    ) -> R:
        """Let the service take a step of its own."""
        return await self._process.runtime.act(step, needs, cause=cause)

    async def announced(self, event_type: str) -> dict[str, int]:
        """How many events of this type stand in the stream, by subject."""
        info = await self.nats.jetstream(timeout=PATIENCE).stream_info(
            "EVENTS", subjects_filter=f"events.{event_type}.>"
        )
        return dict(info.state.subjects or {})

    async def starts_anew(self, app: App) -> None:
        """The process ends as it is, and another one begins over what it has kept."""
        await self._process.leave()
        self._process = ServiceProcess(app, Settings())
        await self._process.start()

    async def ends(self) -> None:
        """The process ends."""
        await self._process.leave()

    def measured_at(self) -> float:
        """When all gauges were last read."""
        registry = self._process.runtime.metrics.registry
        return registry.get_sample_value("measured_timestamp_seconds") or 0.0

    async def everything_stored(self) -> str:
        """Every document of the service, as text."""
        database = self.db.collection("tasks").database
        names = await database.list_collection_names()
        return repr([await database[name].find({}).to_list(None) for name in names])


@asynccontextmanager
async def running_service(
    build: Callable[[], App],
    *,
    nats_server: EmbeddedNats,
    nats_url: str,
    mongo_server: EmbeddedMongo,
    folder: Path,
    port: int,
    monkeypatch: pytest.MonkeyPatch,
    before: Callable[[Database], Awaitable[None]] | None = None,
) -> AsyncIterator[RunningService]:
    """Start the service as its process would.

    ``before`` it starts this is done to its databases, which are empty but for their indexes.
    """
    name = build().name
    key = folder / "key"
    key.write_text("ab" * 32)
    for setting, value in (
        ("NATS_URL", nats_server.url(name)),
        ("MONGO_URL", mongo_server.url(name)),
        ("MASTER_KEY_FILE", str(key)),
        ("LINK_KEY_FILE", str(key)),
        ("HTTP_PORT", str(port)),
        ("DATA_DIR", str(folder)),
    ):
        monkeypatch.setenv(f"CLIENTELE_{setting}", value)
    connection = await nats.connect(nats_url)
    await prepare_stream(connection, name)
    admin = connect(mongo_server.url(), name)
    app = build()
    await emptied(admin, mappings_of(app))
    if before is not None:
        await before(admin)
    process = ServiceProcess(app, Settings())
    await process.start()
    running = RunningService(process, name, connection, admin)
    try:
        yield running
    finally:
        await running.ends()
        await connection.close()
        admin.close()
