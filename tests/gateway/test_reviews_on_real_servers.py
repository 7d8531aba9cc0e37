"""Is a review that Google pushes fetched on real servers, said once, and kept by nobody here?"""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.gateway.app import build
from shared.clock import real_now
from tests.core.conftest import until
from tests.gateway.google import REVIEWS, Google, pushed
from tests.patience import PATIENCE
from tests.running_service import RunningService, running_service
from tests.serving import served


class Pushed:
    """A running gateway at which Google pushes."""

    def __init__(self, running: RunningService, google: Google, port: int) -> None:
        self.running, self.google = running, google
        self.url = f"http://127.0.0.1:{port}/in/reviews"

    async def push(self, id: str = "m-1") -> int:
        """A message; what it was answered."""
        headers = {"Authorization": f"Bearer {self.google.token(real_now())}"}
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            body = json.dumps(pushed(id=id)).encode()
            return (await client.post(self.url, content=body, headers=headers)).status_code

    async def read(self, count: int) -> None:
        """So many deliveries have been read."""
        rows = self.running.db.collection("deliveries")

        async def there() -> bool:
            return bool(await rows.count_documents({"d.state": "read"}) == count)

        await until(there)

    async def said(self) -> int:
        """How many reviews were announced, once there is one; a commit is told right after it."""

        async def there() -> bool:
            return bool(await self.running.announced("review-received"))

        await until(there)
        return sum((await self.running.announced("review-received")).values())

    async def letters(self) -> list[dict[str, Any]]:
        """The open dead letters, once there are some."""
        found: list[dict[str, Any]] = []

        async def there() -> bool:
            asked = await self.running.ask("ops", ask="dead-letters", status="open")
            found[:] = asked["items"]
            return bool(found)

        await until(there)
        return found


@pytest.fixture
async def gateway(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Pushed]:  # fmt: skip
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "reviews.yaml").write_text(yaml.safe_dump(REVIEWS))
    for name in ("app-secret", "refresh"):
        (tmp_path / name).write_text(f"{name}-of-google\n")
    google, url = Google(), f"http://127.0.0.1:{port_base + 50}"
    said: dict[str, Any] = {
        "CLIENT_ID": "firm", "CLIENT_SECRET_FILE": tmp_path / "app-secret",
        "REFRESH_TOKEN_FILE": tmp_path / "refresh", "API_URL": url,
        "TOKEN_URL": f"{url}/token", "KEYS_URL": f"{url}/certs",
    }  # fmt: skip
    for key, value in said.items():
        monkeypatch.setenv(f"CLIENTELE_GOOGLE_{key}", str(value))
    monkeypatch.setenv("CLIENTELE_SOURCES_DIR", str(sources))
    async with (
        served(google.application(), port_base + 50),
        running_service(
            build, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
            folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
        ) as running,
    ):  # fmt: skip
        yield Pushed(running, google, port_base)


async def test_a_review_is_said_once_and_no_word_of_it_stays(gateway: Pushed) -> None:
    assert [await gateway.push(id) for id in ("m-1", "m-1", "m-2")] == [202, 202, 202]
    await gateway.read(2)
    assert await gateway.said() == 1
    assert "Nobody called" not in await gateway.running.everything_stored()


async def test_what_google_refuses_is_a_dead_letter_and_its_replay_asks_again(
    gateway: Pushed,
) -> None:
    gateway.google.status = 403
    await gateway.push()
    rows = gateway.running.db.collection("deliveries")

    async def tried(count: int) -> None:
        async def there() -> bool:
            return bool(await rows.count_documents({"d.fetch_tries": count}))

        await until(there)

    for count in (1, 2, 3):
        await tried(count)
        now = {"due": "$$NOW", "d.due_at": "$$NOW", "v": {"$add": ["$v", 1]}}
        await rows.update_one({}, [{"$set": now}])
    (letter,) = await gateway.letters()
    assert letter["field_errors"][0]["field"] == "the review"
    assert "refresh token of an owner" in letter["field_errors"][0]["message"]
    gateway.google.status = 200
    await rows.update_one({}, {"$set": {"d.fetch_at": None}, "$inc": {"v": 1}})  # a while ago
    await gateway.running.ask("ops", ask="dead-letters", do="replay", id=letter["id"])
    await gateway.read(1)
    assert await gateway.said() == 1
