"""Does every event have one effect, and does nothing get lost?"""

import json
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.trial.embedded_mongo import EmbeddedMongo
from shared.contracts.envelope import encode, follow_up
from shared.contracts.firm import ClientContactLogged, ClientOnboarded
from shared.contracts.intake import ConflictCleared
from shared.engine import consuming
from shared.engine.received_events import Outcome, Received
from shared.errors import PermanentError, RuleError, TemporaryError
from shared.mongo import RepeatError, TooLargeError
from tests.core.conftest import Running, until
from tests.core.sample import CARDS, FAILURES


def contact(client_id: str = "c-1", **fields: object) -> ClientContactLogged:
    """A contact with a client."""
    return ClientContactLogged.model_validate(
        {"client_id": client_id, "direction": "in", "channel": "phone",
         "at": "2026-01-01T10:00:00Z", **fields}
    )  # fmt: skip


def client(client_id: str = "c-1") -> ClientOnboarded:
    """A new client."""
    return ClientOnboarded.model_validate(
        {"client_id": client_id, "name": "Ada Canary", "email": "ada@example.com",
         "timezone": "Europe/Berlin", "locale": "de"}
    )  # fmt: skip


async def contacts_of(running: Running, client_id: str = "c-1") -> int:
    """How often the sample counted."""
    unit = await running.runtime.look(lambda _: [CARDS.one(client_id)])
    card = unit.get(CARDS, client_id)
    return card.contacts if card else 0


async def test_an_event_is_applied_and_what_follows_is_announced(running: Running) -> None:
    await running.publish(client())
    ledger = await running.settled(2)
    assert ledger == {"received": 2, "applied": 1, "ignored": 1}
    info = await running.streams.stream_info("EVENTS", subjects_filter="events.conflict-cleared.>")
    assert info.state.subjects == {"events.conflict-cleared.c-1": 1}


async def test_nobody_can_tell_what_id_an_announced_event_will_have(running: Running) -> None:
    cause = (await running.publish(client())).cause
    await running.settled(2)
    said = json.loads((await running.streams.get_msg("EVENTS", 2)).data)
    cleared = ConflictCleared.model_validate(said["data"])
    guessed = [
        follow_up(cause, cleared, service="intake", nth=1, time=cause.time, key=key).id
        for key in (b"", running.runtime.keys.id_key)
    ]
    assert guessed[0] != said["id"] == guessed[1]


async def test_the_same_event_three_times_has_one_effect(running: Running) -> None:
    for _ in range(3):
        await running.publish(contact(), id="same", again=True)
    ledger = await running.settled(3)
    assert ledger == {"received": 3, "applied": 1, "duplicate": 2}
    assert await contacts_of(running) == 1


async def test_the_same_identity_with_other_content_is_a_dead_letter(running: Running) -> None:
    await running.publish(contact(), id="same")
    await running.settled(1)
    await running.publish(contact(channel="email"), id="same", again=True)
    ledger = await running.settled(2)
    assert ledger == {"received": 2, "applied": 1, "dead": 1}
    letters = await running.process.dead_letters.chosen({})
    assert letters[0]["reason"] == "identity-collision"


async def test_five_hundred_events_in_a_burst_are_each_applied_once(running: Running) -> None:
    for number in range(500):
        await running.publish(contact(f"c-{number % 7}"))
    ledger = await running.settled(500)
    assert ledger["applied"] >= 500
    assert sum([await contacts_of(running, f"c-{n}") for n in range(7)]) == 500


