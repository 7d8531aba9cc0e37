"""How are events fetched from a durable consumer, fast and without waiting?

A pull engine that keeps one pull request open, gathers what arrives and hands over whatever is
there, so that a lone event never waits for a batch to fill. nats-py's own ``fetch`` is slower and
loses time on half-filled batches (nats.py#1008).

Whoever begins to consume first asks for what the consumer before it had in its hands: it comes
back at once instead of after ``ack_wait``, and before anything newer. All of it is brought in
before any of it is handed over: what was on its way to a dead consumer the server offers again by
itself, before what that consumer had received earlier, and the order of the stream has to hold.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error, TimeoutError

from shared.clock import monotonic

EXPIRES_SECONDS = 5.0
SILENT_SECONDS = 3 * EXPIRES_SECONDS
IN_ONE_BATCH = 500
BYTES_IN_ONE_BATCH = 8 * 1024 * 1024
BYTES_ASKED = 2 * BYTES_IN_ONE_BATCH  # while one batch is decided the next one arrives
INFO_SECONDS, WITHOUT_TURN_SECONDS, AWAY_SECONDS = 2.0, 0.1, 0.2
GIVEN_BACK_AT_MOST = 1_000_000  # places in the stream; what lies beyond comes after ``ack_wait``
AT_ONCE = 10_000  # places given back before others of the process have their turn


def _place_in_stream(message: Msg) -> int:
    return message.metadata.sequence.stream


def _once() -> int:
    """The turn of a consumer that never has to share."""
    return 1


class PullEngine:
    """The events of one durable, in stream order: ``fetch`` them, or ask for them again."""

    def __init__(
        self,
        nats: Client,
        stream: str,
        durable: str,
        *,
        may_fetch: asyncio.Event,
        turn: Callable[[], int] = _once,
    ) -> None:
        self._nats = nats
        self._place = f"{stream}.{durable}"
        self._may_fetch = may_fetch
        self._turn = turn  # 0: not now; rises whenever the right to consume was taken, not kept
        self._taken_over = 0  # the turn whose predecessor's events have been asked for
        self._waiting: deque[Msg] = deque()
        self._arrived = asyncio.Event()
        self._subscription: Subscription | None = None
        self._inbox = ""
        self._bytes_waiting = 0
        self._asked = 0  # events the open pull request may still bring
        self._asked_until = 0.0

    async def start(self) -> None:
        """Listen for events; nothing is asked for before the first ``fetch``."""
        self._inbox = self._nats.new_inbox()
        self._subscription = await self._nats.subscribe(
            self._inbox, cb=partial(self._take, self._inbox)
        )

    async def fetch(self, batch: int) -> list[Msg]:
        """Whatever has arrived, up to ``batch``, in stream order; waits for the first event.

        Raises nats' TimeoutError when it is not this process's turn, or the server is away: try
        again. A fetch that is cancelled takes nothing.
        """
        if not self._may_fetch.is_set():
            await self._let_go()
            await self._may_fetch.wait()
        await self._have_turn()
        await self._ask_if_low()
        while not self._waiting:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), timeout=1.0)
            except asyncio.TimeoutError:
                if not self._may_fetch.is_set():
                    raise TimeoutError from None
            await self._have_turn()
            await self._ask_if_low()
        return self._take_batch(min(batch, IN_ONE_BATCH))

    def _take_batch(self, most: int) -> list[Msg]:
        """What has arrived, cut by number and by size; one event at least."""
        taken: list[Msg] = []
        room = BYTES_IN_ONE_BATCH
        while self._waiting and len(taken) < most:
            size = len(self._waiting[0].data)
            if taken and size > room:
                break
            room -= size
            taken.append(self._waiting.popleft())
        self._bytes_waiting -= sum(len(each.data) for each in taken)
        return taken

    def start_over(self) -> None:
        """Ask again for whatever is not answered for: a connection or a batch was lost."""
        self._taken_over = 0

    async def _have_turn(self) -> None:
        """Go on only as the one who consumes: a process that slept must notice before it asks."""
        turn = self._turn()
        if not turn:
            await self._let_go()
            await asyncio.sleep(WITHOUT_TURN_SECONDS)
            raise TimeoutError
        if turn != self._taken_over:
            await self._take_over(turn)

    async def _take_over(self, turn: int) -> None:
        """Give back, in the name of the consumer before us, everything it did not answer for.

        The server ignores what has been answered for, and delivers what is given back first.
        """
        if not self._nats.is_connected:  # what is said now would be said after the reconnect
            await asyncio.sleep(AWAY_SECONDS)
            raise TimeoutError
        try:
            await self._listen_afresh()
            info = await self._consumer_info()
            if info["num_ack_pending"]:
                await self._give_back(info)
                await self._bring_in(info["num_ack_pending"])
        except Error as failure:  # away, or not answering: the next fetch tries again
            await asyncio.sleep(AWAY_SECONDS)
            raise TimeoutError from failure
        self._taken_over = turn

    async def _let_go(self) -> None:
        """It is another one's turn: what an open request may still bring must not come here."""
        if self._subscription is not None:
            await self.unsubscribe()
            self._inbox = ""
            self._forget()

    async def _listen_afresh(self) -> None:
        """What an earlier request of ours may still bring is not heard: it would come twice."""
        await self.unsubscribe()
        await self.start()
        self._forget()

    def _forget(self) -> None:
        self._taken_over = 0
        self._waiting.clear()
        self._bytes_waiting = 0
        self._asked = 0

    async def _give_back(self, info: dict[str, Any]) -> None:
        """Refuse every place after the floor; the last one is answered once all are noted."""
        first, last = info["ack_floor"]["stream_seq"] + 1, info["delivered"]["stream_seq"]
        last = min(last, first + GIVEN_BACK_AT_MOST)
        counted = info["delivered"]["consumer_seq"]
        for sequence in range(first, last + 1):
            answer_to = f"$JS.ACK.{self._place}.1.{sequence}.{counted}.0.0"
            if sequence < last and sequence % AT_ONCE:
                await self._nats.publish(answer_to, b"-NAK")
            else:  # the server has noted all until here
                await self._nats.request(answer_to, b"-NAK", timeout=INFO_SECONDS)

    async def _bring_in(self, count: int) -> None:
        """Wait for what was given back, and put it in the order of the stream."""
        while len(self._waiting) < count:
            before = len(self._waiting)
            await self._ask(min(count - before, IN_ONE_BATCH), only_what_is_there=True)
            while self._asked:
                self._arrived.clear()
                try:
                    await asyncio.wait_for(self._arrived.wait(), timeout=INFO_SECONDS)
                except asyncio.TimeoutError:
                    raise TimeoutError from None
            if len(self._waiting) == before:  # the rest was answered for in the meantime
                break
        self._waiting = deque(sorted(self._waiting, key=_place_in_stream))

    async def _consumer_info(self) -> dict[str, Any]:
        answer = await self._nats.request(
            f"$JS.API.CONSUMER.INFO.{self._place}", b"", timeout=INFO_SECONDS
        )
        info: dict[str, Any] = json.loads(answer.data)
        if "error" in info:
            raise TimeoutError
        return info

    async def unsubscribe(self) -> None:
        """Stop listening; what was not worked on is delivered again after ``ack_wait``."""
        if self._subscription is not None and not self._nats.is_closed:
            try:
                await self._subscription.unsubscribe()
            except Error:  # the connection went first
                return
            finally:
                self._subscription = None

    async def _take(self, inbox: str, message: Msg) -> None:
        if inbox != self._inbox:  # had arrived before we asked for everything again
            return
        if not message.reply:  # a status: the pull request has ended
            self._asked = 0
        else:
            self._asked = max(self._asked - 1, 0)
            self._waiting.append(message)
            self._bytes_waiting += len(message.data)
        self._arrived.set()

    async def _ask_if_low(self) -> None:
        if self._asked > IN_ONE_BATCH // 2 and monotonic() < self._asked_until:
            return
        if len(self._waiting) >= IN_ONE_BATCH or self._bytes_waiting >= BYTES_IN_ONE_BATCH:
            return
        if not self._nats.is_connected:
            await self._ask_nothing_while_away()
            return
        try:
            await self._ask(IN_ONE_BATCH)
        except Error:  # away: asked again after the reconnect
            await self._ask_nothing_while_away()

    async def _ask(self, batch: int, *, only_what_is_there: bool = False) -> None:
        """Ask for so many events: those to come too, or only those that can be sent now."""
        request: dict[str, Any] = {"batch": batch, "max_bytes": BYTES_ASKED}
        if only_what_is_there:
            request["no_wait"] = True
        else:
            request["expires"] = int(EXPIRES_SECONDS * 1e9)
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{self._place}"
        await self._nats.publish(subject, json.dumps(request).encode(), reply=self._inbox)
        self._asked = batch
        self._asked_until = monotonic() + EXPIRES_SECONDS

    async def _ask_nothing_while_away(self) -> None:
        """The client would say it after the reconnect, when another replica may have the turn:
        half of the events would come here.
        """
        self._asked = 0
        if not self._waiting:
            await asyncio.sleep(AWAY_SECONDS)
