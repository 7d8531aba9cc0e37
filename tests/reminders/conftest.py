"""A running reminders service on real servers, with a mail server that keeps what it is given."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import aiosmtpd.smtp
import nats
import pytest

from deploy.infra.stream import consumer, stream
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.reminders.app import build
from shared.clock import monotonic, real_now
from shared.contracts.base import EventData
from shared.contracts.envelope import Event, decode, encode, headers
from shared.mongo import connect
from shared.process.run import ServiceProcess, mappings_of
from shared.process.settings import Settings
from tests.empty_database import emptied
from tests.patience import PATIENCE

WAIT_SECONDS = 30.0


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Come back as soon as this is true; fail the test when it never is."""
    deadline = monotonic() + WAIT_SECONDS
    while not await true():
        assert monotonic() < deadline, "it did not become true"
        await asyncio.sleep(0.02)


class Inbox:
    """A real mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.came_from: list[str] = []
        self.answer = "250 kept"
        self.port = 0
        self.took_one = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep one message."""
        content = bytes(envelope.content)
        self.messages.append(message_from_bytes(content, policy=SMTP))
        self.came_from.append(envelope.mail_from)
        self.took_one.set()
        await self.may_answer.wait()
        return self.answer


class Installation:
    """The service, the stream it hears, and the inbox it writes to."""

    def __init__(self, connection: Any, database: Any, settings: Settings, inbox: Inbox) -> None:
        self.nats = connection
        self.streams = connection.jetstream(timeout=PATIENCE)
        self.db = database
        self.settings = settings
        self.inbox = inbox
        self.process: ServiceProcess | None = None

    async def start(self) -> ServiceProcess:
        """Start the service, or start it again."""
        self.process = ServiceProcess(build(), self.settings)
        await self.process.start()
        return self.process

    async def stop(self) -> None:
        """Stop it as SIGTERM does."""
        if self.process is not None:
            await self.process.leave()
            self.process = None

    async def publish(self, *events: EventData, ago: timedelta = timedelta(0)) -> None:
        """Publish as other firm systems would."""
        for data in events:
            event = Event(
                id=f"e-{monotonic()}", source="urn:firm:test", type=data.TYPE, version=1,
                time=real_now() - ago, subject=data.key(), data=data, correlation_id="c",
                causation_id=None, traceparent=None,
            )  # fmt: skip
            await self.streams.publish(event.nats_subject, encode(event), headers=headers(event))

    async def said(self, event_type: str) -> list[Any]:
        """The data of every event of this type in the stream."""
        found = []
        info = await self.streams.stream_info("EVENTS")
        for sequence in range(1, info.state.last_seq + 1):
            message = await self.streams.get_msg("EVENTS", sequence)
            if message.subject.startswith(f"events.{event_type}."):
                found.append(
                    decode(message.subject, message.headers, message.data, now=real_now()).data
                )
        return found

    async def received(self, count: int) -> list[EmailMessage]:
        """Wait until the inbox holds this many messages."""

        async def enough() -> bool:
            await asyncio.sleep(0)
            return len(self.inbox.messages) >= count

        await until(enough)
        return self.inbox.messages

    async def ask(self, **asked: Any) -> dict[str, Any]:
        """What ops may ask."""
        assert self.process is not None
        runtime = self.process.runtime
        [question] = [each for each in build().ops if each.ask == asked["ask"]]
        told = await question.answer(runtime, question.asked.model_validate(asked))
        return told.model_dump(exclude_unset=True)


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    """A mail server."""
    kept = Inbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: aiosmtpd.smtp.SMTP(kept), "127.0.0.1", 0)
    kept.port = server.sockets[0].getsockname()[1]
    yield kept
    server.close()


@pytest.fixture
async def installation(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, inbox: Inbox, monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Installation]:  # fmt: skip
    """Everything but the service itself, which the test starts."""
    key = tmp_path / "key"
    key.write_text("ab" * 32)
    monkeypatch.setenv("CLIENTELE_TRIAL", "1")
    monkeypatch.setenv("CLIENTELE_SMTP_PORT", str(inbox.port))
    monkeypatch.setenv("CLIENTELE_QUIET_FROM", "23:59:59")
    monkeypatch.setenv("CLIENTELE_QUIET_UNTIL", "00:00")
    settings = Settings(
        nats_url=nats_server.url("reminders"), mongo_url=mongo_server.url("reminders"),
        http_port=port_base, master_key_file=key, link_key_file=key, time_travel=True,
        data_dir=tmp_path,
    )  # fmt: skip
    connection = await nats.connect(nats_url)
    await connection.jetstream(timeout=PATIENCE).add_stream(stream(64 * 1024 * 1024))
    await connection.jetstream(timeout=PATIENCE).add_consumer("EVENTS", consumer("reminders", None))
    admin = connect(mongo_server.url(), "reminders")
    await emptied(admin, mappings_of(build()))
    whole = Installation(connection, admin, settings, inbox)
    yield whole
    await whole.stop()
    await connection.close()
    admin.close()
