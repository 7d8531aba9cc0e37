"""What holds for events that are kept: dead letters and parked ones?"""

import asyncio
from datetime import datetime, timedelta

import pytest

from shared.contracts.origin import OriginKey
from shared.contracts.validation import MAX_EVENT_BYTES
from shared.engine import consuming
from shared.engine.received_events import ALONE_AFTER, Outcome, Received, Work, read
from shared.errors import PermanentError, TemporaryError
from tests.core.conftest import Running, until
from tests.core.sample import FAILURES
from tests.core.test_consuming import contact, contacts_of


class EndOfLife(BaseException):
    """The process is gone: nothing in it goes on."""


async def test_two_replays_of_one_cause_at_once_apply_each_letter_once(running: Running) -> None:
    for _ in range(5):
        FAILURES.setdefault("c-1", []).append(PermanentError("cannot be"))
        await running.publish(contact())
    await running.settled(5)
    [group] = await running.process.dead_letters.groups()
    choice = {"fingerprint": group["fingerprint"]}
    replay = running.process.dead_letters.replay
    both = await asyncio.gather(replay(choice), replay(choice))
    outcomes = sorted(each["outcome"] for results in both for each in results)
    assert outcomes == ["applied"] * 5 + ["redelivered"] * 5
    assert await contacts_of(running) == 5
    ledger = await running.ledger()
    assert (ledger["applied"], ledger.get("dead", 0)) == (5, 0)


async def test_a_settled_dead_letter_goes_after_100_days_and_an_open_one_never(
    running: Running,
) -> None:
    rows = running.db.collection("dead_letters")
    expiring = [each for each in (await rows.index_information()).values()
                if "expireAfterSeconds" in each]  # fmt: skip
    assert [(each["key"], each["expireAfterSeconds"]) for each in expiring] == [
        ([("settled_at", 1)], 100 * 24 * 3600)
    ]
    for client in ("c-1", "c-2", "c-3"):
        FAILURES.setdefault(client, []).append(PermanentError("cannot be"))
        await running.publish(contact(client))
    await running.settled(3)
    one, other, _ = await running.process.dead_letters.chosen({}, 3)
    await running.process.dead_letters.replay({"id": one["id"]})
    await running.process.dead_letters.discard({"id": other["id"]})
    kept = {row["status"]: "settled_at" in row for row in await rows.find({}).to_list(None)}
    assert kept == {"replayed": True, "discarded": True, "open": False}


async def test_a_parked_event_of_a_newer_version_holds_the_timers_of_its_client(
    running: Running,
) -> None:
    body = (
        b'{"specversion":"1.0","id":"n","source":"s","type":"client-contact-logged",'
        b'"subject":"c-1","time":"2026-01-01T00:00:00Z",'
        b'"dataschema":"urn:clientele:event:client-contact-logged:9","data":{}}'
    )
    await running.streams.publish("events.client-contact-logged.c-1", body)
    assert await running.settled(1) == {"received": 1, "parked": 1}
    assert await running.runtime.held_back({"c-1", "c-2"}) == {"c-1"}


async def test_of_twenty_thousand_clients_with_parked_events_each_is_held(
    running: Running,
) -> None:
    rows = [{"_id": f"intake-{n}", "subject": f"c-{n}"} for n in range(20_000)]
    await running.db.collection("parked").insert_many(rows)
    asked = {"c-0", "c-9999", "c-10000", "c-19999", "c-20000"}
    assert await running.runtime.held_back(asked) == asked - {"c-20000"}


async def test_one_parked_event_that_cannot_be_tried_ends_nothing_and_blocks_nobody(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    for client_id in ("c-1", "c-2"):
        FAILURES[client_id] = [TemporaryError("away")] * 3
        await running.publish(contact(client_id))
    await running.settled(2)
    parked = running.process.parked
    again, tried = parked._rows.again, list[str]()

    async def fail_for_the_first(row: dict[str, object]) -> str:
        tried.append(str(row["subject"]))
        if len(tried) == 1:
            raise ValueError("a defect")
        return await again(row)

    monkeypatch.setattr(parked._rows, "again", fail_for_the_first)
    change = {"$set": {"next_at": running.runtime.clock.now()}}
    await running.db.collection("parked").update_many({}, change)

    async def the_other_applied() -> bool:
        return (await running.ledger()).get("applied") == 1

    await until(the_other_applied)
    assert len(tried) == 2
    assert await parked.count() == 1


async def test_only_the_event_that_ends_the_process_is_blamed(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty events were fetched together, life after life; the process ends at the third."""
    consumer = running.process._consumer
    events = [await running.publish(contact(f"c-{n}")) for n in range(60)]
    await running.settled(60)
    await running.db.collection("handled_events").delete_many({})
    deadly = events[2].id

    def end_the_process(received: Received, now: datetime, key: OriginKey | None) -> Work:
        work = read(received, now, key)
        if work.event is not None and work.event.id == deadly:
            raise EndOfLife
        return work

    monkeypatch.setattr(consuming, "read", end_the_process)
    info = await running.streams.stream_info("EVENTS")
    first = info.state.last_seq - 59
    batch = []
    for sequence in range(first, first + 60):
        raw = await running.streams.get_msg("EVENTS", sequence)
        batch.append(
            Received(sequence=1_000_000 + sequence, subject=raw.subject or "", headers=raw.headers,
                     body=raw.data or b"", deliveries=ALONE_AFTER + 1)
        )  # fmt: skip
    works = []
    for _ in range(consuming.MOST_LIVES):
        with pytest.raises(EndOfLife):
            await consumer.take(batch)
    works = await consumer.take(batch)
    dead = [work.received.sequence for work in works if work.outcome is Outcome.DEAD]
    assert dead == [batch[2].sequence]
    assert [work.reason for work in works if work.outcome is Outcome.DEAD] == [
        "too-many-deliveries"
    ]


async def test_of_an_event_that_is_too_large_no_copy_is_kept_and_a_replay_says_the_same(
    running: Running,
) -> None:
    body = b'{"data": "' + b"x" * (MAX_EVENT_BYTES + 1) + b'"}'
    await running.streams.publish("events.client-contact-logged.c-1", body)
    await running.settled(1)
    letters = running.db.collection("dead_letters")
    kept = await letters.find_one({})
    assert len(kept["raw"]) < 1024
    assert kept["message"] == "body must be at most 256 KiB"
    [again] = await running.process.dead_letters.replay({"id": kept["_id"]})
    assert again["outcome"] == "dead"
    assert (await letters.find_one({}))["message"] == kept["message"]


async def test_an_event_is_judged_by_when_the_stream_took_it_whatever_this_hosts_clock_says(
    running: Running,
) -> None:
    consumer = running.process._consumer
    stored_at = running.runtime.clock.now() + timedelta(hours=3)
    row = Received(7, "events.x.y", None, b"", stored_at=stored_at)
    assert consumer._judged_at(row) == stored_at


async def test_a_parked_event_is_judged_by_when_it_was_received(running: Running) -> None:
    consumer = running.process._consumer
    taken_at = running.runtime.clock.now() - timedelta(days=1)
    row = Received(7, "events.x.y", None, b"", taken_at=taken_at, origin="parked")
    assert consumer._judged_at(row) == taken_at
