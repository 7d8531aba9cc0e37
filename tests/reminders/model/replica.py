"""One replica of reminders, which can be stopped at any arrow of its work, and go on, or never.

The product's own due work, hand-over and runtime; only the clock, the broker and the mail server
are ours.
"""

import asyncio
import math
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, Literal

from services.reminders.due import due
from services.reminders.gateways.client_messages import ClientMessages
from services.reminders.gateways.email import EmailChannel
from services.reminders.gateways.send_metrics import SendMetrics
from services.reminders.ports import OutgoingMessage
from shared.channels import Outcome, Result
from shared.clock import monotonic
from shared.engine.due_work import DueWork
from shared.engine.hand_over import HandOver
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.mongo import RepeatError
from shared.state.document_types import Need
from shared.state.need_resolver import Question
from shared.state.unit_of_work import UnitOfWork
from tests.reminders.model.stores import SharedStore
from tests.reminders.over_memory import shipped_config

Place = Literal["committing", "committed", "handing-over", "handed-over"]
PLACES: tuple[Place, ...] = ("committing", "committed", "handing-over", "handed-over")
ROUNDS = 60


class Doors:
    """Places a replica passes; it can fall asleep at one, and then stands still altogether."""

    def __init__(self) -> None:
        self._asleep_at: Place | None = None
        self._open = asyncio.Event()
        self._open.set()
        self.asleep = asyncio.Event()

    def fall_asleep_at(self, place: Place | None) -> None:
        """At the next passing of this place."""
        self._asleep_at = place

    async def passing(self, place: Place) -> None:
        """Go on, unless it is here that the replica stands still."""
        if place == self._asleep_at:
            self._asleep_at = None
            self._open.clear()
            self.asleep.set()
        await self._open.wait()

    def wake(self) -> None:
        """Go on."""
        self.asleep.clear()
        self._open.set()


class Surroundings:
    """What a replica is surrounded by: time, events on their way, a mail server, a watcher."""

    now: datetime
    facts: Any

    @property
    def consumed_until(self) -> datetime:
        """Up to when everything received has been heard."""
        raise NotImplementedError

    def committed(self, unit: UnitOfWork, reminders: "WatchedOffice") -> None:
        """A unit has been committed."""
        raise NotImplementedError

    def failed(self, operations: Any) -> None:
        """A step failed."""
        raise NotImplementedError

    def begins(self, message: OutgoingMessage, sender: str) -> None:
        """A hand-over begins."""
        raise NotImplementedError

    def deliver(self, message: OutgoingMessage) -> Outcome:
        """The mail server's part."""
        raise NotImplementedError


class WatchedOffice:
    """A replica's door to the documents: every commit is seen, and can be slept before."""

    def __init__(self, reminders: Any, doors: Doors, world: Surroundings, sender: str) -> None:
        self._office, self._doors, self._world = reminders, doors, world
        self.sender = sender
        self.mappings, self.due_documents = reminders.mappings, reminders.due_documents
        self.known: Any = None  # what had been told when the replica last looked
        self.consumed_until: datetime | None = None  # the same for the stream

    def tell(self, *_: Any) -> None:
        """Nobody sleeps: the machine says when a replica looks."""

    def unit(self, service: str, now: datetime) -> UnitOfWork:
        """A unit of work over these documents, with nothing read yet."""
        unit: UnitOfWork = self._office.unit(service, now)
        return unit

    async def fill(
        self, unit: UnitOfWork, questions: Iterable[Question], known: Iterable[Need] = ()
    ) -> None:
        """Read."""
        self.known, self.consumed_until = self._world.facts, self._world.consumed_until
        await self._office.fill(unit, questions, known)

    async def commit(self, unit: UnitOfWork, also: Any = None, owners: Any = ()) -> None:
        """Commit, and let the world see what changed."""
        await self._doors.passing("committing")
        if also is not None:
            self._world.failed({k: v for k, v in also(None).items() if k != "outbox"})
        await self._office.commit(unit, None, owners)
        self._world.committed(unit, self)


class Replica(Runtime):
    """A running process, as far as timers and messages go."""

    def __init__(self, name: str, start: int, store: SharedStore, world: Surroundings) -> None:
        self.world = world
        self.doors = Doors()
        self.sender = f"{name}:{start}"
        clock = SimpleNamespace(now=lambda: world.now, offset=timedelta(0))
        outbox = SimpleNamespace(send=lambda *_: self.doors.passing("committed"))
        watched = WatchedOffice(store.reminders(), self.doors, world, self.sender)
        nobody: Any = None
        super().__init__(
            "reminders", nobody, nobody, store.database, store.keys, watched,  # type: ignore[arg-type]
            outbox, clock, store.leases(name),  # type: ignore[arg-type]
        )  # fmt: skip
        channels = {"email": EmailChannel(self)}
        config = replace(shipped_config(), sender=self.sender, channels=channels)
        messages = ClientMessages(config, self, SendMetrics(self.metrics.registry))
        self.hands = HandOver(messages)
        self.queues = [
            DueWork(self, each) for each in due(config, self._fired, self.hands, self._fired)
        ]
        self._at_work: asyncio.Task[int] | None = None

    async def database_now(self) -> datetime:
        """The world's time."""
        return self.world.now

    async def consumed_until(self) -> datetime:
        """As the world says."""
        return self.world.consumed_until

    async def held_back(self, _: Collection[str] | None = None) -> set[str]:
        """Nothing is parked."""
        return set()

    async def hand_over(self, message: OutgoingMessage, begin_until: float = math.inf) -> Outcome:
        """Hand one message over: the process may stop right before the dot, or right after."""
        await self.doors.passing("handing-over")
        if monotonic() >= begin_until:
            return Outcome(Result.NOT_TRIED)
        self.world.begins(message, self.sender)
        outcome = self.world.deliver(message)
        await self.doors.passing("handed-over")
        return outcome

    async def link(self, name: str, link_id: str) -> str:
        """A link."""
        return f"https://{name}.example/{link_id}"

    # -- driving ------------------------------------------------------------------------------

    @property
    def asleep(self) -> bool:
        """Whether it stands still somewhere in its work."""
        return self.doors.asleep.is_set()

    async def round(self, queue: int, asleep_at: Place | None = None) -> int:
        """One batch of one queue; how many documents it had. It may fall asleep in it."""
        await self.leases.tend()
        self.doors.fall_asleep_at(asleep_at)
        self._at_work = asyncio.ensure_future(self.queues[queue].once())
        worked = await self._go_on()
        self.doors.fall_asleep_at(None)
        return worked

    async def wake_up(self) -> None:
        """Go on with what it was at when it fell asleep."""
        self.doors.wake()
        await self._go_on()

    async def until_idle(self) -> None:
        """Batch after batch until nothing is due."""
        for _ in range(ROUNDS):
            if not [queue for queue in (0, 1) if await self.round(queue)]:
                return
        raise AssertionError("the due work never ends")

    async def _go_on(self) -> int:
        assert self._at_work is not None
        asleep = asyncio.ensure_future(self.doors.asleep.wait())
        await asyncio.wait({self._at_work, asleep}, return_when=asyncio.FIRST_COMPLETED)
        asleep.cancel()
        if not self._at_work.done():
            return 1
        try:
            return self._at_work.result()
        except (RepeatError, TemporaryError):
            return 1  # what ``DueWork.keep`` does: look again

    async def _fired(self, _: Any, __: Any) -> None:
        """Nobody counts."""
