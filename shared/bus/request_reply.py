"""How are requests of other services answered?

Core NATS request and reply, one queue group per service, so that any replica answers. What goes
wrong is an answer too: the asker sees at once whether, and why not.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.errors import ClienteleError, RuleError, TemporaryError
from shared.telemetry.logs import log

RequestHandler = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
AT_ONCE = 32


def refusal(code: str, message: str, field: str | None = None) -> dict[str, Any]:
    """The part of an answer that says no."""
    return {"code": code, "message": message, **({"field": field} if field else {})}


class RequestServer:
    """Answers requests on some subjects for as long as the process runs."""

    def __init__(self, nats: Client, service: str) -> None:
        self._nats = nats
        self._service = service
        self._running: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)

    async def serve(self, subject: str, answer: RequestHandler) -> None:
        """RequestHandler every request on this subject."""

        async def take(message: Msg) -> None:
            task = asyncio.create_task(self._answer(message, answer))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

        await self._nats.subscribe(subject, queue=self._service, cb=take)

    async def finish(self) -> None:
        """Let the requests that are being answered come to their end."""
        if self._running:
            await asyncio.wait(self._running, timeout=5.0)

    async def _answer(self, message: Msg, answer: RequestHandler) -> None:
        async with self._room:
            reply = await self._safely(message, answer)
        await message.respond(json.dumps(reply, default=str).encode())

    async def _safely(self, message: Msg, answer: RequestHandler) -> dict[str, Any]:
        try:
            payload = json.loads(message.data or b"{}")
        except ValueError:
            return {"refused": refusal("invalid", "The request is not JSON.")}
        try:
            return await answer(payload)
        except RuleError as no:
            return {"refused": refusal(no.code, no.message, no.field)}
        except TemporaryError as away:
            return {"refused": refusal("try-again", away.message)}
        except ClienteleError as failure:
            return {"refused": refusal("failed", failure.message)}
        except Exception as failure:
            log.error("request_failed", request=message.subject, error=type(failure).__name__)
            return {"refused": refusal("failed", "This could not be answered; see the logs.")}
