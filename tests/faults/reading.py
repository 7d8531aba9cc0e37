"""What does the stream hold?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from shared.contracts.envelope import decode
from shared.contracts.refusals import Invalid, NewerVersion, UnknownType
from tests.faults.system import System

ANSWER_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Stored:
    """One event as the stream holds it."""

    sequence: int
    type: str
    key: str
    stored_at: datetime
    headers: Mapping[str, str]
    subject: str
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        """What it says; empty where it is no event."""
        try:
            said = json.loads(self.body)
        except ValueError:
            return {}
        return said.get("data") or {} if isinstance(said, dict) else {}


async def stored_events(system: System) -> list[Stored]:
    """The whole stream, in order."""
    streams = system.nats.jetstream(timeout=ANSWER_SECONDS)
    info = await streams.stream_info("EVENTS")
    consumer = await streams.add_consumer(
        "EVENTS", ConsumerConfig(name=f"reader-{token_hex(8)}",
                                 ack_policy=AckPolicy.NONE, deliver_policy=DeliverPolicy.ALL,
                                 inactive_threshold=10.0, mem_storage=True),
    )  # fmt: skip
    pull = await streams.pull_subscribe_bind(consumer.name, "EVENTS")
    found: list[Stored] = []
    while len(found) < info.state.messages:
        for message in await pull.fetch(min(200, info.state.messages - len(found)), timeout=30):
            _, kind, key = message.subject.split(".", 2)
            found.append(Stored(message.metadata.sequence.stream, kind, key,
                                message.metadata.timestamp, message.headers or {},
                                message.subject, message.data))  # fmt: skip
    await pull.unsubscribe()
    return found


def decoded(event: Stored) -> Any:
    """The event as a service reads it; None where it is none."""
    try:
        return decode(event.subject, event.headers, event.body, now=event.stored_at)
    except (Invalid, NewerVersion, UnknownType):
        return None
