"""Does anything that runs in a loop, or for each event, read a whole collection?"""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deploy.infra.migrate import built_apps
from deploy.infra.services import SERVICES
from deploy.trial.embedded_mongo import EmbeddedMongo
from deploy.trial.embedded_nats import EmbeddedNats
from shared.engine.records_ends import TASKS_CLEARED
from shared.mongo import Database
from shared.people import End
from shared.process.app import App
from shared.process.run import mappings_of
from shared.state.mappings import DocumentMapping, shard_of
from tests.core.conftest import until
from tests.patience import PATIENCE
from tests.running_service import RunningService, running_service

EXAMPLES = Path(__file__).parents[3] / "docs" / "events"
FAR = datetime(2096, 1, 1, tzinfo=UTC)
MANY, TIMERS = 2_000, 300_000  # so many timers in `make faults`; a few of them bite as well
FEW_TIMERS = 20_000
AT_ONCE = 20_000  # documents planted with one request
READ_AT_MOST = 600  # documents or places of an index, for one statement: a batch and what it needs
OF_THE_FIRM = ("staff", "api_keys", "rules", "people")  # few, and read at the start
ONCE_A_REQUEST = {"records-ordered", "client-merged"}  # read all of one person, in the background
GONE_WHEN_DONE = ("records_ends",)  # one of a client, for the seconds until it is carried out
ONCE_A_START = ("conflict_index",)  # all of it is read once, in the background: FiledValues
PLUMBING = ("handled_events", "outbox", "dead_letters", "parked", "decisions")
ROUNDS = 2  # of everything that is read every five seconds


def planted(mapping: DocumentMapping[Any], timers: int) -> list[dict[str, Any]]:
    """Documents nobody asks for, which fall due in many years."""
    count = timers if mapping.collection == "timers" else MANY
    keys = [f"planted-{number}" for number in range(count)]
    times = {"due": FAR} if mapping.due else {}
    return [
        {
            "_id": key,
            "v": 1,
            "d": {"state": "planted", "client_id": "c-planted"},
            "shard": shard_of(key),
            **times,
        }
        for key in keys
    ]


async def plant(app: App, timers: int, admin: Database) -> None:
    """Fill every collection, and have the server note each statement that reads too much."""
    for mapping in mappings_of(app):
        if mapping.collection in (*OF_THE_FIRM, *GONE_WHEN_DONE):
            continue
        rows = planted(mapping, timers)
        for first in range(0, len(rows), AT_ONCE):
            await admin.collection(mapping.collection).insert_many(
                rows[first : first + AT_ONCE], ordered=False
            )
    for name in PLUMBING:
        rows = [
            {"_id": f"planted-{number}", "at": FAR, "subject": "c-else"} for number in range(MANY)
        ]
        await admin.collection(name).insert_many(rows)
    much: list[dict[str, Any]] = [{"planSummary": {"$regex": "COLLSCAN"}}]
    much += [{read: {"$gt": READ_AT_MOST}} for read in ("docsExamined", "keysExamined")]
    noted = {"$or": much, "ns": {"$not": {"$regex": "system|^admin"}}}
    await admin.collection("settings").database.command("profile", 1, filter=noted)


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
    """A running service over large collections, whose server notes who reads much of one."""
    app = built_apps()[request.param]
    timers = TIMERS if request.config.getoption("whole", default=False) else FEW_TIMERS
    async with running_service(
        lambda: app, nats_server=nats_server, nats_url=nats_url, mongo_server=mongo_server,
        folder=tmp_path, port=port_base, monkeypatch=monkeypatch,
        before=partial(plant, app, timers),
    ) as running:  # fmt: skip
        yield running
        await running.db.collection("settings").database.command("profile", 0, filter="unset")


async def hear_every_example(service: RunningService) -> int:
    """One event of every type there is."""
    examples = [json.loads(file.read_text("utf-8")) for file in EXAMPLES.glob("*/1.example.json")]
    streams = service.nats.jetstream(timeout=PATIENCE)
    examples = [each for each in examples if each["type"] not in ONCE_A_REQUEST]
    for each in examples:
        subject = f"events.{each['type']}.{each['subject']}"
        await streams.publish(subject, json.dumps(each).encode())
    return len(examples)


async def everything_has_run(service: RunningService) -> None:
    """Every event is settled, and every loop has been gone through."""
    count = await hear_every_example(service)

    async def settled() -> bool:
        return bool((await service.ask("ops", ask="ledger"))["ledger"].get("received", 0) >= count)

    await until(settled)
    for _ in range(ROUNDS):
        measured = service.measured_at()

        async def measured_again(before: float = measured) -> bool:
            return service.measured_at() > before

        await until(measured_again)
    for question in ("idle", "next-due", "ledger", "time"):
        await service.ask("ops", ask=question)


def is_read_at_a_start(command: dict[str, Any]) -> bool:
    """Whether this is the statement by which a process reads what it reads once."""
    return command.get("find") in ONCE_A_START and not command.get("filter")


async def begun_reading(service: RunningService) -> list[str]:
    """Of what a process reads once, the collection, each time that it began to."""
    rows = await service.db.collection("system.profile").find({"op": "query"}).to_list(None)
    return [row["command"]["find"] for row in rows if is_read_at_a_start(row["command"])]


async def read_too_much(service: RunningService) -> set[str]:
    """The statements the server has noted, each once."""
    rows = await service.db.collection("system.profile").find({}).to_list(None)
    rows = [row for row in rows
            if not is_read_at_a_start(row.get("originatingCommand") or row["command"])]  # fmt: skip
    asked = ("filter", "query", "q", "pipeline", "sort")
    return {
        f"{row['ns']} {row.get('planSummary')} {[row['command'].get(name) for name in asked]}"
        for row in rows
    }


async def test_nothing_in_a_loop_or_for_each_event_reads_a_whole_collection(
    service: RunningService,
) -> None:
    await everything_has_run(service)
    at_the_start = await begun_reading(service)
    assert len(at_the_start) == len(set(at_the_start))
    assert await read_too_much(service) == set()


async def test_what_goes_with_a_clients_records_is_found_by_an_index(
    service: RunningService,
) -> None:
    end = End(client_id="c-1", merged_ids=("c-2",), until=FAR, at=FAR, correlation_id="k-1")
    for cleared in (*built_apps()[service.name].records.cleared, TASKS_CLEARED):
        found = service.db.collection(cleared.kind.collection).find(cleared.found(end), {"_id": 1})
        told = (await found.explain())["executionStats"]
        assert (told["totalDocsExamined"], cleared.kind.collection) == (0, cleared.kind.collection)


@pytest.mark.parametrize("service", ["feedback"], indirect=True)
async def test_a_statement_that_reads_a_whole_collection_is_noted(
    service: RunningService,
) -> None:
    assert await service.db.collection("handled_events").find_one({"o": "nobody"}) is None
    assert len(await read_too_much(service)) == 1
