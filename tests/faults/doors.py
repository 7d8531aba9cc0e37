"""A gateway that can be made to fail, and senders that repeat until they are answered.

The real servers and one gateway as a real process, which is started again when it has died.
"""

import asyncio
import json
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import httpx
import nats
import yaml

from deploy.infra.access.service_requests import RefusedError, ServiceAwayError, Services
from shared.clock import real_now
from tests.bench.measuring import until
from tests.bench.rig import Rig
from tests.conftest import free_base
from tests.gateway.doors import KEY, SECRETS, SOURCES, signed, stamped_at
from tests.journeys.firm import cloud_event

PATIENCE_SECONDS = 90.0
AGAIN_SECONDS = 0.2
SAYS = ("invoice-paid", "appointment-scheduled", "appointment-rescheduled", "client-onboarded")


class HurtDoors(Rig):
    """Use ``async with``; ``deliver`` is a sender that does not give up."""

    services: Services

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, base=free_base())
        self._texts = folder / "doors"

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        for name, said in SOURCES.items():
            for kind, file, text in (("sources", f"{name}.yaml", yaml.safe_dump(said)),
                                     ("secrets", name, f"{SECRETS[name]}\n")):  # fmt: skip
                (self._texts / kind).mkdir(parents=True, exist_ok=True)
                (self._texts / kind / file).write_text(text)
        self.start_gateway()
        await self.ready()
        asking = await nats.connect(self.nats_server.url("cli"), inbox_prefix=b"inbox.cli")
        self.services = Services(asking)
        self._tending = asyncio.create_task(self._tend())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._tending.cancel()
        with suppress(asyncio.CancelledError):
            await self._tending
        await self.services.client.close()
        await super().__aexit__()

    def start_gateway(self) -> None:
        """Start it, or start it again."""
        self.start_service(
            "gateway",
            CLIENTELE_FAILPOINTS="1",
            CLIENTELE_SOURCES_DIR=str(self._texts / "sources"),
            CLIENTELE_SOURCE_SECRETS_DIR=str(self._texts / "secrets"),
            CLIENTELE_SUBSCRIPTIONS_BY_HTTP="true",
            CLIENTELE_SUBSCRIPTION_HOSTS="127.0.0.1",
        )

    async def _tend(self) -> None:
        while True:
            if not self.processes["gateway-0"].alive:
                self.start_gateway()
            await asyncio.sleep(AGAIN_SECONDS)

    async def arm(self, name: str, action: str) -> None:
        """The next time the gateway comes by here, it fails."""
        question = {"ask": "failpoint", "name": name, "action": action, "hit": 1}

        async def armed() -> bool:
            with suppress(ServiceAwayError, RefusedError):
                await self.services.ask("gateway", question)
                return True
            return False

        await until(armed, "the gateway taking orders", PATIENCE_SECONDS)

    async def was_reached(self, name: str) -> None:
        """It came by there: nothing lies in wait any more."""

        async def reached() -> bool:
            with suppress(ServiceAwayError, RefusedError):
                return (
                    name not in (await self.services.ask("gateway", {"ask": "failpoint"}))["armed"]
                )
            return False

        await until(reached, f"{name} being reached", PATIENCE_SECONDS)

    async def deliver(self, own_id: str, *, late: timedelta = timedelta()) -> int:
        """One paid invoice, repeated as senders do until it is answered for good."""
        paid = {"kind": "paid", "when": "2026-03-02T08:00:00Z",
                "invoice": {"ref": own_id, "client": f"c-{own_id}"}}  # fmt: skip
        body = json.dumps(paid).encode()
        while True:
            at = str(int((real_now() - late).timestamp()))
            status = await self.post("/in/billing", body, signed(body, own_id, at, KEY))
            if status and status < 500:
                return status
            await asyncio.sleep(AGAIN_SECONDS)

    async def book(self, payload: Any) -> int:
        """A delivery of the calendar."""
        body = json.dumps(payload).encode()
        header = stamped_at(body, SECRETS["calendar"].encode(), real_now())
        return await self.post("/in/calendar", body, {"Calendly-Webhook-Signature": header})

    async def post(self, path: str, body: bytes, headers: dict[str, str]) -> int:
        """One attempt; 0 where nobody answers."""
        url = f"http://127.0.0.1:{self.plan.ports['gateway']}{path}"
        with suppress(httpx.TransportError):
            async with httpx.AsyncClient(timeout=20) as sender:
                return (await sender.post(url, content=body, headers=headers)).status_code
        return 0

    async def subscribe(self, name: str, port: int) -> None:
        """Send what happens to a receiver on this machine."""
        asked = {"ask": "subscriptions", "do": "add", "name": name, "types": ["matter-closed"],
                 "url": f"http://127.0.0.1:{port}/"}  # fmt: skip
        await self.services.ask("gateway", asked)

    async def close_matters(self, clients: list[str]) -> None:
        """Each of these has a matter closed."""
        for client_id in clients:
            data = {"matter_id": f"m-{client_id}", "client_id": client_id,
                    "closed_at": real_now().isoformat()}  # fmt: skip
            told = cloud_event("matter-closed", client_id, data, id=f"closed-{client_id}")
            await self.nats.jetstream().publish(
                f"events.matter-closed.{client_id}", json.dumps(told).encode()
            )

    async def said(self) -> Counter[tuple[str, str]]:
        """How often each thing was said: type and subject, as the stream has them."""
        counts: Counter[tuple[str, str]] = Counter()
        info = await self.nats.jetstream().stream_info("EVENTS", subjects_filter="events.>")
        for subject, count in (info.state.subjects or {}).items():
            kind, key = subject.split(".")[1:3]
            counts[kind, key] += count
        return counts

    async def says(self, kind: str, keys: set[str]) -> Counter[tuple[str, str]]:
        """Wait until all of these have been said, and everything kept is read; what there is."""
        deliveries = self.database("gateway").collection("deliveries")

        async def there() -> bool:
            said = await self.said()
            waiting = await deliveries.count_documents({"d.state": "waiting", "due": {"$ne": None}})
            return waiting == 0 and all(said[kind, key] for key in keys)

        await until(there, f"{len(keys)} times {kind}", PATIENCE_SECONDS)
        return await self.said()
