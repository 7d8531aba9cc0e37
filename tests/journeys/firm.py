"""A law firm's other systems, as they meet Clientele: plain nats-py, plain HTTP, plain files."""

import asyncio
import email
import email.parser
import email.policy
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import nats

from deploy.infra.access.service_requests import Services
from deploy.trial.time_travel import advance, wait_until_idle
from shared.clock import monotonic, real_now
from tests.filled_in import usual
from tests.patience import PATIENCE

WAIT_SECONDS = 60.0
TAKE_BACK = timedelta(seconds=15)  # a little longer than a decision may be taken back
Json = dict[str, Any]


async def until(true: Callable[[], Awaitable[bool]], what: str = "it") -> None:
    """Come back as soon as this is true; fail the test when it never is."""
    deadline = monotonic() + WAIT_SECONDS
    while not await true():
        assert monotonic() < deadline, f"{what} did not become true"
        await asyncio.sleep(0.05)


def cloud_event(kind: str, subject: str, data: Json, **attributes: Any) -> Json:
    """A structured CloudEvent as any other system would build it."""
    return {
        "specversion": "1.0",
        "type": kind,
        "source": "urn:firm:practice-management",
        "subject": subject,
        "time": real_now().isoformat(),
        "datacontenttype": "application/json",
        "dataschema": f"urn:clientele:event:{kind}:1",
        "data": data,
        **attributes,
    }


