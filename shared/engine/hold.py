"""Is everything being held back, asked before each single hand-over?

The switch is a document; reading it for every message would double the work. What was read serves
for a tenth of a second and for everybody who asks meanwhile, and never longer: whoever holds waits
until nothing is in any process's hands any more, so an answer may be that old but no older.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from shared.clock import monotonic
from shared.errors import TemporaryError

FRESH_SECONDS = 0.1


class HoldLook:
    """What a process knows of the switch."""

    def __init__(self, read: Callable[[Any], Awaitable[bool]]) -> None:
        self._read = read
        self._no = True
        self._fresh_until = 0.0
        self._reading = asyncio.Lock()

    def forget(self) -> None:
        """The next question is put to the database: a new batch has been claimed."""
        self._fresh_until = 0.0

    async def says_no(self, runtime: Any) -> bool:
        """Whether nothing may be handed over now; also while nobody can say."""
        async with self._reading:
            if monotonic() >= self._fresh_until:
                asked = monotonic()
                try:
                    self._no = await self._read(runtime)
                except TemporaryError:
                    return True
                self._fresh_until = asked + FRESH_SECONDS
            return self._no
