"""How do announced events reach the stream, many at once and none unacknowledged?"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from shared.contracts.envelope import CONTENT_TYPE
from shared.errors import TemporaryError

WINDOW = 500
ACK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Letter:
    """One event ready to go: where to, under which identity, and its bytes."""

    subject: str
    msg_id: str
    body: bytes


class Publisher:
    """Publishes to the stream in a pipeline and waits for every acknowledgement."""

    def __init__(self, nats: Client) -> None:
        self._nats = nats
        self._pending: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._inbox = ""
        self._count = 0

    async def start(self) -> None:
        """Listen for acknowledgements."""
        self._inbox = self._nats.new_inbox()
        await self._nats.subscribe(f"{self._inbox}.*", cb=self._acknowledged)

    async def publish(self, letters: Sequence[Letter]) -> None:
        """All of these are in the stream when this returns (a repeated one once).

        Raises TemporaryError when the stream is away, full or does not answer in time; publishing
        again is always safe, the stream drops what it has by its identity.
        """
        if not self._nats.is_connected:
            raise TemporaryError("the event stream is away")
        for start in range(0, len(letters), WINDOW):
            await self._publish_some(letters[start : start + WINDOW])

    async def _publish_some(self, letters: Sequence[Letter]) -> None:
        tokens: list[str] = []
        try:
            futures = [await self._send(letter, tokens) for letter in letters]
            answers = await asyncio.wait_for(asyncio.gather(*futures), ACK_SECONDS)
        except (Error, asyncio.TimeoutError) as failure:
            raise TemporaryError("the event stream does not answer") from failure
        finally:
            for token in tokens:
                self._pending.pop(token, None)
        refused = [answer["error"] for answer in answers if "error" in answer]
        if refused:
            raise TemporaryError(f"the event stream refused: {refused[0].get('description')}")

    async def _send(self, letter: Letter, tokens: list[str]) -> asyncio.Future[dict[str, Any]]:
        self._count += 1
        token = str(self._count)
        tokens.append(token)
        future = self._pending[token] = asyncio.get_running_loop().create_future()
        await self._nats.publish(
            letter.subject,
            letter.body,
            reply=f"{self._inbox}.{token}",
            headers={
                "Content-Type": CONTENT_TYPE,
                "Nats-Msg-Id": letter.msg_id,
            },
        )
        return future

    async def _acknowledged(self, message: Msg) -> None:
        future = self._pending.get(message.subject.rsplit(".", 1)[1])
        if future is None or future.done():
            return
        if message.headers and message.headers.get("Status") == "503":
            future.set_result({"error": {"description": "no stream takes this subject"}})
            return
        future.set_result(json.loads(message.data or b"{}"))
