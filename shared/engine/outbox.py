"""How does no announced event get lost between the commit and the stream?

One outbox row per batch is written in the batch's own transaction. It is published from memory
right after the commit; the sweeper publishes what a crash or an absent stream left behind, under
the same identities. Rows are kept for seven days; in them, what delivers names or free text is
sealed.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from cryptography.exceptions import InvalidTag

from shared.clock import real_now
from shared.contracts.envelope import MAX_EVENT_BYTES, Event, encode
from shared.engine.outgoing import EventPublisher, OutgoingEvent, StreamAwayError
from shared.errors import PermanentError, TemporaryError
from shared.mongo import Database, InsertOne, Operation, answering
from shared.state.keys import KeyRing
from shared.telemetry.logs import log

MAX_ROW_BYTES = 4 * 1024 * 1024
SWEEP_SECONDS = 5.0
PUT_OFF_MOST_SECONDS = 300.0
MANY_TRIES = 3


class OversizedEventError(PermanentError):
    """An announced event is larger than 256 KiB; the stream would never take it."""


Row = dict[str, Any]


def rows_for(events: Sequence[Event[Any]], keys: KeyRing) -> tuple[list[Row], list[OutgoingEvent]]:
    """The rows to write with the batch, and the outgoing to publish after it."""
    outgoing = [outgoing_for(event) for event in events]
    sealed = {event.msg_id for event in events if event.data.DELIVERS_PRIVATE}
    rows: list[Row] = []
    for some in _chunks(outgoing):
        content = [_kept(each, keys, sealed=each.msg_id in sealed) for each in some]
        rows.append({"_id": uuid4().hex, "at": real_now(), "waiting": True, "events": content})
    return rows, outgoing


def outgoing_for(event: Event[Any]) -> OutgoingEvent:
    """The event as it travels; refuses one the stream could not take."""
    body = encode(event)
    if len(body) > MAX_EVENT_BYTES:
        raise OversizedEventError
    return OutgoingEvent(event.nats_subject, event.msg_id, body)


def inserts(rows: Iterable[Row]) -> list[Operation]:
    """The rows as part of a transaction."""
    return [InsertOne(row) for row in rows]


class Outbox:
    """Publishes committed rows, marks them, and sweeps up what was left."""

    def __init__(self, database: Database, publisher: EventPublisher, keys: KeyRing) -> None:
        self._keys = keys
        self._rows = database.collection("outbox")
        self._publisher = publisher
        self._published: list[str] = []

    async def send(self, rows: Sequence[Row], outgoing: Sequence[OutgoingEvent]) -> bool:
        """Publish what has just been committed; False leaves it to the sweeper."""
        if not rows:
            return True
        try:
            await self._publisher.publish(outgoing, first=partial(self._untouched, rows))
        except TemporaryError:
            return False
        self._published.extend(row["_id"] for row in rows)
        return True

    async def _untouched(self, rows: Sequence[Row]) -> bool:
        """Whether no sweeper has taken one of these up: this process may have stood still for so
        long that another replica published them.
        """
        query = {"_id": {"$in": [row["_id"] for row in rows]}, "swept": True}
        with answering():
            return bool(await self._rows.count_documents(query) == 0)

    async def mark_published(self) -> None:
        """Note in the database which rows are done; late or twice does no harm.

        Only then do the seven days begin for which a row is kept.
        """
        done, self._published = self._published, []
        if not done:
            return
        change = {"$unset": {"waiting": ""}, "$set": {"published_at": real_now()}}
        try:
            with answering():
                await self._rows.update_many({"_id": {"$in": done}}, change)
        except TemporaryError:
            self._published.extend(done)
            raise

    async def sweep(self) -> int:
        """Publish rows that a crash or an absent stream left; how many rows went out.

        A row the stream refuses is put off and blocks none behind it. Where the stream takes none,
        all stay for the next sweep, and TemporaryError is raised: once it is back, nothing waits.
        """
        left = await self._left_behind()
        await self._note_swept(left)
        try:
            gone = [await self._goes(row) for row in left]
        finally:
            await self.mark_published()
        if gone and not any(gone):
            raise TemporaryError("announced events could not be published")
        return sum(gone)

    async def _goes(self, row: Row) -> bool:
        """Whether the row is in the stream now; refused, it is put off."""
        try:
            await self._publisher.publish([_taken_out(each, self._keys) for each in row["events"]])
        except StreamAwayError:
            raise
        except (TemporaryError, InvalidTag) as failure:
            if not isinstance(failure, InvalidTag) and not await self._publisher.is_answering():
                raise StreamAwayError("the event stream does not answer") from failure
            types = sorted({each["s"].split(".")[1] for each in row["events"]})
            log.warning("outbox_row_refused", types=types, error=type(failure).__name__)
            await self._put_off(row)
            return False
        self._published.append(row["_id"])
        return True

    async def _note_swept(self, rows: Sequence[Row]) -> None:
        """Before they are published, or who committed them would take us for a stranger."""
        if rows:
            with answering():
                those = {"_id": {"$in": [row["_id"] for row in rows]}}
                await self._rows.update_many(those, {"$set": {"swept": True}})

    async def waiting(self) -> tuple[int, float]:
        """How many rows wait, and for how many seconds the oldest has."""
        with answering():
            count = await self._rows.count_documents({"waiting": True})
            oldest = await self._rows.find_one({"waiting": True}, {"at": 1}, sort=[("at", 1)])
        return count, (real_now() - oldest["at"]).total_seconds() if oldest else 0.0

    async def refused(self) -> int:
        """How many rows were refused three times or more."""
        query = {"waiting": True, "tries": {"$gte": MANY_TRIES}}
        with answering():
            return int(await self._rows.count_documents(query))

    async def _left_behind(self) -> list[Row]:
        now = real_now()
        query = {"waiting": True, "next_at": {"$not": {"$gt": now}}}
        with answering():
            rows = await self._rows.find(query).sort("at", 1).limit(100).to_list(100)
        return [row for row in rows if row["_id"] not in self._published and not _young(row)]

    async def _put_off(self, row: Row) -> None:
        tries = row.get("tries", 0) + 1
        seconds = min(SWEEP_SECONDS * 2 ** (tries - 1), PUT_OFF_MOST_SECONDS)
        later = real_now() + timedelta(seconds=seconds)
        with answering():
            change = {"$set": {"next_at": later, "tries": tries}}
            await self._rows.update_one({"_id": row["_id"]}, change)


def _kept(event: OutgoingEvent, keys: KeyRing, *, sealed: bool) -> Row:
    row: Row = {"s": event.subject, "i": event.msg_id}
    if sealed:
        return {**row, "x": keys.seal_outgoing(event.msg_id, event.body)}
    return {**row, "b": event.body}


def _taken_out(row: Row, keys: KeyRing) -> OutgoingEvent:
    sealed = row.get("x")
    body = keys.open_outgoing(row["i"], bytes(sealed)) if sealed else bytes(row["b"])
    return OutgoingEvent(row["s"], row["i"], body)


def _young(row: Row) -> bool:
    return bool((real_now() - row["at"]).total_seconds() < SWEEP_SECONDS)


def _chunks(outgoing: Sequence[OutgoingEvent]) -> Iterable[list[OutgoingEvent]]:
    some: list[OutgoingEvent] = []
    size = 0
    for event in outgoing:
        if some and size + len(event.body) > MAX_ROW_BYTES:
            yield some
            some, size = [], 0
        some.append(event)
        size += len(event.body)
    if some:
        yield some
