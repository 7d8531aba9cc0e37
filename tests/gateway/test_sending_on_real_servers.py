"""Do subscribed events reach a real receiver, signed, once kept, and whatever becomes of it?"""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.gateway.app import build
from services.gateway.gateways import couriers, outward_watch
from shared.clock import real_now
from shared.contracts.firm import MatterClosed
from shared.contracts.records import RecordsOrdered
from tests.core.conftest import until
from tests.gateway.doors import onboarded
from tests.gateway.receiver import HOST, Answer, Authority, Receiver, receiving
from tests.running_service import RunningService, running_service


class Sender:
    """A running gateway, and the receiver its subscriptions lead to."""

    def __init__(self, running: RunningService, receiver: Receiver, authority: Authority) -> None:
        self.running, self.receiver, self.authority = running, receiver, authority

    async def ask(self, do: str, **more: Any) -> dict[str, Any]:
        """What ops ask of subscriptions."""
        return await self.running.ask("ops", ask="subscriptions", do=do, name="crm", **more)

    async def subscribe(self, *types: str) -> str:
        """One to these types; its secret."""
        url = f"https://{HOST}:{self.receiver.port}/in"
        return str((await self.ask("add", url=url, types=types))["secret"])

    async def close_matter(self, client_id: str = "c-1") -> None:
        """A matter is closed."""
        closed = MatterClosed(matter_id="m-1", client_id=client_id, closed_at=real_now())
        await self.running.hear(closed)

    async def log(self, state: str, count: int = 1) -> list[dict[str, Any]]:
        """The log, once so many stand so."""

        async def there() -> bool:
            return [each["state"] for each in await self._log()].count(state) == count

        await until(there)
        return await self._log()

    async def _log(self) -> list[dict[str, Any]]:
        return list((await self.ask("log"))["items"])


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def sender(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, monkeypatch: pytest.MonkeyPatch, authority: Authority,
) -> AsyncIterator[Sender]:  # fmt: skip
    monkeypatch.setenv("CLIENTELE_SUBSCRIPTION_HOSTS", HOST)
    monkeypatch.setenv("CLIENTELE_SUBSCRIPTION_AUTHORITIES", str(authority.file))
    monkeypatch.setenv("CLIENTELE_TIME_TRAVEL", "true")
    monkeypatch.setattr(couriers, "NameServer", lambda: _this_machine)
    monkeypatch.setattr(outward_watch, "LOOK_SECONDS", 0.1)
    async with receiving(authority) as receiver, running_service(
        build, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
        folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
    ) as running:  # fmt: skip
        yield Sender(running, receiver, authority)


async def _this_machine(_: str, __: int) -> list[str]:
    return ["127.0.0.1"]


async def test_an_event_reaches_its_receiver_once_and_its_library_takes_it(sender: Sender) -> None:
    secret = await sender.subscribe("matter-*")
    await sender.close_matter()
    (got,) = await sender.receiver.has(1)
    said = Webhook(secret).verify(got.body, got.headers)
    assert (said["type"], said["data"]["client_id"]) == ("matter-closed", "c-1")
    (entry,) = await sender.log("delivered")
    assert (entry["event_id"], entry["webhook_id"]) == (said["id"], got.headers["webhook-id"])
    assert [each["status"] for each in entry["attempts"]] == [204]
    assert len(sender.receiver.got) == 1


async def test_what_fails_goes_again_under_the_same_id(sender: Sender) -> None:
    sender.receiver.answers = [Answer(500), Answer(204)]
    await sender.subscribe("matter-closed")
    await sender.close_matter()
    await sender.receiver.has(1)
    await sender.running.ask("ops", ask="time", offset_seconds=6)
    first, second = await sender.receiver.has(2)
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    (entry,) = await sender.log("delivered")
    assert [each["outcome"] for each in entry["attempts"]] == ["status-500", "delivered"]
    figures = (await sender.running.ask("figures"))["own"]["subscriptions"]
    assert [(each["name"], each["pending"], each["state"]) for each in figures] == [
        ("crm", 0, "active")
    ]


async def test_gone_switches_it_off_a_person_resumes_it_and_nothing_is_lost(sender: Sender) -> None:
    sender.receiver.answers = [Answer(410), Answer(204)]
    await sender.subscribe("matter-closed")
    await sender.close_matter()
    task = await sender.running.open_task("subscription-off")
    await sender.close_matter()
    await sender.running.ask("ops", ask="time", offset_seconds=6)
    await sender.log("held", 2)
    assert len(sender.receiver.got) == 1
    await sender.ask("resume")
    await sender.log("delivered", 2)
    assert task["title"].startswith("Look after the subscription crm")


async def test_a_renewed_secret_and_the_one_before_both_hold(sender: Sender) -> None:
    before = await sender.subscribe("matter-closed")
    fresh = (await sender.ask("renew"))["secret"]
    await sender.ask("test")
    (got,) = await sender.receiver.has(1)
    for secret in (before, fresh):
        assert Webhook(secret).verify(got.body, got.headers)["type"] == "webhook-test"


async def test_an_erased_client_s_events_are_not_sent_and_nothing_stays_in_the_clear(
    sender: Sender,
) -> None:
    await sender.subscribe("client-onboarded")
    await sender.ask("pause")
    await sender.running.hear(onboarded("c-1", "ada@client.example"))
    await sender.log("held")
    assert "Ada" not in await sender.running.everything_stored()
    await sender.running.hear(
        RecordsOrdered(request_id="r-1", client_id="c-1", do="erase", at=real_now())
    )

    async def gone() -> bool:
        rows = sender.running.db.collection("outward_events")
        return bool(await rows.count_documents({}) == 0)

    await until(gone)
    await sender.ask("resume")
    (entry,) = await sender.log("dropped")
    assert entry["attempts"][0]["outcome"] == "erased"
    assert sender.receiver.got == []


async def test_all_that_failed_for_good_goes_again_at_a_word(sender: Sender) -> None:
    await sender.subscribe("matter-closed")
    for _ in range(3):
        await sender.close_matter()
    (_, _, last) = await sender.log("delivered", 3)
    dispatches = sender.running.db.collection("dispatches")
    await dispatches.update_many({"_id": {"$ne": last["id"]}}, {"$set": {"d.state": "failed"}})
    refused = await sender.ask("resend")
    assert refused["refused"]["field"] == "since"
    since = (real_now() - timedelta(hours=1)).isoformat()
    assert await sender.ask("resend", since=since) == {"again": 2, "more": False}
    assert await sender.ask("resend", id=last["id"]) == {"again": 1, "more": False}
    await sender.receiver.has(6)
    assert len({each.headers["webhook-id"] for each in sender.receiver.got}) == 3


async def test_a_receiver_that_never_answers_keeps_no_other_waiting(sender: Sender) -> None:
    sender.receiver.answers = [Answer(never=True)]
    await sender.subscribe("matter-closed")
    for _ in range(6):
        await sender.close_matter()
    await sender.receiver.has(4)
    async with receiving(sender.authority) as other:
        url = f"https://{HOST}:{other.port}/in"
        await sender.running.ask(
            "ops", ask="subscriptions", do="add", name="dms", url=url, types=["matter-closed"]
        )
        await sender.close_matter()
        (got,) = await other.has(1)
    assert json.loads(got.body)["type"] == "matter-closed"
    assert len(sender.receiver.got) == 4
    sender.receiver.opened.set()
