"""Does an outbox row keep what must travel, and hide what delivers somebody's name?"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

import pytest
from structlog.testing import capture_logs

from shared.bus.publisher import Publisher
from shared.clock import real_now
from shared.contracts.base import EventData
from shared.contracts.envelope import Cause, Event, encode, follow_up
from shared.contracts.firm import InquiryReceived
from shared.contracts.intake import ConsentWithdrawn
from shared.engine.outbox import Outbox, rows_for
from shared.engine.outgoing import OutgoingEvent
from shared.errors import TemporaryError
from shared.state.indexes import ensure
from shared.state.keys import KeyRing
from tests.core.conftest import Running, until
from tests.fakes.memory import START

CAUSE = Cause("urn:test", "1", "test", "1", None, START)
KEYS = KeyRing(cast("Any", None), b"k" * 32)
PRIVATE = InquiryReceived(
    inquiry_id="i-1", name="Zoe Canary", channel="website", timezone="Europe/Berlin", locale="de"
)
PUBLIC = ConsentWithdrawn(client_id="c-1", purpose="feedback", at=START)


def event_of(data: EventData) -> Event[Any]:
    return follow_up(CAUSE, data, service="intake", nth=1, time=START)


def test_a_row_hides_what_delivers_a_name() -> None:
    rows, letters = rows_for([event_of(PRIVATE)], KEYS)
    assert b"Zoe Canary" in letters[0].body
    assert "Zoe Canary" not in str(rows)


def test_what_was_hidden_is_published_whole() -> None:
    event = event_of(PRIVATE)
    rows, _ = rows_for([event], KEYS)
    (kept,) = rows[0]["events"]
    assert KEYS.open_outgoing(kept["i"], kept["x"]) == encode(event)


def test_what_names_nobody_is_kept_as_it_travels() -> None:
    event = event_of(PUBLIC)
    rows, _ = rows_for([event], KEYS)
    assert rows[0]["events"][0]["b"] == encode(event)


async def test_a_row_the_stream_refuses_blocks_none_behind_it(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox, rows = running.process._outbox, running.db.collection("outbox")
    made = [rows_for([event_of(PUBLIC)], KEYS)[0][0] for _ in range(2)]
    for number, row in enumerate(made):
        row["at"] = real_now() - timedelta(minutes=10 - number)
        row["events"][0]["i"] = f"row-{number}"
    publish = outbox._publisher.publish

    async def refuse_the_first(events: Sequence[OutgoingEvent]) -> None:
        if events[0].msg_id == "row-0":
            raise TemporaryError("the event stream refused")
        await publish(events)

    monkeypatch.setattr(outbox._publisher, "publish", refuse_the_first)
    with capture_logs() as said:
        await rows.insert_many(made)
        await outbox.sweep()  # or the service's own loop before
    assert ["consent-withdrawn"] in [each.get("types") for each in said]  # what ops look for
    first, second = [await rows.find_one({"_id": row["_id"]}) for row in made]
    assert first["waiting"]
    assert first["tries"] >= 1
    assert "waiting" not in second


async def test_what_waited_for_the_stream_goes_at_the_first_sweep_once_it_is_back(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row is put off for what is wrong with it, never because the stream took nothing."""
    outbox, rows = running.process._outbox, running.db.collection("outbox")
    [row], _ = rows_for([event_of(PUBLIC)], KEYS)
    row["at"] = real_now() - timedelta(minutes=1)

    async def silence(_: Sequence[OutgoingEvent]) -> None:
        raise TemporaryError("no answer in time")

    async def away() -> bool:
        return False

    with monkeypatch.context() as cut:
        cut.setattr(outbox._publisher, "publish", silence)
        cut.setattr(outbox._publisher, "is_answering", away)
        await rows.insert_one(dict(row))
        for _ in range(5):
            with pytest.raises(TemporaryError):
                await outbox.sweep()
    found = await rows.find_one({"_id": row["_id"]})
    assert "next_at" not in found

    async def gone() -> bool:
        await outbox.sweep()  # whichever loop does it
        return "waiting" not in await rows.find_one({"_id": row["_id"]})

    await until(gone)


async def test_a_row_that_waits_never_goes_by_itself(running: Running) -> None:
    indexes = await running.db.collection("outbox").index_information()
    expiring = {name for name, each in indexes.items() if "expireAfterSeconds" in each}
    assert expiring == {"published_at_1"}


async def test_a_changed_time_to_keep_is_taken_over_by_the_next_migration(
    running: Running,
) -> None:
    rows = running.db.collection("handled_events")
    await rows.drop_index("at_1")
    await rows.create_index([("at", 1)], expireAfterSeconds=5)
    await ensure(running.db, [])
    assert (await rows.index_information())["at_1"]["expireAfterSeconds"] == 100 * 24 * 3600


async def test_what_was_swept_while_its_process_stood_still_is_said_once(running: Running) -> None:
    """It wakes and publishes what it had committed: nobody has stolen an identity."""
    outbox, rows = running.process._outbox, running.db.collection("outbox")
    [row], letters = rows_for([event_of(PUBLIC)], KEYS)
    row["at"] = real_now() - timedelta(minutes=1)
    await rows.insert_one(dict(row))

    async def swept() -> bool:
        await outbox.sweep()  # whichever loop does it, of this process or another
        found = await rows.find_one({"_id": row["_id"]})
        return "waiting" not in found

    await until(swept)
    assert await outbox.send([row], letters)
    info = await running.streams.stream_info("EVENTS")
    assert (info.state.messages, _publisher(outbox).taken_ids) == (1, 0)


async def test_an_identity_that_a_stranger_used_first_is_still_noticed(running: Running) -> None:
    outbox = running.process._outbox
    rows, letters = rows_for([event_of(PUBLIC)], KEYS)
    stolen = {"Nats-Msg-Id": letters[0].msg_id}
    await running.streams.publish("events.matter-opened.m-1", b"{}", headers=stolen)
    assert await outbox.send(rows, letters)
    assert _publisher(outbox).taken_ids == 1


def _publisher(outbox: Outbox) -> Publisher:
    return cast("Publisher", outbox._publisher)
