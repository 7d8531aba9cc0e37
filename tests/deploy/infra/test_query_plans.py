"""Does anything that runs in a loop, or for each event, read a whole collection?"""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deploy.infra.migrate import built_apps
from deploy.infra.services import SERVICES
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from shared.mongo import connect
from shared.process.run import mappings_of
from shared.state.mappings import DocumentMapping, shard_of
from tests.core.conftest import until
from tests.running_service import RunningService, running_service

EXAMPLES = Path(__file__).parents[3] / "docs" / "events"
FAR = datetime(2096, 1, 1, tzinfo=UTC)
MANY, VERY_MANY = 2_000, 20_000
OF_THE_FIRM = ("staff", "api_keys", "rules")  # as many as it has people: read at the start
PLUMBING = ("handled_events", "outbox", "dead_letters", "parked", "decisions")


def planted(mapping: DocumentMapping[Any]) -> list[dict[str, Any]]:
    """Documents nobody asks for, which fall due in many years."""
    count = VERY_MANY if mapping.collection == "timers" else MANY
    keys = [f"planted-{number}" for number in range(count)]
    times = {"due": FAR} if mapping.due else {}
    return [
        {"_id": key, "v": 1, "d": {"state": "planted"}, "shard": shard_of(key), **times}
        for key in keys
    ]


@pytest.fixture(params=SERVICES)
async def service(
    request: pytest.FixtureRequest,
    nats_server: EmbeddedNats,
    nats_url: str,
    mongo_server: EmbeddedMongo,
    tmp_path: Path,
    port_base: int,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[RunningService]:
    """A running service over large collections, whose server notes each scan of a whole one."""
    app = built_apps()[request.param]
    admin = connect(mongo_server.url(), app.name)
    own = admin.collection("settings").database
    for mapping in mappings_of(app):
        if mapping.collection in OF_THE_FIRM:
            continue
        await admin.collection(mapping.collection).insert_many(planted(mapping))
    for name in PLUMBING:
        rows = [{"_id": f"planted-{number}", "at": FAR} for number in range(MANY)]
        await admin.collection(name).insert_many(rows)
    scans = {"planSummary": {"$regex": "COLLSCAN"}, "ns": {"$not": {"$regex": "system|^admin"}}}
    await own.command("profile", 1, filter=scans)
    async with running_service(
        lambda: app, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
        folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
    ) as running:  # fmt: skip
        yield running
        await own.command("profile", 0, filter="unset")
    admin.close()


async def hear_every_example(service: RunningService) -> int:
    """One event of every type there is."""
    examples = [json.loads(file.read_text("utf-8")) for file in EXAMPLES.glob("*/1.example.json")]
    streams = service.nats.jetstream()
    for each in examples:
        subject = f"events.{each['type']}.{each['subject']}"
        await streams.publish(subject, json.dumps(each).encode())
    return len(examples)


async def test_nothing_in_a_loop_or_for_each_event_reads_a_whole_collection(
    service: RunningService,
) -> None:
    count = await hear_every_example(service)

    async def settled() -> bool:
        return bool((await service.ask("ops", ask="ledger"))["ledger"].get("received", 0) >= count)

    await until(settled)
    for question in ("idle", "next-due"):
        await service.ask("ops", ask=question)
    noted = service.db.collection("system.profile").find({}, {"ns": 1, "command": 1})
    rows = await noted.to_list(None)
    asked = ("filter", "query", "q", "pipeline", "sort")
    scans = {f"{row['ns']} {[row['command'].get(name) for name in asked]}" for row in rows}
    assert scans == set()
