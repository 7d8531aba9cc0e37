"""How are events fetched from a durable consumer, fast and without waiting?

A pull engine that stands behind FastStream's batch subscriber: it keeps one pull request open,
gathers what arrives and hands over whatever is there, so that a lone event never waits for a batch
to fill. nats-py's own ``fetch`` is slower and loses time on half-filled batches (nats.py#1008).
"""

import asyncio
import json
from collections import deque
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error, TimeoutError

from shared.clock import monotonic

EXPIRES_SECONDS = 5.0
SILENT_SECONDS = 3 * EXPIRES_SECONDS
IN_ONE_BATCH = 500


class PullEngine:
    """What FastStream's batch subscriber calls its subscription: ``fetch`` and ``unsubscribe``."""

    def __init__(
        self, nats: Client, stream: str, durable: str, *, may_fetch: asyncio.Event
    ) -> None:
        self._nats = nats
        self._subject = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}"
        self._may_fetch = may_fetch
        self._waiting: deque[Msg] = deque()
        self._arrived = asyncio.Event()
        self._subscription: Subscription | None = None
        self._inbox = ""
        self._asked = 0  # events the open pull request may still bring
        self._asked_until = 0.0
        self._handed_over = False

    async def start(self) -> None:
        """Listen for events; nothing is asked for before the first ``fetch``."""
        self._inbox = self._nats.new_inbox()
        self._subscription = await self._nats.subscribe(self._inbox, cb=self._take)

    async def fetch(self, batch: int, timeout: float | None = None) -> list[Msg]:  # noqa: ASYNC109
        """Whatever has arrived, up to ``batch``, in stream order; waits for the first event.

        FastStream asks again to fill its batch: that second call ends it at once.
        """
        del timeout
        if self._handed_over:
            self._handed_over = False
            raise TimeoutError
        await self._may_fetch.wait()
        await self._ask_if_low()
        while not self._waiting:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), timeout=1.0)
            except asyncio.TimeoutError:
                if not self._may_fetch.is_set():
                    raise TimeoutError from None
            await self._ask_if_low()
        size = min(batch, IN_ONE_BATCH, len(self._waiting))
        self._handed_over = size < batch
        return [self._waiting.popleft() for _ in range(size)]

    def forget_request(self) -> None:
        """The connection was lost: the open pull request is gone with it."""
        self._asked = 0

    def drop_waiting(self) -> None:
        """Another replica consumes now; what was not worked on will be delivered to it."""
        self._waiting.clear()
        self._asked = 0

    async def unsubscribe(self) -> None:
        """Stop listening; what was not worked on is delivered again after ``ack_wait``."""
        if self._subscription is not None and not self._nats.is_closed:
            try:
                await self._subscription.unsubscribe()
            except Error:  # the connection went first
                return

    async def _take(self, message: Msg) -> None:
        if not message.reply:  # a status: the pull request has ended
            self._asked = 0
        else:
            self._asked = max(self._asked - 1, 0)
            self._waiting.append(message)
        self._arrived.set()

    async def _ask_if_low(self) -> None:
        if self._asked > IN_ONE_BATCH // 2 and monotonic() < self._asked_until:
            return
        if len(self._waiting) >= IN_ONE_BATCH:
            return
        request: dict[str, Any] = {"batch": IN_ONE_BATCH, "expires": int(EXPIRES_SECONDS * 1e9)}
        try:
            await self._nats.publish(self._subject, json.dumps(request).encode(), reply=self._inbox)
        except Error:  # away: asked again after the reconnect
            self._asked = 0
            await asyncio.sleep(0.2)
            return
        self._asked = IN_ONE_BATCH
        self._asked_until = monotonic() + EXPIRES_SECONDS
