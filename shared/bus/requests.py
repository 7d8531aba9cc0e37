"""How does a service ask others over NATS, and wait for the answer?"""

import json
from typing import Any

from nats.aio.client import Client
from nats.errors import Error

from shared.errors import NobodyAnswersError, TemporaryError

STREAM = "EVENTS"
INFO_SECONDS = 2.0


class NatsConnection:
    """``shared.engine.outgoing.Connection`` over core NATS request and reply."""

    def __init__(self, nats: Client) -> None:
        self._nats = nats

    @property
    def is_connected(self) -> bool:
        """Whether the server is there just now."""
        return self._nats.is_connected

    async def ask(self, subject: str, payload: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a request; raises NobodyAnswersError when there is none in time."""
        try:
            answer = await self._nats.request(
                subject, json.dumps(payload).encode(), timeout=seconds
            )
        except Error as failure:  # no responders and time-outs are among them
            raise NobodyAnswersError from failure
        result: dict[str, Any] = json.loads(answer.data)
        return result

    async def consumer(self, durable: str) -> dict[str, Any]:
        """The durable as the server sees it; TemporaryError when it is away or missing."""
        subject = f"$JS.API.CONSUMER.INFO.{STREAM}.{durable}"
        try:
            answer = await self._nats.request(subject, b"", timeout=INFO_SECONDS)
        except Error as failure:
            raise TemporaryError("the event stream does not answer") from failure
        info: dict[str, Any] = json.loads(answer.data)
        if "error" in info:
            raise TemporaryError(f"the durable {durable} is missing: run clientele migrate")
        return info
