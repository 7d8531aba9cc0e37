"""Does every letter reach the stream once, whatever becomes of the batch it travels in?"""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import nats
import pytest
from nats.aio.msg import Msg
from nats.js.api import DiscardPolicy, StreamConfig

from deploy.trial.embedded_nats import EmbeddedNats
from shared.bus.publisher import Publisher
from shared.clock import real_now
from shared.contracts.origin import HEADER, OriginKey
from shared.engine.outgoing import OutgoingEvent, StreamAwayError
from shared.errors import TemporaryError
from tests.barrier import settled
from tests.patience import PATIENCE

MANY = 120
BODY = b'{"x": 1}'
STREAM = StreamConfig(
    name="EVENTS", subjects=["events.>"], discard=DiscardPolicy.NEW, duplicate_window=3600,
    allow_atomic=True,
)  # fmt: skip


class Post:
    """A publisher with the rights of intake, and the stream seen by the administrator."""

    def __init__(self, publisher: Publisher, connection: Any) -> None:
        self.publisher = publisher
        self.nats = connection
        self.streams = connection.jetstream(timeout=PATIENCE)

    async def stream(self, **more: Any) -> None:
        """Make the stream anew."""
        await self.streams.add_stream(replace(STREAM, **more))

    async def stored(self) -> int:
        """How many events the stream holds."""
        return int((await self.streams.stream_info("EVENTS")).state.messages)


@pytest.fixture
async def post(nats_server: EmbeddedNats, nats_url: str) -> AsyncIterator[Post]:
    """A publisher on the real server."""
    admin = await nats.connect(nats_url)
    own = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    publisher = Publisher(own)
    await publisher.start()
    yield Post(publisher, admin)
    await own.close()
    await admin.close()


def letters(count: int, start: int = 0, *, kind: str = "conflict-cleared") -> list[OutgoingEvent]:
    """So many different letters."""
    return [
        OutgoingEvent(f"events.{kind}.c-{number}", f"id-{kind}-{number}", BODY)
        for number in range(start, start + count)
    ]


@pytest.mark.parametrize("count", [1, 49, 50, 500, 501, 1300])
async def test_letters_are_stored_in_their_order(post: Post, count: int) -> None:
    await post.stream()
    await post.publisher.publish(letters(count))
    assert await post.stored() == count
    last = await post.streams.get_msg("EVENTS", count)
    assert last.subject == f"events.conflict-cleared.c-{count - 1}"


async def test_many_letters_travel_as_one_batch(post: Post) -> None:
    await post.stream()
    await post.publisher.publish(letters(MANY))
    last = await post.streams.get_msg("EVENTS", MANY)
    assert last.headers["Nats-Batch-Sequence"] == str(MANY)


async def test_what_a_batch_repeats_is_dropped_and_the_rest_is_stored(post: Post) -> None:
    await post.stream()
    await post.publisher.publish(letters(10, start=60))
    await post.publisher.publish(letters(MANY))
    assert await post.stored() == MANY


async def test_a_letter_that_is_twice_in_a_batch_is_stored_once(post: Post) -> None:
    await post.stream()
    await post.publisher.publish([*letters(MANY), *letters(1)])
    assert await post.stored() == MANY


async def test_a_stream_that_takes_no_batches_gets_the_letters_one_by_one(post: Post) -> None:
    await post.stream(allow_atomic=False)
    await post.publisher.publish(letters(MANY))
    assert await post.stored() == MANY


async def test_a_server_that_knows_no_batches_is_not_taken_at_its_word(post: Post) -> None:
    """It stores what it can and acknowledges only the last: the others may be missing."""
    seen = 0

    async def old_server(message: Msg) -> None:
        nonlocal seen
        seen += 1
        if message.reply:
            await post.nats.publish(message.reply, json.dumps({"seq": seen}).encode())

    await post.nats.subscribe("events.>", cb=old_server)
    await settled(post.nats)
    await post.publisher.publish(letters(MANY))
    assert seen == 2 * MANY


