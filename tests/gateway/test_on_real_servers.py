"""Does the gateway work on real servers: durable before the answer, once, sealed, read again?"""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.gateway.app import build
from shared.clock import real_now
from shared.contracts.records import RecordsOrdered
from tests.core.conftest import until
from tests.gateway.doors import PAID, SECRETS, SOURCES, onboarded, signed
from tests.patience import PATIENCE
from tests.running_service import RunningService, running_service


class Doors:
    """A running gateway and its address."""

    def __init__(self, running: RunningService, port: int, folder: Path) -> None:
        self.running = running
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"

    async def deliver(self, payload: Any, id: str = "msg_1") -> int:
        """A delivery of the billing system; what it was answered."""
        body = json.dumps(payload).encode()
        headers = signed(body, id, str(int(real_now().timestamp())))
        async with httpx.AsyncClient(timeout=PATIENCE, base_url=self.url) as client:
            return (await client.post("/in/billing", content=body, headers=headers)).status_code

    async def said(self, kind: str) -> dict[str, int]:
        """The events of a type, once there are some, by their subjects."""

        async def there() -> bool:
            return await self.running.announced(kind) != {}

        await until(there)
        return await self.running.announced(kind)

    async def letters(self) -> list[dict[str, Any]]:
        """The open dead letters, once there are some."""

        async def there() -> bool:
            return bool(await self._open())

        await until(there)
        return await self._open()

    async def _open(self) -> list[dict[str, Any]]:
        found = await self.running.ask("ops", ask="dead-letters", status="open")
        return list(found["items"])


@pytest.fixture
async def gateway(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Doors]:  # fmt: skip
    sources, secrets = tmp_path / "sources", tmp_path / "secrets"
    for folder in (sources, secrets):
        folder.mkdir()
    for name, said in SOURCES.items():
        (sources / f"{name}.yaml").write_text(yaml.safe_dump(said))
        (secrets / name).write_text(f"{SECRETS[name]}\n")
    monkeypatch.setenv("CLIENTELE_SOURCES_DIR", str(sources))
    monkeypatch.setenv("CLIENTELE_SOURCE_SECRETS_DIR", str(secrets))
    async with running_service(
        build, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
        folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
    ) as running:  # fmt: skip
        yield Doors(running, port_base, tmp_path)


async def test_a_delivery_becomes_an_event_that_every_service_believes(gateway: Doors) -> None:
    answers = await asyncio.gather(*(gateway.deliver(PAID) for _ in range(5)))
    assert set(answers) == {202}
    assert await gateway.said("invoice-paid") == {"events.invoice-paid.c-1.gateway": 1}


async def test_what_a_source_wrote_is_never_kept_in_the_clear(gateway: Doors) -> None:
    await gateway.deliver({**PAID, "note": "My landlord is Kovac."})
    await gateway.deliver({"kind": "paid", "note": "Kovac"}, "msg_2")
    await gateway.said("invoice-paid")
    await gateway.letters()
    assert "Kovac" not in await gateway.running.everything_stored()


async def test_what_cannot_be_read_is_a_dead_letter_and_is_read_again(gateway: Doors) -> None:
    when = {"kind": "paid", "when": "2026-03-02T08:00:00Z"}
    assert await gateway.deliver({**when, "invoice": {"ref": "R-1"}}) == 202
    (letter,) = await gateway.letters()
    assert letter["reason"] == "unreadable"
    fields = {each["field"]: each["message"] for each in letter["field_errors"]}
    assert "in the delivery: invoice.client" in fields["client_id"]
    tried = await gateway.running.ask("ops", ask="dead-letters", do="replay", id=letter["id"])
    assert tried["items"][0]["outcome"] == "due-again"
    await gateway.letters()  # nothing was mended: it is back


async def test_what_waits_of_a_source_is_told_to_ops(gateway: Doors) -> None:
    await gateway.deliver({"kind": "paid", "when": "2026-03-02T08:00:00Z", "invoice": {}})
    (letter,) = await gateway.letters()
    told = await gateway.running.ask("figures", ask="figures")
    waiting = {each["source"]: each["dead"] for each in told["own"]["sources"]}
    assert waiting["billing"] == {letter["fingerprint"]: 1}
    assert waiting["calendar"] == {}


async def test_the_sdk_of_cloudevents_speaks_to_us_in_both_modes(gateway: Doors) -> None:
    data = {"matter_id": "m-1", "client_id": "c-1", "closed_at": "2026-03-01T23:00:00Z"}
    attributes = {
        "id": "e-1", "source": "urn:system:gateway:crm", "type": "matter-closed",
        "subject": "c-1", "time": real_now(), "datacontenttype": "application/json",
    }  # fmt: skip
    async with httpx.AsyncClient(timeout=PATIENCE, base_url=gateway.url) as client:
        for mode in (to_binary_event, to_structured_event):
            message = mode(CloudEvent(attributes=attributes, data=data))
            headers = {**message.headers, "Authorization": f"Bearer {SECRETS['crm']}"}
            answer = await client.post("/events", content=message.body, headers=headers)
            assert answer.status_code == 202, answer.text
    assert await gateway.said("matter-closed") == {"events.matter-closed.c-1.gateway": 1}


async def test_an_erased_client_s_deliveries_are_gone(gateway: Doors) -> None:
    await gateway.running.hear(onboarded("c-1", "ada@client.example"))
    await gateway.deliver(PAID)
    await gateway.deliver({"kind": "odd", "email": "ada@client.example"}, "msg_2")
    await gateway.said("invoice-paid")
    await gateway.letters()
    rows = gateway.running.db.collection("deliveries")
    await gateway.running.hear(
        RecordsOrdered(request_id="r-1", client_id="c-1", do="erase", at=real_now())
    )
    confirmed = await gateway.said("records-confirmed")
    assert confirmed == {"events.records-confirmed.r-1": 1}
    assert await rows.count_documents({}) == 0
    assert await gateway.running.db.collection("known_clients").count_documents({}) == 0


async def test_ops_sees_when_each_source_spoke(gateway: Doors) -> None:
    await gateway.deliver({"kind": "ping"})

    async def noted() -> bool:
        words = gateway.running.db.collection("last_words")
        return bool(await words.count_documents({"d.source": "billing", "d.count": 1}))

    await until(noted)
    figures = await gateway.running.ask("figures")
    by_name = {each["source"]: each for each in figures["own"]["sources"]}
    assert by_name["billing"]["last_seconds"] is not None
    assert by_name["calendar"]["last_seconds"] is None
    assert by_name["calendar"]["is_open"] is True
