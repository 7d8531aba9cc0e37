"""Is a list by the desk taken in on real servers, sealed, and once, whatever ends meanwhile?"""

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from services.gateway.app import build
from shared.contracts.imports import PIECE
from tests.core.conftest import until
from tests.gateway.brought import BOOK
from tests.running_service import RunningService, running_service

PAT = {"id": "pat", "roles": ["partner"]}
MANY = 1500
HEAD = BOOK.decode().splitlines()[0]


@pytest.fixture
async def gateway(
    nats_server: EmbeddedNats, nats_url: str, mongo_server: EmbeddedMongo, tmp_path: Path,
    port_base: int, monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[RunningService]:  # fmt: skip
    async with running_service(
        build, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
        folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
    ) as running:  # fmt: skip
        yield running


async def ask(gateway: RunningService, what: str, **said: Any) -> dict[str, Any]:
    answer = await gateway.ask("imports", ask=what, actor=PAT, **said)
    assert "refused" not in answer, answer
    return answer


async def bring(gateway: RunningService, content: bytes, form: str) -> dict[str, Any]:
    """A file in pieces, read, and tried to its end."""
    parts = [content[at : at + PIECE] for at in range(0, len(content), PIECE)]
    for number, part in enumerate(parts):
        said = base64.b64encode(part).decode()
        await ask(gateway, "piece", list_id=form, number=number, content=said)
    told = await ask(gateway, "read", list_id=form, kind="clients", file="x.csv", pieces=len(parts))
    await ask(gateway, "weigh", list_id=told["list_id"])
    return await becomes(gateway, told["list_id"], "weighed")


async def becomes(gateway: RunningService, list_id: str, state: str) -> dict[str, Any]:
    told: dict[str, Any] = {}

    async def there() -> bool:
        told.update(await ask(gateway, "show", list_id=list_id))
        return bool(told["state"] == state)

    await until(there)
    return told


async def test_a_list_is_tried_and_taken_in_and_nothing_of_it_is_readable(
    gateway: RunningService,
) -> None:
    told = await bring(gateway, BOOK, "form-1")
    assert told["counts"] == {"new": 2, "wrong": 1}
    assert await gateway.announced("client-onboarded") == {}
    await ask(gateway, "confirm", list_id=told["list_id"], run=told["run"])
    await becomes(gateway, told["list_id"], "taken")

    async def said() -> bool:
        return len(await gateway.announced("client-onboarded")) == 2

    await until(said)
    stored = await gateway.everything_stored()
    for private in ("ada.muster", "Sommer", "Mandantennr", "x.csv", "Vorname"):
        assert private not in stored
    again = await bring(gateway, BOOK, "form-2")
    assert again["counts"] == {"same": 2, "wrong": 1}


async def test_a_process_that_ends_in_the_middle_is_followed_by_one_that_goes_on(
    gateway: RunningService,
) -> None:
    rows = [f"{n};Vera;Name{n};{n}@client.example;de;{'x' * 300}" for n in range(MANY)]
    told = await bring(gateway, "\r\n".join([HEAD, *rows]).encode(), "form-1")
    assert told["counts"] == {"new": MANY}
    await ask(gateway, "confirm", list_id=told["list_id"], run=told["run"])
    await gateway.starts_anew(build())
    taken = await becomes(gateway, told["list_id"], "taken")
    assert taken["counts"] == {"new": MANY}

    async def said() -> bool:
        return len(await gateway.announced("client-onboarded")) == MANY

    await until(said)
    assert set((await gateway.announced("client-onboarded")).values()) == {1}