async def test_a_full_stream_is_said_and_what_it_took_is_not_stored_again(post: Post) -> None:
    await post.stream(max_msgs=MANY // 2)
    with pytest.raises(StreamAwayError, match="refused"):
        await post.publisher.publish(letters(MANY))
    await post.streams.update_stream(STREAM)
    await post.publisher.publish(letters(MANY))
    assert await post.stored() == MANY


async def test_a_missing_stream_takes_nothing_and_does_not_answer(post: Post) -> None:
    with pytest.raises(StreamAwayError, match="no stream"):
        await post.publisher.publish(letters(1))
    assert not await post.publisher.is_answering()


async def test_a_stream_that_refuses_one_letter_is_there_nevertheless(post: Post) -> None:
    await post.stream(max_msg_size=10)
    [letter] = letters(1)
    with pytest.raises(TemporaryError, match="refused") as refused:
        await post.publisher.publish([replace(letter, body=b"x" * 100)])
    assert not isinstance(refused.value, StreamAwayError)
    assert await post.publisher.is_answering()


async def test_an_abandoned_batch_leaves_nothing_and_bars_nothing(post: Post) -> None:
    await post.stream()
    for number, letter in enumerate(letters(MANY // 2), start=1):
        headers = {"Nats-Msg-Id": letter.msg_id, "Nats-Batch-Id": "left-behind",
                   "Nats-Batch-Sequence": str(number)}  # fmt: skip
        await post.nats.publish(letter.subject, letter.body, headers=headers)
    await settled(post.nats)
    assert await post.stored() == 0
    await post.publisher.publish(letters(MANY))
    assert await post.stored() == MANY


async def test_more_batches_than_the_server_takes_at_once_do_not_stop_ours(post: Post) -> None:
    await post.stream()
    for number in range(60):
        headers = {"Nats-Batch-Id": f"left-{number}", "Nats-Batch-Sequence": "1"}
        await post.nats.publish("events.conflict-cleared.x", BODY, headers=headers)
    await settled(post.nats)
    await post.publisher.publish(letters(MANY))
    assert await post.stored() == MANY


@pytest.mark.parametrize("place", [0, MANY // 2, MANY], ids=["first", "amid", "last"])
async def test_a_letter_that_is_not_ours_to_publish_fails_aloud_and_holds_up_no_other(
    post: Post, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    monkeypatch.setattr("shared.bus.publisher.ACK_SECONDS", 3.0)
    await post.stream()
    some = letters(MANY)
    some[place:place] = letters(1, kind="matter-closed")
    with pytest.raises(TemporaryError, match="does not answer"):
        await post.publisher.publish(some)
    assert await post.stored() == MANY


async def _nobody_of_ours() -> bool:
    return True


@pytest.mark.parametrize("count", [1, MANY])
async def test_an_event_whose_message_id_somebody_used_first_is_said_all_the_same(
    post: Post, count: int
) -> None:
    await post.stream()
    stolen = {"Nats-Msg-Id": letters(1)[0].msg_id}
    await post.streams.publish("events.matter-opened.m-1", b"{}", headers=stolen)
    await post.publisher.publish(letters(count), first=_nobody_of_ours)
    assert await post.stored() == 1 + count
    assert post.publisher.taken_ids == 1


async def test_what_may_be_a_repetition_is_not_said_twice(post: Post) -> None:
    await post.stream()
    await post.publisher.publish(letters(MANY), first=_nobody_of_ours)
    await post.publisher.publish(letters(MANY))
    assert (await post.stored(), post.publisher.taken_ids) == (MANY, 0)


async def test_what_another_replica_has_said_meanwhile_is_not_taken_for_a_strangers(
    post: Post,
) -> None:
    await post.stream()
    await post.publisher.publish(letters(MANY))

    async def swept() -> bool:
        return False

    await post.publisher.publish(letters(MANY), first=swept)
    assert (await post.stored(), post.publisher.taken_ids) == (MANY, 0)


async def test_a_service_marks_what_other_systems_may_say_too(
    nats_server: EmbeddedNats, post: Post
) -> None:
    await post.stream()
    key = OriginKey(b"k" * 32, since=real_now())
    own = await nats.connect(nats_server.url("intake"), inbox_prefix=b"inbox.intake")
    publisher = Publisher(own, key)
    await publisher.start()
    await publisher.publish([*letters(1), *letters(MANY, kind="consent-granted")])
    await own.close()
    unmarked, first, last = [
        await post.streams.get_msg("EVENTS", number) for number in (1, 2, MANY + 1)
    ]
    assert HEADER not in unmarked.headers
    assert key.proves(first.subject, first.headers, first.data)
    assert key.proves(last.subject, last.headers, last.data)
