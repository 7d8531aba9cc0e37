"""How long is something waited for that must not be cancelled?

nats-py stops reading when the answer to a flush arrives that was given up (``_process_pong`` sets
the result of a cancelled future, and its read loop ends with InvalidStateError): the process is
deaf until its pings fail. So a wait may end, but what is waited for goes on by itself.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

_going_on: set[asyncio.Task[Any]] = set()


async def done_within(seconds: float, *work: Coroutine[Any, Any, Any]) -> bool:
    """Whether all of it was done in time, without a failure; what was not goes on, and its failure
    is nobody's.
    """
    tasks = {asyncio.create_task(each) for each in work}
    for task in tasks:
        _going_on.add(task)
        task.add_done_callback(_is_done)
    done, late = await asyncio.wait(tasks, timeout=seconds) if tasks else (set(), set())
    return not late and all(task.exception() is None for task in done if not task.cancelled())


def _is_done(task: asyncio.Task[Any]) -> None:
    _going_on.discard(task)
    if not task.cancelled():
        task.exception()  # seen: the loop need not complain
