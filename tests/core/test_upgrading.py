"""What happens, while two releases run, to events that only the newer one understands?"""

from typing import Any

import pytest

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.firm import ClientContactLogged
from shared.errors import TemporaryError
from tests.core.conftest import Running, until
from tests.core.sample import FAILURES
from tests.core.test_consuming import client, contact, contacts_of

TYPE = ClientContactLogged.TYPE


async def said_by(running: Running, source: str) -> None:
    """An event of a type this release does not know, in place of one it will know."""
    event = message(source)
    await running.streams.publish(f"events.{TYPE}.c-1", event)


def message(source: str) -> bytes:
    return (
        f'{{"specversion":"1.0","id":"n-1","source":"{source}","type":"{TYPE}","subject":"c-1",'
        '"time":"2026-01-01T00:00:00Z","data":{"client_id":"c-1","direction":"in",'
        '"channel":"phone","at":"2026-01-01T00:00:00Z"}}'
    ).encode()


async def upgraded(running: Running) -> None:
    """Another process begins to consume: here, this one anew."""
    running.process._turn = 0


async def test_an_unknown_type_of_our_own_is_parked_and_applied_after_the_upgrade(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.delitem(CATALOGUE, TYPE)
        await said_by(running, "urn:clientele:desk")
        assert await running.settled(1) == {"received": 1, "parked": 1}
        assert await running.runtime.held_back(["c-1"]) == {"c-1"}  # its timers wait
    await upgraded(running)

    async def applied() -> bool:
        return await running.ledger() == {"received": 1, "applied": 1}

    await until(applied)
    assert await contacts_of(running) == 1


async def test_an_unknown_foreign_type_is_ignored_and_counted(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(CATALOGUE, TYPE)
    await said_by(running, "urn:firm:practice")
    assert await running.settled(1) == {"received": 1, "ignored": 1}


async def test_an_event_that_needs_a_document_of_a_newer_release_waits_parked(
    running: Running,
) -> None:
    await running.publish(contact("c-1"))
    await running.settled(1)
    cards = running.db.collection("cards")
    await cards.update_one({"_id": "c-1"}, {"$set": {"sv": 2}})
    await running.publish(contact("c-1"))
    await running.publish(contact("c-2"))
    assert await running.settled(3) == {"received": 3, "applied": 2, "parked": 1}
    [row] = await parked(running)
    assert (row["reason"], row["subject"]) == ("newer-version", "c-1")
    await cards.update_one({"_id": "c-1"}, {"$set": {"sv": 1}})
    await upgraded(running)

    async def applied() -> bool:
        return not await parked(running)

    await until(applied)
    assert await contacts_of(running) == 2


async def test_what_is_parked_of_an_erased_person_goes_with_them(running: Running) -> None:
    FAILURES["c-1"] = [TemporaryError("away")] * 3
    await running.publish(client("c-1"))
    await running.publish(contact("c-1"))
    await running.settled(3)
    await running.db.collection("keys").update_one({"_id": "client:c-1"}, {"$unset": {"w": ""}})
    running.runtime.keys.forget(["client:c-1"])
    change = {"$set": {"next_at": running.runtime.clock.now()}}
    await running.db.collection("parked").update_many({}, change)

    async def gone() -> bool:
        return not await parked(running)

    await until(gone)
    ledger = await running.ledger()
    assert ledger.get("parked", 0) == 0
    assert ledger["received"] == sum(n for name, n in ledger.items() if name != "received")
    assert await running.runtime.held_back(["c-1"]) == set()


async def parked(running: Running) -> list[dict[str, Any]]:
    """Everything that waits."""
    rows: list[dict[str, Any]] = await running.db.collection("parked").find({}).to_list(None)
    return rows