class Firm:
    """One running installation, seen from outside."""

    _ids = count(1)

    def __init__(self, connect: Json) -> None:
        self.connect = connect
        self.run = f"{int(monotonic() * 1000):x}"

    async def __aenter__(self) -> "Firm":
        self.nats = await nats.connect(self.connect["nats_url"], max_reconnect_attempts=-1)
        self.streams = self.nats.jetstream(timeout=PATIENCE)
        ops = await nats.connect(
            self.connect["ops_nats_url"], inbox_prefix=b"inbox.cli", max_reconnect_attempts=-1
        )
        self.services = Services(ops, WAIT_SECONDS)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.services.client.close()
        await self.nats.close()

    def id(self, kind: str) -> str:
        """A fresh id, unique in this installation."""
        return f"{kind}-{self.run}-{next(self._ids)}"

    async def say(self, kind: str, subject: str, data: Json, **attributes: Any) -> Json:
        """Publish one event; the event as it was published."""
        event = cloud_event(kind, subject, data, **{"id": self.id("e"), **attributes})
        await self.streams.publish(
            f"events.{kind}.{subject}",
            json.dumps(event).encode(),
            headers={"Content-Type": "application/cloudevents+json"},
        )
        return event

    async def say_raw(self, subject: str, body: bytes, headers: Json | None = None) -> None:
        """Publish any bytes at all."""
        await self.streams.publish(subject, body, headers=headers)

    async def a_client(self, **fields: Any) -> str:
        """A new client with an unlikely name and an open matter, cleared and greeted."""
        client_id = fields.pop("client_id", None) or self.id("c")
        data = {
            "client_id": client_id,
            "name": f"Xenia Qwo{client_id.replace('-', '')}",
            "email": f"{client_id}@example.com",
            "timezone": "Europe/London",
            "locale": "en",
            **fields,
        }
        await self.say("client-onboarded", client_id, data)
        matter = {"matter_id": self.id("m"), "client_id": client_id, "owner_id": "s-1"}
        await self.say("matter-opened", client_id, matter | {"practice_area": "family"})
        return client_id

    async def idle(self) -> None:
        """Wait until no service has anything left to do now."""
        await wait_until_idle(self.services)

    async def advance(self, length: timedelta) -> datetime:
        """Let time pass for the whole firm."""
        journey = await advance(self.services, length, lambda _now, _target: None)
        await self.idle()
        return journey.now

    async def decided(self) -> None:
        """Until what a person has just decided on a page is told: first it may be taken back."""
        await self.advance(TAKE_BACK)

    async def morning(self) -> None:
        """Go on to the next 9:00 UTC, so that no message waits for the end of quiet hours."""
        now = await self.now()
        nine = now.replace(hour=9, minute=0, second=0, microsecond=0)
        await self.advance((nine if nine > now else nine + timedelta(days=1)) - now)

    async def now(self) -> datetime:
        """The firm's business time."""
        answer = await self.services.ask("reminders", {"ask": "time"})
        return datetime.fromisoformat(answer["now"]).astimezone(UTC)

    def mails(self, client_id: str | None = None) -> list[EmailMessage]:
        """Every e-mail that arrived, or those of one client, in order of arrival."""
        return self.mails_to("" if client_id is None else f"{client_id}@")

    def mails_to(self, address: str) -> list[EmailMessage]:
        """The e-mails whose line ``To`` holds this text, in order of arrival.

        Only these are read as e-mails: reading all that a long run has gathered takes seconds, and
        NATS cuts off whoever stands still for four.
        """
        found = []
        for content in self._arrived():
            if address.encode() not in content:
                continue
            message = email.message_from_bytes(content, policy=email.policy.default)
            if address in str(message["To"]):
                found.append(message)
        return found

    def how_many_mails(self) -> int:
        """How many e-mails have arrived, from the first day on."""
        return sum(1 for _ in self._arrived())

    def recipients(self) -> list[str]:
        """The line ``To`` of every e-mail, in order of arrival."""
        reader = email.parser.BytesHeaderParser(policy=email.policy.compat32)
        return [str(reader.parsebytes(content)["To"]) for content in self._arrived()]

    def _arrived(self) -> Iterator[bytes]:
        folder = Path(self.connect["data_dir"]) / "mail"
        for path in sorted(folder.glob("*.eml"), key=lambda path: int(path.stem)):
            yield path.read_bytes()

    def subjects(self, client_id: str) -> list[str]:
        """The subject lines of a client's e-mails."""
        return [str(message["Subject"]) for message in self.mails(client_id)]

    def api(self, role: str = "partner") -> httpx.AsyncClient:
        """The desk's API as somebody of this role."""
        key = self.connect["api_keys"][role]
        return httpx.AsyncClient(
            base_url=self.connect["desk"], headers={"Authorization": f"Bearer {key}"}, timeout=20
        )

    async def get(self, path: str, role: str = "partner", **params: Any) -> Json:
        """One answer of the desk's API."""
        async with self.api(role) as api:
            answer = await api.get(path, params=params)
        assert answer.status_code == 200, answer.text
        result: Json = answer.json()
        return result

    async def every(self, path: str, role: str = "partner", **params: Any) -> list[Json]:
        """Everything a list of the desk's API holds, page after page."""
        items: list[Json] = []
        page = await self.get(path, role, **params)
        while True:
            items.extend(page["items"])
            if not page.get("next"):
                return items
            page = await self.get(path, role, **params, next=page["next"])

    async def timeline(self, client_id: str) -> list[Json]:
        """The whole timeline of a client."""
        return await self.every(f"/api/v1/clients/{client_id}/timeline")

    async def tasks(self, role: str = "partner", **filters: Any) -> list[Json]:
        """The tasks that fit these filters, however many."""
        return await self.every("/api/v1/tasks", role, limit=200, **filters)

    async def tasks_about(self, name: str, value: str, **filters: Any) -> list[Json]:
        """The tasks about one client, matter, inquiry or review."""
        return [t for t in await self.tasks(**filters) if t["about"].get(name) == value]

    async def decide(
        self, task: Json, decision: str, role: str, fields: Json | None = None, **changes: Any
    ) -> httpx.Response:
        """Decide a task as somebody of this role."""
        filled = usual(task["kind"], decision, fields)
        body = {"decision": decision, "fields": filled, "version": task["version"], **changes}
        async with self.api(role) as api:
            return await api.post(f"/api/v1/tasks/{task['task_id']}/decisions", json=body)


def content_of(path: Path) -> bytes:
    """What the file holds; nothing where a server has replaced it meanwhile."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
