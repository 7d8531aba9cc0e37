"""How does a process do something until it works, again and again, or until it has ended?"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from shared.errors import TemporaryError
from shared.mongo import RepeatError
from shared.telemetry.logs import log

AGAIN_SECONDS = 0.5


async def every(seconds: float, work: Callable[[], Awaitable[Any]]) -> None:
    """Do this, and again after these seconds; what is away is waited for."""
    while True:
        try:
            await work()
        except (TemporaryError, RepeatError) as away:
            log.warning("waiting", reason=away.message)
        await asyncio.sleep(seconds)


async def end(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Cancel until they have ended: a request whose answer comes in that very moment swallows it
    (``asyncio.wait_for``), and its loop would go on for ever.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=AGAIN_SECONDS)


async def patiently(work: Callable[[], Awaitable[Any]]) -> None:
    """Do this as soon as the database and the stream are there."""
    while True:
        try:
            await work()
        except TemporaryError as away:
            log.warning("waiting", reason=away.message)
            await asyncio.sleep(0.5)
        else:
            return
