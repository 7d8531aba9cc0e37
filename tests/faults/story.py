"""What does a firm tell Clientele while something breaks, and which of it was acknowledged when?

A seeded handful of clients, each with appointments, contacts, a matter and a survey; some
appointments are cancelled or moved. Every event is published until the stream acknowledges it.
"""

import asyncio
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import nats
import nats.errors
from nats.js.client import JetStreamContext

from shared.clock import real_now
from tests.faults.noon import midnight_zone, noon_zone
from tests.journeys.firm import cloud_event

ASLEEP, GONE = "asleep", "gone"  # clients in whose zone it is night; whose address is refused
TWO_HOURS = timedelta(hours=2)
PATIENCE_SECONDS = 300.0

_runs = count(1)


@dataclass
class Story:
    """The events of one scenario, in the order in which the firm tells them."""

    chance: random.Random
    clients: int = 8
    reminders_after: tuple[float, float] = (4.0, 10.0)  # seconds until they are reminded
    events: list[dict[str, Any]] = field(default_factory=list)
    acknowledged: dict[str, datetime] = field(default_factory=dict)  # event id → when
    run: str = field(default_factory=lambda: f"{next(_runs)}")

    def __post_init__(self) -> None:
        self.run = f"{self.run}x{self.chance.randrange(16**6):06x}"
        told = [self._of_client(number) for number in range(self.clients)]
        while told:  # interleaved, each client's own order kept
            one = self.chance.choice(told)
            event = next(one, None)
            if event is None:
                told.remove(one)
            else:
                self.events.append(event)

    def address(self, client_id: str) -> str:
        """Where a client reads mail."""
        return f"{client_id}@example.com"

    def _of_client(self, number: int) -> Iterator[dict[str, Any]]:
        """One client's story; the times are set when it is told."""
        kind = {3: ASLEEP, 5: GONE}.get(number % 8, "c")
        client = f"{kind}-{self.run}-{number}"
        matter, appointment = f"m-{self.run}-{number}", f"a-{self.run}-{number}"
        about = {"client_id": client, "matter_id": matter}
        yield self._event("client-onboarded", client, self._person(client, kind))
        yield self._event("matter-opened", client,
                          {**about, "practice_area": "family", "owner_id": "s-02"})  # fmt: skip
        meeting = {"client_id": client, "appointment_id": appointment}
        fate = self.chance.choice(["kept", "cancelled", "moved"])
        yield self._event("appointment-scheduled", client, {**meeting, **self._when()})
        if fate == "moved":
            yield self._event("appointment-rescheduled", client, {**meeting, **self._when()})
        for _ in range(self.chance.randint(1, 3)):
            yield self._event("client-contact-logged", client,
                              {"client_id": client, "direction": "in", "channel": "phone",
                               "at": real_now().isoformat()})  # fmt: skip
        if fate == "cancelled":
            yield self._event("appointment-cancelled", client, meeting)
        if number % 2:
            yield self._event("survey-due", client, {**about, "stage": "closing"})
        yield self._event("matter-closed", client, {**about, "closed_at": real_now().isoformat()})

    def _person(self, client: str, kind: str) -> dict[str, Any]:
        zone = midnight_zone() if kind == ASLEEP else noon_zone()
        return {"client_id": client, "name": f"K{client.replace('-', 'q')} Z",
                "email": self.address(client), "timezone": zone, "locale": "en"}  # fmt: skip

    def _when(self) -> dict[str, Any]:
        return {"starts_in": self.chance.uniform(*self.reminders_after), "timezone": noon_zone(),
                "kind": "meeting"}  # fmt: skip

    def _event(self, kind: str, subject: str, data: dict[str, Any]) -> dict[str, Any]:
        return cloud_event(kind, subject, data, id=f"e-{self.run}-{len(self.events)}")

    async def tell(self, streams: JetStreamContext, seconds: float = 0.0) -> None:
        """Tell everything, spread over this time."""
        for event in self.events:
            event["time"] = real_now().isoformat()
            starts_in = event["data"].pop("starts_in", None)
            if starts_in is not None:
                begin = real_now() + TWO_HOURS + timedelta(seconds=starts_in)
                event["data"]["starts_at"] = begin.isoformat()
            await asyncio.wait_for(self._publish(streams, event), PATIENCE_SECONDS)
            await asyncio.sleep(seconds / len(self.events))

    async def _publish(self, streams: JetStreamContext, event: dict[str, Any]) -> None:
        subject, body = f"events.{event['type']}.{event['subject']}", json.dumps(event).encode()
        while True:
            try:
                await streams.publish(
                    subject, body, timeout=2, headers={"Nats-Msg-Id": event["id"]}
                )
            except (nats.errors.Error, TimeoutError):
                await asyncio.sleep(0.1)
            else:
                self.acknowledged[event["id"]] = real_now()
                return


def refuse_the_gone(stage: str, to: str) -> str | None:
    """What the mail server says of an address that does not exist."""
    return "550 no such user" if stage == "RCPT" and to.startswith(GONE) else None
