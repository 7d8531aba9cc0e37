"""How is an installation kept busy while parts of it are hurt?

One story after the other is told until somebody says that it is enough; what was told is checked
afterwards as one.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.faults.story import Story, refuse_the_gone
from tests.faults.system import System

CLIENTS = 8
ONE_STORY_SECONDS = 4.0


class Load:
    """The stories told so far."""

    def __init__(self, system: System, chance: random.Random) -> None:
        self._system = system
        self._chance = chance
        self._enough = False
        self.told: list[Story] = []

    async def go_on(self) -> None:
        """Tell stories until it is enough."""
        while not self._enough:
            story = Story(self._chance, clients=CLIENTS, reminders_after=(1.0, 8.0))
            self.told.append(story)
            await story.tell(self._system.nats.jetstream(), ONE_STORY_SECONDS)

    def stop(self) -> None:
        """No story after this one."""
        self._enough = True

    @property
    def story(self) -> Story:
        """All of them as one."""
        whole = self.told[0]
        for story in self.told[1:]:
            whole.events += story.events
            whole.acknowledged |= story.acknowledged
        self.told = [whole]
        return whole


@asynccontextmanager
async def under_load(system: System, chance: random.Random) -> AsyncIterator[Load]:
    """Within this the firm goes on telling; afterwards the last story has been told to its end."""
    system.forgive()
    system.mailbox.choose = refuse_the_gone
    load = Load(system, chance)
    telling = asyncio.create_task(load.go_on())
    try:
        yield load
    finally:
        load.stop()
        await telling
