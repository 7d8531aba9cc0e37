"""Which gauges does every process keep true, whatever fails?

Each is read by itself and by every replica, whether it consumes or not: one that cannot be read
now says NaN rather than what was so an hour ago, and ``measured_timestamp_seconds`` tells when
all of them could be.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from prometheus_client import Gauge

from shared.clock import host_now, real_now
from shared.engine import ledger
from shared.engine.dead_letters import DeadLetters
from shared.engine.parked_events import ParkedEvents
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.firm.watch import FolderWatch
from shared.process.values_in_force import ValuesWatch
from shared.state.document_types import DocumentType
from shared.telemetry.logs import log

ANSWER_SECONDS = 6.0  # what is not read by then is not known
Read = Callable[[], Awaitable[Mapping[str, float]]]
MEANINGS = {
    "dead_letters_open": "Dead letters nobody has settled",
    "parked_events": "Events waiting for a better moment",
    "outbox_pending": "Announced rows not yet in the stream",
    "outbox_oldest_seconds": "Age of the oldest of them",
    "outbox_refused": "Announced rows the stream has refused three times or more",
    "consumer_pending_messages": "Events waiting in the stream",
    "consumer_ack_pending_messages": "Events in flight",
    "clock_skew_seconds": "This host's clock less that of NATS",
    "conservation_imbalance": "Events received that have no outcome",
    "nats_permission_violations": "Refused by NATS",
    "message_ids_taken": "Announced events whose message id somebody else had used first",
    "firm_folder_differs": "1 where the firm's folder says something else than at the start",
    "values_edition": "The edition whose values this process goes by; 0: its folder's",
    "values_unreadable": "1 where it could not be built by the values in force",
}


class Measuring:
    """The gauges of what waits, of one process."""

    def __init__(
        self, runtime: Runtime, letters: DeadLetters, parked: ParkedEvents,
        due: Sequence[DocumentType[Any]], violations: Callable[[], int],
        taken: Callable[[], int], values: ValuesWatch,
    ) -> None:  # fmt: skip
        self._runtime = runtime
        self._letters = letters
        self._parked = parked
        self._due = due
        self._violations = violations
        self._taken = taken
        self._values = values
        metrics = runtime.metrics
        self._folder = FolderWatch(runtime.settings.folder_given())
        self._said_to_differ = False
        Gauge("firm_folder", "The firm's folder as this process read it", ["digest"],
              registry=metrics.registry).labels(self._folder.digest).set(1)  # fmt: skip
        self._gauges = {name: metrics.gauge(name, said) for name, said in MEANINGS.items()}
        self._failing = Gauge("due_work_failing", "Due documents whose last try failed",
                              ["kind"], registry=metrics.registry)  # fmt: skip
        self._measured = metrics.gauge(
            "measured_timestamp_seconds", "When all gauges of what waits were last read"
        )
        self._reads: tuple[tuple[Read, tuple[str, ...]], ...] = (
            (self._kept, ("dead_letters_open", "parked_events")),
            (self._outbox, ("outbox_pending", "outbox_oldest_seconds", "outbox_refused")),
            (self._ledger, ("conservation_imbalance",)),
            (self._stream, ("consumer_pending_messages", "consumer_ack_pending_messages",
                            "clock_skew_seconds")),
            (self._failing_due, ()),
        )  # fmt: skip

    async def once(self) -> None:
        """Read everything that can be read now; raises TemporaryError when something could not."""
        self._gauges["nats_permission_violations"].set(self._violations())
        self._gauges["message_ids_taken"].set(self._taken())
        self._gauges["values_edition"].set(self._values.edition)
        self._gauges["values_unreadable"].set(int(self._values.unreadable))
        self._watch_folder()
        found = await asyncio.gather(*(_in_time(read) for read, _ in self._reads))
        away: TemporaryError | None = None
        for (_, names), said in zip(self._reads, found, strict=True):
            if isinstance(said, TemporaryError):
                away = said
                said = dict.fromkeys(names, math.nan)
            for name, value in said.items():
                self._gauges[name].set(value)
        if away is not None:
            raise away
        self._measured.set(real_now().timestamp())

    def _watch_folder(self) -> None:
        gauge, differs = self._gauges["firm_folder_differs"], self._folder.differs()
        if differs and not self._said_to_differ:
            log.warning("firm_folder_differs", reason="restart to go by what it says now")
        self._said_to_differ = differs
        gauge.set(int(differs))

    async def _kept(self) -> dict[str, float]:
        return {
            "dead_letters_open": await self._letters.count_open(),
            "parked_events": await self._parked.count(),
        }

    async def _outbox(self) -> dict[str, float]:
        waiting, oldest = await self._runtime.outbox.waiting()
        refused = await self._runtime.outbox.refused()
        return {
            "outbox_pending": waiting,
            "outbox_oldest_seconds": oldest,
            "outbox_refused": refused,
        }

    async def _ledger(self) -> dict[str, float]:
        counts = await ledger.read(self._runtime.db, self._runtime.name)
        return {"conservation_imbalance": ledger.imbalance(counts)}

    async def _stream(self) -> dict[str, float]:
        progress = self._runtime.progress
        asked = host_now()
        info = await progress.ask()
        return {
            "consumer_pending_messages": progress.pending,
            "consumer_ack_pending_messages": progress.ack_pending,
            "clock_skew_seconds": _skew(asked, host_now(), progress.server_time(info)),
        }

    async def _failing_due(self) -> dict[str, float]:
        for kind in self._due:
            count = await self._runtime.store.due_documents.failing(kind)
            self._failing.labels(kind.collection).set(count)
        return {}


async def _in_time(read: Read) -> Mapping[str, float] | TemporaryError:
    """What is read, or why it is not: a server that swallows the question never says."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await read()
    except TemporaryError as failure:
        return failure
    except asyncio.TimeoutError:
        return TemporaryError("a gauge could not be read in time")


def _skew(asked: datetime, answered: datetime, there: datetime) -> float:
    """Ours less theirs, at least; 0 where the answer's way explains all of it."""
    if there < asked:
        return (asked - there).total_seconds()
    return min((answered - there).total_seconds(), 0.0)
