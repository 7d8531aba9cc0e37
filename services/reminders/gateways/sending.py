"""What holds for every hand-over, whatever is handed over?

It begins soon after the gates were asked or not at all, a stop of the process waits for what has
begun, and an outcome is kept however long the database is away: it has happened.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import datetime
from typing import Any

from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import Mailer, Outcome, OutgoingMessage, Result
from services.reminders.workflow.messages_due import HAND_OVER_TIME
from shared.clock import monotonic
from shared.contracts.envelope import Cause
from shared.errors import TemporaryError
from shared.failpoints import reach
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.telemetry.logs import log

STOP_SECONDS = 5.0  # how long a stop of the process waits for hand-overs that have begun
START_SECONDS = 60.0  # so long after the gates were asked, no hand-over is begun any more
RETRY_SECONDS = 1.0
NOT_TRIED = Outcome(Result.NOT_TRIED)


async def see_through(work: Coroutine[Any, Any, None]) -> None:
    """Do this; a stop of the process waits for what has begun."""
    running = asyncio.ensure_future(work)
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait({running}, timeout=STOP_SECONDS)
        raise


async def begin_until(
    runtime: Any, ends: Sequence[datetime | None], seconds: float = START_SECONDS
) -> float:
    """Until when, by the stopwatch, a hand-over may begin: counted from the look at the gates.

    ``ends``: when the time of each is up. A process may have slept since, before or after its
    commit; the database's clock tells.
    """
    woke = monotonic()
    try:
        now = await runtime.database_now()
    except TemporaryError:  # nobody can tell
        return woke
    looked = min((end for end in ends if end is not None), default=now) - HAND_OVER_TIME
    slept: float = max((now - looked).total_seconds(), 0.0)
    return woke + seconds - slept


async def give(
    message: OutgoingMessage, mailer: Mailer, metrics: SendMetrics, until: float
) -> Outcome:
    """Give one message to the mail server, unless it is too late to begin."""
    if monotonic() >= until:
        return NOT_TRIED
    reach("message-handing-over")
    with metrics.timing():
        outcome = await mailer.hand_over(message, until)
    reach("message-handed-over")
    return outcome


async def keep(
    runtime: Any,
    step: Callable[[UnitOfWork], None],
    needs: Callable[[ReadSoFar], Iterable[Need]],
    cause: Cause,
    count: int,
) -> None:
    """Commit these outcomes, as many times as it takes."""
    while True:
        try:
            await runtime.act(step, needs, cause=cause)
        except TemporaryError:
            log.warning("outcomes_wait", count=count, reason="away")
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return
