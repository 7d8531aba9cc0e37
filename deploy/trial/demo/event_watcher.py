"""What has been said so far? Follows the stream and tells each event once."""

import asyncio
from collections.abc import Callable
from typing import Any

from deploy.infra.access.service_requests import Services
from deploy.infra.access.stored_events import next_event

EVERYTHING = "events.>"
PAUSE_SECONDS = 0.1

Event = dict[str, Any]


class Watcher:
    """Reads the stream from its beginning, in order, and keeps what it read."""

    def __init__(self, services: Services, tell: Callable[[Event], None]) -> None:
        self._services = services
        self._tell = tell
        self._position = 1
        self._reading = asyncio.Lock()
        self.events: list[Event] = []

    async def follow(self) -> None:
        """Tell events as they come, for as long as this runs."""
        while True:
            await self.catch_up()
            await asyncio.sleep(PAUSE_SECONDS)

    async def catch_up(self) -> None:
        """Tell everything that is in the stream by now."""
        async with self._reading:
            while (found := await self._next()) is not None:
                self._position = found["sequence"] + 1
                event = found["event"]
                if isinstance(event, dict):
                    self.events.append(event)
                    self._tell(event)

    async def _next(self) -> Event | None:
        return await next_event(self._services.client, EVERYTHING, self._position)
