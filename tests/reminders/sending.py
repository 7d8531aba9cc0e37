"""A running process and a mail server as far as handing over goes, over memory."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from services.reminders.ports import OutgoingMessage
from shared.channels import Outcome
from shared.clock import monotonic
from shared.contracts.envelope import Cause
from shared.engine.tracing import Tracing
from shared.errors import TemporaryError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from tests.fakes.memory import MemoryService
from tests.reminders.over_memory import SENT


class MemoryRuntime:
    """What the hand-over uses of a running service, over memory."""

    def __init__(self, reminders: MemoryService) -> None:
        self.name = "reminders"
        self.reminders = reminders
        self.clock = SimpleNamespace(now=lambda: reminders.now)
        self.away = 0
        self.leaving = False
        self.tracing = Tracing()

    async def database_now(self) -> datetime:
        await asyncio.sleep(0)
        if self.away:
            raise TemporaryError("the database is away")
        return self.reminders.now

    async def look(self, needs: Callable[[ReadSoFar], Iterable[Need]]) -> UnitOfWork:
        await asyncio.sleep(0)
        unit = UnitOfWork(self.name, self.reminders.now)
        self.reminders.fill(unit, [needs])
        return unit

    async def act(
        self,
        step: Callable[[UnitOfWork], Any],
        needs: Callable[[ReadSoFar], Iterable[Need]],
        *,
        cause: Cause,
    ) -> Any:
        await asyncio.sleep(0)
        if self.away:
            self.away -= 1
            raise TemporaryError("the database is away")
        return self.reminders.act(step, needs, cause)


class FakeMailer:
    """Takes letters, and does as told."""

    def __init__(self) -> None:
        self.messages: list[OutgoingMessage] = []
        self.outcome = SENT
        self.took_one = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def hand_over(self, message: OutgoingMessage, begin_until: float = 0.0) -> Outcome:
        assert begin_until > monotonic()  # nothing is begun without a limit
        self.messages.append(message)
        self.took_one.set()
        await self.may_answer.wait()
        return self.outcome
