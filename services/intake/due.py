"""What falls due at intake, and how are the events of an erased client taken out of the stream?

Purging would leave their bytes on the server's disk; each is overwritten. Only what every service
has answered for goes, so that nobody misses what it has not heard yet; what comes later of the same
ids waits for its turn.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Protocol

from services.intake.domain.records_requests import SERVICES, RecordsRequest
from services.intake.ports import MATTERS, FirmConfig
from services.intake.workflow.ending_records import EndingSteps
from services.intake.workflow.records_receipts import needs_of_ending, say_erased
from shared.contracts.envelope import Cause
from shared.contracts.keys import key_of
from shared.engine.due_work import Due
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.process.app import Loop
from shared.telemetry.logs import log

LOOK_SECONDS = 1.0
AT_ONCE = 20


def matters_due(config: FirmConfig) -> Due[Any]:
    """The queue of closed matters: may the working records of their clients go?"""
    steps = EndingSteps(config)
    return Due(MATTERS, steps.step, steps.needs)


class Requests(Protocol):
    """The requests that wait for the stream."""

    async def waiting_for_stream(self, limit: int) -> Sequence[RecordsRequest]:
        """Erasures every service has receipted, whose events may still be in the stream."""


def keep_stream_clean(requests: Callable[[Runtime], Requests]) -> Loop:
    """Looks every second for erasures of which the stream still holds events."""

    async def loop(runtime: Runtime) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if runtime.leaving or not runtime.leases.consuming.is_set():
                continue
            try:
                await clean(runtime, requests(runtime))
            except TemporaryError:
                log.warning("stream_waits", reason="away")

    return loop


async def clean(runtime: Runtime, requests: Requests) -> None:
    """Take out what may go, and say of whom nothing is left; TemporaryError to be tried again."""
    for request in await requests.waiting_for_stream(AT_ONCE):
        floor = await answered_for(runtime)
        left = await take_out(runtime, subjects_of(request), floor)
        if left:
            continue
        id = f"erased-{request.request_id}"
        cause = Cause("urn:clientele:intake", id, "erasure", id, None, runtime.clock.now())
        step = partial(say_erased, request.request_id)
        await runtime.act(step, partial(needs_of_ending, request.request_id), cause=cause)


async def answered_for(runtime: Runtime) -> int:
    """Up to which event of the stream every service has answered.

    Who has nothing waiting has answered for all there was before they were asked: a service that
    hears few types of event never names a later one.
    """
    last = await runtime.connection.last_sequence()
    infos = [await runtime.connection.consumer(each) for each in sorted(SERVICES)]
    busy = [each for each in infos if each["num_pending"] or each["num_ack_pending"]]
    return min([last, *(int(each["ack_floor"]["stream_seq"]) for each in busy)])


async def take_out(runtime: Runtime, subjects: Iterable[str], floor: int) -> int:
    """Overwrite all of these up to there; how many lie beyond."""
    left = 0
    for subject in subjects:
        at = 0
        while (sequence := await runtime.connection.stored(subject, at)) is not None:
            if sequence > floor:
                left += 1
                break
            await runtime.connection.overwrite(sequence)
            at = sequence
    return left


def subjects_of(request: RecordsRequest) -> list[str]:
    """Where events about them lie: those of their ids, and of the inquiries they came from."""
    ids = (request.client_id, *request.merged_ids, *request.inquiry_ids)
    keys = [key_of(each) for each in ids]
    return [subject for key in keys for subject in (f"events.*.{key}", f"events.*.{key}.*")]
