"""Does a reply get to a site by itself on real servers, and is it looked after there?"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.reputation.app import build
from tests.core.conftest import until
from tests.reputation.google import NAME, Google
from tests.reputation.office import LAWYER, review
from tests.running_service import RunningService, running_service
from tests.serving import served


@pytest.fixture
async def reputation(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[RunningService, Google]]:  # fmt: skip
    for name in ("secret", "refresh"):
        (tmp_path / name).write_text(f"{name}-of-google\n")
    google, url = Google(), f"http://127.0.0.1:{port_base + 50}"
    said: dict[str, Any] = {
        "CLIENT_ID": "firm", "CLIENT_SECRET_FILE": tmp_path / "secret",
        "REFRESH_TOKEN_FILE": tmp_path / "refresh", "API_URL": url, "TOKEN_URL": f"{url}/token",
    }  # fmt: skip
    for key, value in said.items():
        monkeypatch.setenv(f"CLIENTELE_GOOGLE_{key}", str(value))
    async with (
        served(google.application(), port_base + 50),
        running_service(
            build, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
            folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
        ) as running,
    ):  # fmt: skip
        yield running, google


async def test_an_approved_reply_is_put_there_and_said_to_be_published_once_it_is_shown(
    reputation: tuple[RunningService, Google],
) -> None:
    running, google = reputation
    await running.hear(review(review_id=NAME))
    task = await running.open_task("review-response")
    assert (await running.decide(task, "approve", {}, LAWYER))["accepted"] is True
    rows = running.db.collection("publications")

    async def submitted() -> bool:
        return bool(await rows.count_documents({"d.stage": "submitted"}))

    await until(submitted)
    assert len(google.put) == 1
    assert await running.announced("review-response-published") == {}
    assert NAME not in str(await rows.find({}).to_list(5))
    google.decides("APPROVED")
    now = {"due": "$$NOW", "d.due_at": "$$NOW", "v": {"$add": ["$v", 1]}}
    await rows.update_one({}, [{"$set": now}])

    async def published() -> bool:
        return await running.announced("review-response-published") != {}

    await until(published)
    assert len(google.put) == 1
