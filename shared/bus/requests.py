"""How does a service ask others over NATS, and wait for the answer?

Nothing is asked while the server is away: the client would keep the question and put it after the
reconnect, when whoever asked has long been told that nobody answers.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error, TimeoutError

from shared.clock import monotonic
from shared.errors import NobodyAnswersError, TemporaryError

STREAM = "EVENTS"
INFO_SECONDS = 2.0
LOOK_SECONDS = 0.05


class NatsConnection:
    """``shared.engine.outgoing.Connection`` over core NATS request and reply."""

    def __init__(self, nats: Client, answers: Callable[[], bool] | None = None) -> None:
        """``answers``: whether the server is there, as far as is known."""
        self._nats = nats
        self._answers = answers

    @property
    def is_connected(self) -> bool:
        """Whether the server is there just now."""
        return self._nats.is_connected if self._answers is None else self._answers()

    async def ask(self, subject: str, payload: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a request; raises NobodyAnswersError when there is none in time."""
        try:
            answer = await self._request(subject, json.dumps(payload).encode(), seconds)
        except Error as failure:  # no responders and time-outs are among them
            raise NobodyAnswersError from failure
        result: dict[str, Any] = json.loads(answer.data)
        return result

    async def consumer(self, durable: str) -> dict[str, Any]:
        """The durable as the server sees it; TemporaryError when it is away or missing."""
        subject = f"$JS.API.CONSUMER.INFO.{STREAM}.{durable}"
        try:
            answer = await self._request(subject, b"", INFO_SECONDS)
        except Error as failure:
            raise TemporaryError("the event stream does not answer") from failure
        info: dict[str, Any] = json.loads(answer.data)
        if "error" in info:
            raise TemporaryError(f"the durable {durable} is missing: run clientele migrate")
        return info

    async def _request(self, subject: str, payload: bytes, seconds: float) -> Msg:
        """Ask once the server is there; all of it within these seconds."""
        until = monotonic() + seconds
        while not self._nats.is_connected:
            if monotonic() > until:
                raise TimeoutError
            await asyncio.sleep(LOOK_SECONDS)
        return await self._nats.request(
            subject, payload, timeout=max(until - monotonic(), LOOK_SECONDS)
        )
