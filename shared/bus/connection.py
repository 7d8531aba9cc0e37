"""How is a service joined to NATS?

FastStream declares the subscriber and runs it; behind it stands our pull engine. The connection is
kept for ever: when it cannot be, the process ends, so that its supervisor sees it.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from faststream.middlewares import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.message import NatsBatchMessage
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import ConsumerConfig

from shared.bus.pull_engine import IN_ONE_BATCH, PullEngine
from shared.bus.requests import STREAM
from shared.engine.received_events import Received
from shared.telemetry.logs import log

ACK_WAIT_SECONDS = 30
STOP_SECONDS = 15.0
AFTER_LOSS_SECONDS = 0.2
CONNECTION_LOST_FOR_GOOD = 70

Take = Callable[[Sequence[Received]], Awaitable[Any]]


class Bus:
    """One service's broker, its one subscriber, and its connection."""

    def __init__(
        self,
        url: str,
        service: str,
        may_consume: asyncio.Event,
        turn: Callable[[], int] = lambda: 1,
    ) -> None:
        self._service = service
        self._may_consume = may_consume
        self._turn = turn
        self._engine: PullEngine | None = None
        self._client: Client | None = None
        self._leaving = False
        self.permission_violations = 0
        self.broker = NatsBroker(
            url,
            logger=None,
            name=f"clientele-{service}",
            inbox_prefix=f"_INBOX.{service}".encode(),
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            ping_interval=10,
            max_outstanding_pings=2,
            graceful_timeout=STOP_SECONDS,
            error_cb=self._error,
            closed_cb=self._closed,
            reconnected_cb=self._reconnected,
        )

    async def connect(self) -> Client:
        """Connect, waiting for the server as long as it takes."""
        client: Client = await self.broker.connect()
        self._client = client
        return client

    @property
    def is_connected(self) -> bool:
        """Whether the server is there just now."""
        return self._client is not None and self._client.is_connected

    def consume(self, nats: Client, take: Take) -> None:
        """Hand every batch of this service's durable to ``take`` once the broker has started."""
        engine = PullEngine(
            nats, STREAM, self._service, may_fetch=self._may_consume, turn=self._turn
        )
        subscriber = self.broker.subscriber(
            "events.>",
            stream=JStream(STREAM, declare=False),
            durable=self._service,
            pull_sub=PullSub(batch=True, batch_size=IN_ONE_BATCH, timeout=5.0),
            config=ConsumerConfig(ack_wait=ACK_WAIT_SECONDS, max_deliver=-1),
            ack_policy=AckPolicy.MANUAL,
            decoder=_undecoded,
        )

        @subscriber
        async def events(_: Any) -> None:
            # from the context: a parameter would cost a visit to a thread
            message: NatsBatchMessage = self.broker.context.get("message")
            try:
                await take([received_from(raw) for raw in message.raw_message])
            except Exception as failure:
                log.error("batch_lost", error=type(failure).__name__)
                engine.start_over()  # all of it comes again, before anything newer
                await asyncio.sleep(AFTER_LOSS_SECONDS)

        self._engine = engine
        _stand_behind(subscriber, engine)

    async def start(self) -> None:
        """Start consuming."""
        await self.broker.start()

    async def stop(self) -> None:
        """Stop fetching and let the batch in hand finish; the connection stays."""
        self._leaving = True
        self._may_consume.clear()
        for subscriber in self.broker.subscribers:
            await subscriber.stop()

    async def disconnect(self) -> None:
        """Close the connection: everything has been said."""
        self._leaving = True
        await self.broker.stop()

    async def _reconnected(self) -> None:
        log.info("nats_reconnected")
        if self._engine is not None:
            self._engine.start_over()

    async def _error(self, failure: Exception) -> None:
        if "permissions violation" in str(failure).lower():
            self.permission_violations += 1
        log.warning("nats_error", error=type(failure).__name__)

    async def _closed(self) -> None:
        if not self._leaving:
            log.error("nats_closed_for_good")
            os._exit(CONNECTION_LOST_FOR_GOOD)


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


async def _undecoded(message: Any) -> Any:
    """Events are decoded one by one later: one that cannot be must not take the batch with it."""
    return [b""] * len(message.raw_message)


def _stand_behind(subscriber: Any, engine: PullEngine) -> None:
    """Let FastStream's own consuming loop fetch from our engine."""

    async def create_subscription() -> None:
        if subscriber.subscription:
            return
        await engine.start()
        subscriber.subscription = engine
        subscriber.add_task(subscriber._consume_pull)

    subscriber._create_subscription = create_subscription