async def test_a_batch_the_database_refuses_for_its_size_is_halved_at_once(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = [encode(await running.publish(contact(f"c-{number}"))) for number in range(8)]
    await running.settled(8)
    transact, sizes = running.process._database.transaction, list[int]()

    async def small_cache(writes: Any) -> None:
        sizes.append(len(writes.get("handled_events", ())))
        if sizes[-1] > 2:
            raise TooLargeError
        await transact(writes)

    monkeypatch.setattr(running.process._database, "transaction", small_cache)
    batch = [
        Received(sequence=100 + number, subject=f"events.client-contact-logged.c-{number}",
                 headers=None, body=body.replace(b'"e-', b'"again-'))
        for number, body in enumerate(events)
    ]  # fmt: skip
    works = await running.process._consumer.take(batch)
    assert {work.outcome for work in works} == {Outcome.APPLIED}
    assert sizes[:3] == [8, 4, 2]


async def test_a_bad_event_leaves_a_dead_letter_and_its_neighbours_alone(running: Running) -> None:
    await running.publish(contact())
    await running.streams.publish("events.client-contact-logged.c-1", b"{not json")
    await running.publish(contact())
    ledger = await running.settled(3)
    assert (ledger["applied"], ledger["dead"]) == (2, 1)
    assert await contacts_of(running) == 2


async def test_a_rule_that_says_no_is_acknowledged_and_counted(running: Running) -> None:
    FAILURES["c-1"] = [RuleError(code="no-such-thing")]
    await running.publish(contact())
    assert await running.settled(1) == {"received": 1, "ignored": 1}


async def test_a_permanent_failure_is_replayed_to_the_same_state(running: Running) -> None:
    FAILURES["c-1"] = [PermanentError("cannot be")]
    await running.publish(contact())
    assert await running.settled(1) == {"received": 1, "dead": 1}
    letter = (await running.process.dead_letters.chosen({}))[0]
    assert letter["reason"] == "permanent"
    assert (await running.process.dead_letters.replay({"id": letter["id"]}))[0][
        "outcome"
    ] == "applied"
    assert await running.ledger() == {"received": 1, "applied": 1}
    assert await contacts_of(running) == 1
    assert (await running.process.dead_letters.show(letter["id"]))["status"] == "replayed"


async def test_an_unexpected_failure_is_retried_and_then_applied(running: Running) -> None:
    FAILURES["c-1"] = [ValueError("surprise")]
    await running.publish(contact())
    await running.publish(contact("c-2"))
    ledger = await running.settled(2)
    assert ledger == {"received": 2, "applied": 2}


async def test_what_is_temporary_is_parked_and_taken_up_again(running: Running) -> None:
    FAILURES["c-1"] = [TemporaryError("away")] * 3
    await running.publish(contact())
    assert (await running.settled(1))["parked"] == 1
    change = {"$set": {"next_at": running.runtime.clock.now()}}
    await running.db.collection("parked").update_many({}, change)

    async def applied() -> bool:
        return await running.ledger() == {"received": 1, "applied": 1}

    await until(applied)
    assert await running.db.collection("parked").count_documents({}) == 0


async def test_a_newer_version_is_parked(running: Running) -> None:
    body = (
        b'{"specversion":"1.0","id":"n","source":"s","type":"client-contact-logged",'
        b'"subject":"c-1","time":"2026-01-01T00:00:00Z",'
        b'"dataschema":"urn:clientele:event:client-contact-logged:9","data":{}}'
    )
    await running.streams.publish("events.client-contact-logged.c-1", body)
    assert await running.settled(1) == {"received": 1, "parked": 1}


async def test_no_name_is_readable_in_the_database(running: Running) -> None:
    await running.publish(client())
    await running.settled(2)
    await running.streams.publish("events.client-onboarded.c-9", b'{"data": "Ada Canary"}')
    await running.settled(3)
    for name in await running.db._own.list_collection_names():
        async for row in running.db.collection(name).find():
            assert b"Canary" not in str(row).encode()


async def test_an_event_takes_effect_though_the_database_went_away_at_its_commit(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    transact, failures = running.process._database.transaction, [TemporaryError("away")]

    async def away_once(writes: Any) -> None:
        if failures:
            raise failures.pop()
        await transact(writes)

    monkeypatch.setattr(running.process._database, "transaction", away_once)
    await running.publish(contact())
    assert await running.settled(1) == {"received": 1, "applied": 1}
    assert await contacts_of(running) == 1


async def test_a_batch_lost_in_our_own_hands_comes_again_at_once_and_in_order(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, failures = running.process._consumer.take, [RuntimeError("a defect of ours")]

    async def fail_once(batch: Any) -> Any:
        if failures:
            raise failures.pop()
        return await take(batch)

    monkeypatch.setattr(running.process._consumer, "take", fail_once)
    for _ in range(3):
        await running.publish(contact())
    assert (await running.settled(3))["applied"] == 3
    rows = await running.db.collection("handled_events").find({}).sort("s", 1).to_list(None)
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)


async def test_no_event_is_blamed_while_a_dead_process_holds_what_its_batch_must_change(
    running: Running, mongo_server: EmbeddedMongo
) -> None:
    await running.publish(contact())
    await running.settled(1)
    with MongoClient[Any](mongo_server.url()) as client, client.start_session() as session:
        session.start_transaction()
        ledgers = client[running.db.name]["ledger"]
        assert ledgers.update_one({}, {"$set": {"held": 1}}, session=session).modified_count == 1
        for _ in range(3):  # until the server ends the transaction
            await running.publish(contact())
        await running.settled(4)
        with pytest.raises(OperationFailure):
            session.commit_transaction()

    async def applied() -> bool:
        return (await running.ledger()).get("applied") == 4

    await until(applied)
    delivered = (await running.streams.consumer_info("EVENTS", "intake")).delivered
    assert delivered.consumer_seq == delivered.stream_seq  # each once: none was put off


async def test_time_without_a_database_does_not_count_as_time_of_lost_races(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    transact = running.process._database.transaction
    failures: list[Exception] = [TemporaryError("away"), *(RepeatError() for _ in range(9))]
    seconds = iter(range(0, 10_000, 40))  # each look at the stopwatch finds it 40 s on

    async def away_then_busy(writes: Any) -> None:
        if failures:
            raise failures.pop(0)
        await transact(writes)

    monkeypatch.setattr(running.process._database, "transaction", away_then_busy)
    monkeypatch.setattr(consuming, "monotonic", lambda: float(next(seconds)))
    await running.publish(contact())
    assert await running.settled(1) == {"received": 1, "applied": 1}
