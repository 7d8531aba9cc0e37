"""Is what ended cleared by the running service, and does what is heard again then do nothing?"""

from datetime import timedelta
from typing import Any

import pytest

from shared.clock import real_now
from shared.contracts.records import RecordsEnded
from shared.engine import ledger
from tests.reminders.conftest import Installation, until
from tests.reminders.over_memory import OPENED, cancelled, client, scheduled

IN_A_WHILE = timedelta(days=60)


async def count(installation: Installation, collection: str, **query: Any) -> int:
    return int(await installation.db.collection(collection).count_documents(query))


async def settled(installation: Installation) -> None:
    """Everything in the stream has been taken in."""

    async def nothing_waits() -> bool:
        info = await installation.streams.consumer_info("EVENTS", "reminders")
        return bool(info.num_pending == 0 and info.num_ack_pending == 0)

    await until(nothing_waits)


async def ended(installation: Installation) -> None:
    """A client's records ended, by an instant far ahead, so that nothing here is too young."""
    now = real_now()
    await installation.publish(RecordsEnded(client_id="c-1", until=now + IN_A_WHILE, at=now))
    await settled(installation)

    async def carried_out() -> bool:
        return await count(installation, "records_ends") == 0

    await until(carried_out)


@pytest.fixture
async def cleared(installation: Installation) -> Installation:
    """A client who was told of an appointment, and that it is off; all of it was cleared."""
    soon = real_now() + timedelta(days=2)
    await installation.start()
    await installation.publish(client(), OPENED, scheduled(soon))
    await installation.received(1)
    await installation.publish(cancelled())
    await installation.received(2)

    async def recorded() -> bool:
        return await count(installation, "contacts", **{"d.state": "sent"}) == 2

    await until(recorded)
    await ended(installation)
    return installation


async def test_a_thing_that_is_over_goes_with_its_timers_and_messages(
    cleared: Installation,
) -> None:
    of_it = {"d.thread": "appointment_id:a-1"}
    assert await count(cleared, "contacts", **of_it) == 0
    assert await count(cleared, "timers", **of_it) == 0
    mark = await cleared.db.collection("subjects").find_one({"_id": "appointment_id:a-1"})
    assert (mark["d"]["facts"], mark["d"]["client_id"]) == ({}, None)


async def test_what_is_still_planned_stays(cleared: Installation) -> None:
    assert await count(cleared, "timers", **{"d.thread": "matter_id:m-1"}) > 0
    assert await count(cleared, "subjects", **{"d.client_id": "c-1"}) > 0


async def test_heard_again_once_nobody_knows_that_it_was_handled_it_arms_nothing(
    cleared: Installation,
) -> None:
    await cleared.db.collection("handled_events").delete_many({})
    before = await ledger.read(cleared.db, "reminders")
    await cleared.publish(scheduled(real_now() + timedelta(days=2)), ago=timedelta(minutes=1))
    await settled(cleared)
    after = await ledger.read(cleared.db, "reminders")
    assert after["applied"] > before["applied"]
    assert await count(cleared, "timers", **{"d.thread": "appointment_id:a-1"}) == 0
    assert len(cleared.inbox.messages) == 2
