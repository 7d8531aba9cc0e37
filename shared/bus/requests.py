"""How does a service ask others over NATS, and wait for the answer?

Nothing is asked while the server is away: the client would keep the question and put it after the
reconnect, when whoever asked has long been told that nobody answers. Where NATS found nobody to
give it to, it is asked again for a moment: a service that takes other values in begins anew.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error, TimeoutError

from shared.bus.given_to_one import GivenToOne
from shared.bus.stored_events import stored_events
from shared.clock import monotonic
from shared.engine.received_events import Received
from shared.errors import NobodyAnswersError, TemporaryError

STREAM = "EVENTS"
INFO_SECONDS = 2.0
LOOK_SECONDS = 0.05
SILENT_LOOK_SECONDS, LOOKS = 0.25, 2


class NatsConnection:
    """``shared.engine.outgoing.Connection`` over core NATS request and reply."""

    def __init__(self, nats: Client, answers: Callable[[], bool] | None = None) -> None:
        """``answers``: whether the server is there, as far as is known."""
        self._nats = nats
        self._answers = answers
        self._asking: set[asyncio.Task[Msg]] = set()
        self._given = GivenToOne()

    @property
    def is_connected(self) -> bool:
        """Whether the server is there just now."""
        return self._nats.is_connected if self._answers is None else self._answers()

    async def ask(self, subject: str, payload: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a request; raises NobodyAnswersError when there is none in time."""
        try:
            asked = partial(self._request, subject, json.dumps(payload).encode())
            answer = await self._given.ask(subject, seconds, asked)
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

    async def last_sequence(self) -> int:
        """The sequence of the last event in the stream; TemporaryError when it is away."""
        answer = await self._api(f"STREAM.INFO.{STREAM}", {})
        if "error" in answer:
            raise TemporaryError("the event stream is missing: run clientele migrate")
        return int(answer["state"]["last_seq"])

    async def stored(self, subject: str, after: int) -> int | None:
        """The sequence of the next event on this subject; TemporaryError when NATS is away."""
        asked = {"seq": after + 1, "next_by_subj": subject}
        answer = await self._api(f"STREAM.MSG.GET.{STREAM}", asked)
        return None if "error" in answer else int(answer["message"]["seq"])

    async def kept_events(self, newest: int) -> AsyncIterator[Received]:
        """Every stored event up to this sequence; TemporaryError when the stream is silent."""
        async for received in stored_events(self._nats, STREAM, newest):
            yield received

    async def overwrite(self, sequence: int) -> None:
        """Take one event out: purging would leave its bytes on the disk, this overwrites them."""
        asked = {"seq": sequence, "no_erase": False}
        answer = await self._api(f"STREAM.MSG.DELETE.{STREAM}", asked)
        if "error" in answer and await self._is_there(sequence):
            raise TemporaryError("the event stream did not take an event out")

    async def _is_there(self, sequence: int) -> bool:
        return "error" not in await self._api(f"STREAM.MSG.GET.{STREAM}", {"seq": sequence})

    async def _api(self, name: str, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            said = json.dumps(asked).encode()
            answer = await self._request(f"$JS.API.{name}", said, INFO_SECONDS)
        except Error as failure:
            raise TemporaryError("the event stream does not answer") from failure
        result: dict[str, Any] = json.loads(answer.data)
        return result

    async def _request(self, subject: str, payload: bytes, seconds: float) -> Msg:
        """Ask once the server is there; all of it within these seconds."""
        until = monotonic() + seconds
        while not self._nats.is_connected:
            if monotonic() > until:
                raise TimeoutError
            await asyncio.sleep(LOOK_SECONDS)
        return await self._answered(
            self._nats.request(subject, payload, timeout=max(until - monotonic(), LOOK_SECONDS))
        )

    async def _answered(self, request: Coroutine[Any, Any, Msg]) -> Msg:
        """The answer; no longer waited for once the server has been silent at two looks.

        Whoever waits, a person perhaps, is told so at once. The request itself is never cancelled:
        it ends by its own time, and what still comes is nobody's.
        """
        asking, silent = asyncio.create_task(request), 0
        self._asking.add(asking)
        asking.add_done_callback(self._forget)
        while silent < LOOKS:
            await asyncio.wait({asking}, timeout=SILENT_LOOK_SECONDS)
            if asking.done():
                return asking.result()
            silent = 0 if self.is_connected else silent + 1
        raise TimeoutError

    def _forget(self, asked: asyncio.Task[Msg]) -> None:
        self._asking.discard(asked)
        if not asked.cancelled():
            asked.exception()  # looked at, whether anybody still waits or not
