"""How is a service joined to NATS?

One connection, FastStream's: requests are answered by its subscribers, events are fetched by our
pull engine over the same connection. It is kept for ever: when it cannot be, the process ends, so
that its supervisor sees it.
"""

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from faststream.nats import NatsBroker
from nats.aio.client import Client
from nats.errors import ConnectionClosedError
from prometheus_client import CollectorRegistry

from shared.bus.event_feed import EventFeed, Take
from shared.bus.patience import done_within
from shared.bus.pull_engine import PullEngine
from shared.bus.pulse import FORGOTTEN_SECONDS, Pulse
from shared.bus.request_metrics import metrics_of
from shared.bus.request_reply import Answering, JsonCodec, subscribe
from shared.bus.requests import STREAM
from shared.contracts.requests import RequestType
from shared.telemetry.logs import log

FINISH_SECONDS, KNOWN_SECONDS = 5.0, 10.0
LEAVE_SECONDS, AWAY_SECONDS = 10.0, 2.0  # for NATS to know that a service leaves, there or not
# Whoever was asked may answer once, for a minute, over the connection by which it was asked: a
# process that stood still or was cut off tries it later, and nobody waits for it any more.
LATE_ANSWER = 'permissions violation for publish to "inbox.'
CONNECTION_LOST_FOR_GOOD = 70


class Bus:
    """One service's broker: its connection, the requests it answers, the events it is given."""

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
        self._feed: EventFeed | None = None
        self._client: Client | None = None
        self._pulse: Pulse | None = None
        self._leaving = False
        self._asked = True  # whether this replica is among those that are asked
        self.permission_violations = 0
        self.broker = broker_at(
            url,
            name=f"clientele-{service}",
            inbox_prefix=f"inbox.{service}".encode(),
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            ping_interval=4,
            max_outstanding_pings=2,
            error_cb=self._error,
            closed_cb=self._closed,
            reconnected_cb=self._reconnected,
        )

    async def connect(self) -> Client:
        """Connect, waiting for the server as long as it takes."""
        client: Client = await self.broker.connect()
        self._client = client
        self._pulse = Pulse(client)
        return client

    @property
    def is_connected(self) -> bool:
        """Whether the server is there just now, and answers."""
        return self._pulse is not None and self._pulse.answers

    async def keep_pulse(self) -> None:
        """See for as long as the process runs whether the server answers."""
        if self._pulse is not None:
            await self._pulse.keep()
            await self._closed()

    async def answer(
        self,
        requests: Iterable[RequestType],
        answers: Mapping[str, Answering],
        registry: CollectorRegistry,
    ) -> None:
        """Answer these requests from now on; their figures go to ``registry``.

        Back once the server knows it: who is told that a service is there finds it.
        """
        subscribe(self.broker, self._service, requests, answers)
        self.broker.add_middleware(metrics_of(self._service, registry))
        await self.broker.start()
        if self._client is not None:
            # away again: the client says it anew after the reconnect
            await done_within(KNOWN_SECONDS, self._client.flush(FORGOTTEN_SECONDS))

    def feed(self, nats: Client, take: Take) -> EventFeed:
        """The events of this service's durable, handed to ``take`` while the feed runs."""
        engine = PullEngine(
            nats, STREAM, self._service, may_fetch=self._may_consume, turn=self._turn
        )
        self._feed = EventFeed(engine, take)
        return self._feed

    async def stop(self) -> None:
        """Stop fetching and let the batch in hand finish; the connection stays."""
        self._leaving = True
        self._may_consume.clear()
        if self._feed is not None:
            await self._feed.stop()

    async def finish(self) -> None:
        """Leave the queue groups first, then let the requests that came until then be answered.

        FastStream's own stop lets go of what arrives while it waits: its asker would wait in vain,
        although another replica could have answered.
        """
        if self._client is not None:
            await self._leave_groups(self._client)

    async def be_asked(self, wanted: bool) -> None:
        """Join the queue groups, or leave every request to other replicas: NATS knows not who can
        answer, and would go on giving this one its share.
        """
        if self._client is None or self._leaving or wanted == self._asked:
            return
        self._asked = wanted
        log.info("requests_taken" if wanted else "requests_left_to_others")
        if wanted:
            await asyncio.gather(*(each.start() for each in self._subscribers()))
        else:
            await self._leave_groups(self._client)

    async def _leave_groups(self, client: Client) -> None:
        async def leave() -> None:
            left = [each.subscription.drain() for each in self._subscribers() if each.subscription]
            await asyncio.gather(*left)
            await client.flush(FORGOTTEN_SECONDS)  # meanwhile whatever has arrived begins

        patience = LEAVE_SECONDS if client.is_connected else AWAY_SECONDS
        if not await done_within(patience, leave()):  # the connection went first, or will
            log.warning("requests_not_left")
        for subscriber in self._subscribers():
            subscriber.subscription = None
        await asyncio.gather(*(each.stop() for each in self._subscribers()))

    async def disconnect(self) -> None:
        """Close the connection: everything has been said."""
        self._leaving = True
        with suppress(ConnectionClosedError):  # it was lost before
            await self.broker.stop()

    def _subscribers(self) -> list[Any]:
        return list(self.broker.subscribers)

    async def _reconnected(self) -> None:
        log.info("nats_reconnected")
        if self._feed is not None:
            self._feed.start_over()

    async def _error(self, failure: Exception) -> None:
        said = str(failure).lower()
        if LATE_ANSWER in said:
            log.info("answer_came_too_late")
            return
        if "permissions violation" in said:
            self.permission_violations += 1
        log.warning("nats_error", error=type(failure).__name__)

    async def _closed(self) -> None:
        if not self._leaving:
            log.error("nats_closed_for_good")
            os._exit(CONNECTION_LOST_FOR_GOOD)


def broker_at(url: str, **connection: Any) -> NatsBroker:
    """A broker that speaks as ours do; it connects when it is told to."""
    return NatsBroker(
        url, logger=None, codec=JsonCodec(), graceful_timeout=FINISH_SECONDS, **connection
    )
