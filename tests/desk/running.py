"""The desk as it really runs: its process, NATS, MongoDB, HTTP, and a stub that owns tasks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from deploy.infra.grants import STREAM
from services.desk.domain.staff import StaffMember
from shared.contracts.base import EventData
from shared.contracts.envelope import encode, headers
from shared.process.run import ServiceProcess
from tests.barrier import settled
from tests.core.conftest import until
from tests.desk.facts import EVERYBODY, event
from tests.desk.memory import key_of
from tests.patience import PATIENCE

OWNER = "reminders"


@dataclass
class StubOwner:
    """Answers for the service that owns the tasks of the tests, until it goes away."""

    nats: Client
    decision: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    decided: list[dict[str, Any]] = field(default_factory=list)
    previewed: list[dict[str, Any]] = field(default_factory=list)
    _subscriptions: list[Subscription] = field(default_factory=list)

    async def come(self) -> None:
        """Start to answer."""
        answers = {"decisions": self._decide, "previews": self._preview, "views": self._show}
        for subject, answer in answers.items():
            taken = await self.nats.subscribe(f"{subject}.{OWNER}", cb=answer)
            self._subscriptions.append(taken)
        await settled(self.nats)

    async def go(self) -> None:
        """Answer no more."""
        for each in self._subscriptions:
            await each.unsubscribe()
        await settled(self.nats)

    async def _decide(self, message: Msg) -> None:
        self.decided.append(json.loads(message.data))
        await self._accept(message)

    async def _preview(self, message: Msg) -> None:
        self.previewed.append(json.loads(message.data))
        await self._accept(message)

    async def _accept(self, message: Msg) -> None:
        asked = json.loads(message.data)
        accepted = {"accepted": True, "task_id": asked["task_id"], "state": "done", "version": 2}
        await message.respond(json.dumps(self.decision or accepted).encode())

    async def _show(self, message: Msg) -> None:
        await message.respond(json.dumps({"values": self.values}).encode())


@dataclass
class RunningDesk:
    """The running desk, and everything a test does to it."""

    process: ServiceProcess
    nats: Client
    owner: StubOwner
    url: str
    sent: int = 0

    def as_person(self, person: StaffMember | None) -> httpx.AsyncClient:
        """An HTTP client with the key of this person."""
        key = {"Authorization": f"Bearer {key_of(person)}"} if person else {}
        return httpx.AsyncClient(base_url=self.url, headers=key, timeout=20)

    async def say(self, data: EventData, *, id: str | None = None) -> None:
        """Publish an event and wait until the desk has settled it."""
        self.sent += 1
        said = event(data, id=id or f"e-{self.sent}")
        streams = self.nats.jetstream(timeout=PATIENCE)
        more = {"Nats-Msg-Id": f"sent-{self.sent}"}
        taken = await streams.publish(said.nats_subject, encode(said), headers=headers(said) | more)

        async def settled_it() -> bool:
            floor = (await streams.consumer_info(STREAM, "desk")).ack_floor
            return floor is not None and floor.stream_seq >= taken.seq

        await until(settled_it)


def key_file(folder: Path) -> Path:
    """A file of staff and keys with everybody of the tests."""
    lines = [
        {"staff_id": each.staff_id, "roles": list(each.roles), "key": key_of(each)}
        for each in EVERYBODY
    ]
    path = folder / "api-keys.json"
    path.write_text(json.dumps(lines))
    return path
