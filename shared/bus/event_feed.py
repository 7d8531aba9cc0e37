"""How does one batch of events after the other get from the stream to the engine?

A plain loop around the pull engine: fetch what is there, hand it over, and only then fetch more.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nats.aio.msg import Msg
from nats.errors import TimeoutError

from shared.bus.pull_engine import IN_ONE_BATCH, PullEngine
from shared.engine.received_events import Received
from shared.telemetry.logs import log

STOP_SECONDS = 15.0
AFTER_LOSS_SECONDS = 0.2

Take = Callable[[Sequence[Received]], Awaitable[Any]]


class EventFeed:
    """Hands every batch of a service's durable to ``take``, one at a time so that order holds."""

    def __init__(self, engine: PullEngine, take: Take) -> None:
        self._engine = engine
        self._take = take
        self._in_hand = asyncio.Lock()
        self._leaving = False

    async def run(self) -> None:
        """For as long as the process runs; a batch that could not be taken comes again, first."""
        await self._engine.start()
        while not self._leaving:
            try:
                messages = await self._engine.fetch(IN_ONE_BATCH)
            except TimeoutError:  # not our turn, or the server is away
                continue
            async with self._in_hand:
                await self._hand_over(messages)

    async def stop(self) -> None:
        """Take no batch more, and let the one in hand finish; some seconds at most."""
        self._leaving = True
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._in_hand.acquire()  # and keep it: whatever was fetched comes again
        except asyncio.TimeoutError:
            log.warning("batch_left_unfinished")
        await self._engine.unsubscribe()

    def start_over(self) -> None:
        """The connection was lost: ask again for whatever is not answered for."""
        self._engine.start_over()

    async def _hand_over(self, messages: Sequence[Msg]) -> None:
        try:
            await self._take([received_from(each) for each in messages])
        except Exception as failure:
            log.error("batch_lost", error=type(failure).__name__)
            self._engine.start_over()
            await asyncio.sleep(AFTER_LOSS_SECONDS)


def received_from(message: Msg) -> Received:
    """A JetStream message as the engine sees it."""
    meta = message.metadata

    async def nak(delay: float) -> None:
        await message.nak(delay=delay)

    return Received(
        sequence=meta.sequence.stream,
        subject=message.subject,
        headers=message.headers,
        body=message.data,
        deliveries=meta.num_delivered or 1,
        stored_at=meta.timestamp,
        ack=message.ack,
        nak=nak,
        in_progress=message.in_progress,
    )
