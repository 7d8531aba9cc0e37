"""What the pages of a service use of a running process, over memory."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import TypeVar

from shared.contracts.envelope import Cause
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from tests.fakes.memory import MemoryService

R = TypeVar("R")


class MemoryRuntime:
    """Acts on a memory office and looks into it; counts the acts, and fails when told to."""

    def __init__(self, office: MemoryService) -> None:
        self.office = office
        self.clock = SimpleNamespace(now=self._now)
        self.acts = 0
        self.failure: Exception | None = None

    def _now(self) -> datetime:
        return self.office.now

    async def act(
        self,
        step: Callable[[UnitOfWork], R],
        needs: Callable[[ReadSoFar], Iterable[Need]],
        *,
        cause: Cause,
        aside: bool = False,
    ) -> R:
        """One step, kept at once."""
        del aside
        await asyncio.sleep(0)
        self.acts += 1
        if self.failure is not None:
            raise self.failure
        return self.office.act(step, needs, cause)

    async def look(self, needs: Callable[[ReadSoFar], Iterable[Need]]) -> UnitOfWork:
        """Read only."""
        await asyncio.sleep(0)
        seen: list[UnitOfWork] = []
        nobody = Cause("urn:test", "look", "look", "look", None, self.office.now)
        self.office.act(seen.append, needs, nobody)
        return seen[0]
