"""How do announced events reach the stream, many at once and none unacknowledged?"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from shared.bus.requests import INFO_SECONDS, STREAM
from shared.contracts.envelope import CONTENT_TYPE
from shared.contracts.origin import OriginKey
from shared.engine.outgoing import IsFirst, OutgoingEvent, StreamAwayError
from shared.errors import TemporaryError
from shared.telemetry.logs import log

WINDOW = 500
TOGETHER_FROM = 50  # events: fewer are quicker one by one than as a batch with its own files
BATCHES_DISABLED = 10174
NO_ROOM = frozenset({10023, 10028, 10047, 10077})  # of the server, the account, or the stream
NO_STREAM = {"error": {"description": "no stream takes this subject"}}
ACK_SECONDS = 10.0

PublishAck = dict[str, Any]
Future = asyncio.Future[PublishAck]
PublishAcks = dict[str, Future]


class Publisher:
    """Publishes to the stream in a pipeline and waits for every acknowledgement.

    Many events go as one atomic batch, which the stream writes to disk once: where every write is
    synced (``sync_interval: always``) that is ten times as fast as one by one, and as durable.
    """

    def __init__(self, nats: Client, origin_key: OriginKey | None = None) -> None:
        self._nats = nats
        self._origin_key = origin_key
        self._pending: dict[str, Future] = {}
        self._inbox = ""
        self._name = ""
        self._count = 0
        self._batches = True
        self.taken_ids = 0  # how many events found their identity used by somebody else

    async def start(self) -> None:
        """Listen for acknowledgements."""
        self._inbox = self._nats.new_inbox()
        self._name = self._inbox.rsplit(".", 1)[1]
        await self._nats.subscribe(f"{self._inbox}.*", cb=self._acknowledged)

    async def publish(
        self, events: Sequence[OutgoingEvent], *, first: IsFirst | None = None
    ) -> None:
        """All of these are in the stream when this returns (a repeated one once).

        ``first``: says, where the stream has one of these already, whether none of ours can have
        published it. Then somebody else has used its identity, and it is published under none;
        consumers know events by their source and id.

        Raises TemporaryError when the stream refuses one of these or does not answer in time, and
        StreamAwayError when it takes nothing at all; publishing again is always safe, the stream
        drops what it has by its identity.
        """
        if not self._nats.is_connected:
            raise StreamAwayError("the event stream is away")
        for start in range(0, len(events), WINDOW):
            some = events[start : start + WINDOW]
            stored: int | None = 0
            if len(some) >= TOGETHER_FROM:
                stored = await self._publish_together(some)
            if stored != len(some):
                await self._publish_each(some, first=first if stored == 0 else None)

    async def is_answering(self) -> bool:
        """Whether the stream is there, whatever it makes of one event."""
        if not self._nats.is_connected:
            return False
        asked = f"$JS.API.STREAM.INFO.{STREAM}"
        try:
            answer = await self._nats.request(asked, b"", timeout=INFO_SECONDS)
        except (Error, asyncio.TimeoutError):
            return False
        return "error" not in json.loads(answer.data)

    async def _publish_together(self, events: Sequence[OutgoingEvent]) -> int | None:
        """How many are stored now, all or none; None when that is not known.

        None are where the stream takes no batch, or has some of these already.

        A server too old for batches stores each event as it comes and answers for the last only:
        its answer counts nothing, and proves nothing about the others.
        """
        if not self._batches:
            return 0
        batch = f"{self._name}-{self._next()}"
        async with self._answers() as answers:
            for number, event in enumerate(events, start=1):
                more = {"Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
                if number < len(events):
                    await self._send(event, more)
                else:
                    await self._ask(event, answers, more | {"Nats-Batch-Commit": "1"})
            answer = await _first(answers)
        if answer is None:  # lost, or one of these is not ours to publish: each for itself
            return None
        error = answer.get("error")
        knows_batches = error is not None or answer.get("count") == len(events)
        if not knows_batches or (error and error.get("err_code") == BATCHES_DISABLED):
            self._batches = False
        if not knows_batches:
            return None
        return 0 if error else len(events)

    async def _publish_each(
        self, events: Sequence[OutgoingEvent], *, first: IsFirst | None
    ) -> None:
        answers = await self._publish_under(events, named=True)
        taken = [event for event, answer in zip(events, answers, strict=True)
                 if answer.get("duplicate")]  # fmt: skip
        if first is not None and taken and await first():
            self.taken_ids += len(taken)
            log.warning("message_id_taken", size=len(taken))
            await self._publish_under(taken, named=False)

    async def _publish_under(
        self, events: Sequence[OutgoingEvent], *, named: bool
    ) -> list[PublishAck]:
        """What the stream answers for each; ``named``: it drops what it has by its identity."""
        async with self._answers() as answers:
            for event in events:
                await self._ask(event, answers, {}, named=named)
            all_answers = await _all(answers)
        refused = [answer["error"] for answer in all_answers if "error" in answer]
        if refused:
            why, said = refused[0], f"the event stream refused: {refused[0].get('description')}"
            takes_nothing = why == NO_STREAM["error"] or why.get("err_code") in NO_ROOM
            raise StreamAwayError(said) if takes_nothing else TemporaryError(said)
        return all_answers

    @asynccontextmanager
    async def _answers(self) -> AsyncIterator[PublishAcks]:
        """The answers one publication waits for; one that comes later finds nobody."""
        answers: PublishAcks = {}
        try:
            yield answers
        except (Error, asyncio.TimeoutError) as failure:
            raise TemporaryError("the event stream does not answer") from failure
        finally:
            for token in answers:
                self._pending.pop(token, None)

    async def _ask(
        self,
        event: OutgoingEvent,
        answers: PublishAcks,
        more: dict[str, str],
        *,
        named: bool = True,
    ) -> None:
        """Send, and have the answer come to one of ``answers``."""
        token = self._next()
        future: Future = asyncio.get_running_loop().create_future()
        self._pending[token] = answers[token] = future
        await self._send(event, more, reply=f"{self._inbox}.{token}", named=named)

    async def _send(
        self, event: OutgoingEvent, more: dict[str, str], reply: str = "", *, named: bool = True
    ) -> None:
        headers = {"Content-Type": CONTENT_TYPE, **more}
        if named:
            headers["Nats-Msg-Id"] = event.msg_id
        if self._origin_key is not None:
            headers |= self._origin_key.headers(event.subject, event.body)
        await self._nats.publish(event.subject, event.body, reply=reply, headers=headers)

    def _next(self) -> str:
        self._count += 1
        return str(self._count)

    async def _acknowledged(self, message: Msg) -> None:
        future = self._pending.get(message.subject.rsplit(".", 1)[1])
        if future is None or future.done():
            return
        if message.headers and message.headers.get("Status") == "503":
            future.set_result(dict(NO_STREAM))
            return
        future.set_result(json.loads(message.data or b"{}"))


async def _all(answers: PublishAcks) -> list[PublishAck]:
    return await asyncio.wait_for(asyncio.gather(*answers.values()), ACK_SECONDS)


async def _first(answers: PublishAcks) -> PublishAck | None:
    """The one answer there is to be; None when it does not come in time."""
    try:
        [answer] = await _all(answers)
    except asyncio.TimeoutError:
        return None
    return answer
