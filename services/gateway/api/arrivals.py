"""How are many deliveries kept at once? Those that arrive while one commit runs share the next one.

A commit waits for the disk. Were each delivery a transaction of its own, they would wait for it one
after the other.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from services.gateway.domain.deliveries import Delivery
from services.gateway.workflow.keeping import keep_all, needs_of_keeping_all
from shared.contracts.envelope import Cause
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError

MOST_AT_ONCE = 200
MOST_BYTES = 4 * 1024 * 1024  # of bodies; a transaction may hold 16 MiB, and each is sealed


class Arrivals:
    """Deliveries that wait to be kept, in the order in which they came."""

    def __init__(self, runtime: Runtime, cause: Callable[[str], Cause]) -> None:
        self._runtime = runtime
        self._cause = cause
        self._waiting: list[tuple[Delivery, asyncio.Future[bool]]] = []
        self._keeping: asyncio.Task[None] | None = None

    async def keep(self, delivery: Delivery) -> bool:
        """Whether it is new, once the commit that holds it is over; raises what kept it out."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((delivery, answer))
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep_waiting())
        return await answer

    async def _keep_waiting(self) -> None:
        try:
            while self._waiting:
                some = self._next()
                await self._keep_some(some)
        finally:
            self._keeping = None

    def _next(self) -> list[tuple[Delivery, asyncio.Future[bool]]]:
        """The longest waiting, as many as fit into one transaction; one at least."""
        size, count = 0, 0
        for delivery, _ in self._waiting[:MOST_AT_ONCE]:
            size += len(delivery.body)
            if count and size > MOST_BYTES:
                break
            count += 1
        some, self._waiting = self._waiting[:count], self._waiting[count:]
        return some

    async def _keep_some(self, some: Sequence[tuple[Delivery, asyncio.Future[bool]]]) -> None:
        """One transaction; where that cannot be, each by itself, so that none spoils the others."""
        try:
            kept = await self._commit([delivery for delivery, _ in some])
        except Exception as failure:
            if len(some) == 1 or isinstance(failure, TemporaryError):
                _refuse(some, failure)
                return
            for each in some:
                await self._keep_some([each])
            return
        for (_, answer), is_new in zip(some, kept, strict=True):
            if not answer.done():  # its sender may have gone meanwhile
                answer.set_result(is_new)

    async def _commit(self, deliveries: Sequence[Delivery]) -> Sequence[bool]:
        return await self._runtime.act(
            partial(keep_all, deliveries),
            partial(needs_of_keeping_all, deliveries),
            cause=self._cause(deliveries[0].delivery_id),
        )


def _refuse(some: Sequence[tuple[Delivery, asyncio.Future[bool]]], failure: Exception) -> None:
    for _, answer in some:
        if not answer.done():
            answer.set_exception(failure)
