"""The gateway over plain memory, with sources that know their secrets, and senders that sign."""

import hmac
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
from fastapi import FastAPI

from services.gateway.api.routes import doors
from services.gateway.api.site import SignedByGoogle
from services.gateway.domain.last_words import Notebook
from services.gateway.domain.reading import FirmDefaults
from services.gateway.domain.signatures import Arrived, Proof
from services.gateway.domain.sources import Source, source_from
from services.gateway.due import due_work
from services.gateway.listeners import listeners
from services.gateway.ports import FirmConfig
from services.gateway.settings import Secrets
from services.gateway.staff import deciders, views
from shared.contracts.firm import ClientOnboarded
from shared.telemetry.metrics import CoreMetrics
from tests.fakes.memory import MemoryService
from tests.fakes.runtime import MemoryRuntime

OFFICE = FirmDefaults(zone="Europe/Berlin", locale="de-DE")
KEY = b"0123456789abcdef0123456789abcdef"
SECRETS = {
    "billing": f"whsec_{b64encode(KEY).decode()}",
    "calendar": "calendly-signing-key",
    "invoices": "whsec_of_stripe_is_no_base64",
    "crm": "a-bearer-key-of-the-crm-system",
    "leads": f"whsec_{b64encode(KEY).decode()}",
    "matters": "a-key-in-the-address-of-the-hook",
}
BILLING: dict[str, Any] = {
    "mapping": [
        {
            "says": "invoice-paid",
            "when": "kind == 'paid'",
            "at": "when",
            "data": {"invoice_id": "invoice.ref", "client_id": "invoice.client"},
        }
    ],
    "ignore": "kind == 'ping'",
}
SOURCES: dict[str, dict[str, Any]] = {
    "billing": BILLING,
    "calendar": {"adapter": "calendly"},
    "invoices": {"adapter": "stripe"},
    "leads": {"adapter": "clio-grow"},
    "matters": {"adapter": "clio-matters"},
    "crm": {"bearer": True, "may_say": ["matter-closed", "client-updated", "document-received"]},
}
PAID = {
    "kind": "paid",
    "when": "2026-03-02T08:00:00Z",
    "invoice": {"ref": "R-1", "client": "c-1"},
}


@dataclass
class DoorsOpen:
    """The gateway, and a client that knows how each source signs."""

    office: MemoryService
    runtime: Any
    config: FirmConfig
    client: httpx.AsyncClient
    notebook: Notebook

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """A request as it is."""
        return await self.client.post(path, content=body, headers=dict(headers))

    async def deliver(
        self, payload: Any, *, id: str = "msg_1", late: float = 0.0, key: bytes = KEY
    ) -> httpx.Response:
        """A delivery of the billing system, signed as Standard Webhooks says."""
        body = json.dumps(payload).encode()
        at = str(int(self.office.now.timestamp() - late))
        return await self.post("/in/billing", body, signed(body, id, at, key))

    async def book(self, payload: Any) -> httpx.Response:
        """A delivery of the calendar, signed as Calendly does."""
        body = json.dumps(payload).encode()
        secret = SECRETS["calendar"].encode()
        header = {"Calendly-Webhook-Signature": stamped(body, secret, self.office)}
        return await self.post("/in/calendar", body, header)

    async def say(self, events: Any, **headers: str) -> httpx.Response:
        """Events of the CRM."""
        body = json.dumps(events).encode()
        many = "-batch" if isinstance(events, list) else ""
        return await self.post(
            "/events",
            body,
            {
                "Authorization": f"Bearer {SECRETS['crm']}",
                "Content-Type": f"application/cloudevents{many}+json",
                **headers,
            },
        )

    def read(self, after: timedelta = timedelta()) -> list[tuple[str, dict[str, Any]]]:
        """What was said, once everything due has been read: types, with their data."""
        self.office.work_due(self.office.now + after)
        return [(each.type, dict(each.data.to_wire())) for each in self.office.announced]

    def outcome(self, source: str, outcome: str) -> float:
        """How often this became of what a source sent."""
        labels = {"source": source, "outcome": outcome}
        registry = self.runtime.metrics.registry
        return registry.get_sample_value("gateway_received_total", labels) or 0.0


def signed(body: bytes, id: str, at: str, key: bytes = KEY) -> dict[str, str]:
    """The headers of Standard Webhooks."""
    made = hmac.digest(key, f"{id}.{at}.".encode() + body, "sha256")
    signature = f"v1,{b64encode(made).decode()}"
    return {"webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature}


def stamped(body: bytes, secret: bytes, office: MemoryService) -> str:
    """The header of Stripe and Calendly."""
    return stamped_at(body, secret, office.now)


def stamped_at(body: bytes, secret: bytes, now: datetime) -> str:
    """The same, of an instant."""
    at = str(int(now.timestamp()))
    return f"t={at},v1={hmac.digest(secret, f'{at}.'.encode() + body, 'sha256').hex()}"


async def none_unread(_: Any) -> Mapping[str, Mapping[str, int]]:
    """No delivery is a dead letter."""
    return {}


def source(name: str, **said: Any) -> Source:
    """A source as its file says it."""
    return source_from(name, said, OFFICE)


def adapted(adapter: str) -> Source:
    """A source of this adapter, with what its file has to say."""
    whom = {"audience": "https://doors.firm.example", "service_account": "push@firm.example"}
    return source("any", adapter=adapter, **(whom if adapter == "google-reviews" else {}))


def new_office(sources: Mapping[str, Any] = SOURCES) -> tuple[MemoryService, FirmConfig]:
    """A gateway that knows one client by her address."""
    made = {name: source(name, **said) for name, said in sources.items()}
    config = FirmConfig(made, OFFICE.zone, OFFICE.locale)
    office = MemoryService(
        "gateway", listeners=listeners(), due=due_work(config), deciders=deciders(),
        views=views(config),
    )  # fmt: skip
    office.hear(onboarded("c-1", "ada@client.example"))
    return office, config


def onboarded(client_id: str, email: str) -> ClientOnboarded:
    """A client the firm has."""
    return ClientOnboarded(
        client_id=client_id, name="Ada Example", email=email, timezone="Europe/Berlin",
        locale="de-DE",
    )  # fmt: skip


async def nobody_signs(_: Arrived, __: Proof) -> None:
    """No source here is one of Google's."""
    raise AssertionError("nobody asked for Google's keys")


def built(
    folder: Path, sources: Mapping[str, Any] = SOURCES, google: SignedByGoogle = nobody_signs
) -> tuple[FastAPI, MemoryService, Any, FirmConfig, Notebook]:
    """The doors as an application, over memory."""
    for name, secret in SECRETS.items():
        (folder / name).write_text(f"{secret}\n")
    office, config = new_office(sources)
    runtime: Any = MemoryRuntime(office)
    runtime.name, runtime.metrics, runtime.db = "gateway", CoreMetrics("gateway"), None
    runtime.settings, runtime.leaving = SimpleNamespace(replica="one"), False
    web, notebook = FastAPI(), Notebook()
    doors(config, Secrets(folder), notebook, google)(web, runtime)
    return web, office, runtime, config, notebook


@asynccontextmanager
async def open_doors(
    folder: Path, sources: Mapping[str, Any] = SOURCES, google: SignedByGoogle = nobody_signs
) -> AsyncIterator[DoorsOpen]:
    """The doors, as programs meet them."""
    web, office, runtime, config, notebook = built(folder, sources, google)
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url="http://firm") as client:
        yield DoorsOpen(office, runtime, config, client, notebook)
