"""What is open at the desk, as ``/metrics`` shows it?

By kind of task, place in the pipeline and kind of incident, of which there are few; a kind that no
release of ours knows counts as another. Each replica counts everything: take one.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import get_args

from prometheus_client import CollectorRegistry, Gauge

from services.desk.domain.inquiries import OPEN
from services.desk.domain.sources import Source, tone_of_silence
from services.desk.ports.figures import TaskCount, WorkTally
from services.desk.ports.systems import SourceBook
from shared.contracts.incidents import IncidentKind
from shared.contracts.task_kinds import TASK_KINDS
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError
from shared.process.app import Loop
from shared.telemetry.logs import log

MEASURE_SECONDS = 15.0
OTHER = "other"
KINDS = (*TASK_KINDS, OTHER)
INCIDENT_KINDS: tuple[IncidentKind, ...] = get_args(IncidentKind)


class WorkFigures:
    """The gauges of the firm's work, all there from the start."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._open, self._overdue, self._unowned = (
            Gauge(name, said, ["task_kind"], registry=registry)
            for name, said in (
                ("tasks_open", "Tasks that wait for a person"),
                ("tasks_overdue", "Of them, those that should have been done"),
                ("tasks_overdue_unowned", "Of those, the ones nobody has taken"),
            )
        )
        self._inquiries = Gauge(
            "inquiries_open", "Inquiries that have not ended, by where they stand", ["phase"],
            registry=registry,
        )  # fmt: skip
        self._incidents = Gauge(
            "incidents_open", "Incidents that last, without rehearsals", ["kind"], registry=registry
        )
        self._silent = Gauge(
            "systems_silent", "Systems of the firm not heard from for three days", registry=registry
        )

    def show_tasks(self, counts: Iterable[TaskCount]) -> None:
        """What waits for people; a kind without any is 0."""
        sums: dict[str, Counter[str]] = {
            "open": Counter(),
            "overdue": Counter(),
            "unowned": Counter(),
        }
        for each in counts:
            kind = each.kind if each.kind in TASK_KINDS else OTHER
            for name, of_kind in sums.items():
                of_kind[kind] += getattr(each, name)
        _show(self._open, KINDS, sums["open"])
        _show(self._overdue, KINDS, sums["overdue"])
        _show(self._unowned, KINDS, sums["unowned"])

    def show_inquiries(self, counts: Mapping[str, int]) -> None:
        """Where inquiries stand."""
        _show(self._inquiries, OPEN, counts)

    def show_incidents(self, counts: Mapping[str, int]) -> None:
        """Which incidents last."""
        _show(self._incidents, INCIDENT_KINDS, counts)

    def show_silence(self, sources: Iterable[Source], now: datetime) -> None:
        """How many systems are silent, by the same bound as the page for operations."""
        tones = [tone_of_silence(each, now) for each in sources]
        self._silent.set(tones.count("danger"))


def keep_counting(
    tally_of: Callable[[Runtime], WorkTally], sources_of: Callable[[Runtime], SourceBook]
) -> Loop:
    """Counts what is open, four times a minute, for as long as the process runs."""

    async def loop(runtime: Runtime) -> None:
        figures = WorkFigures(runtime.metrics.registry)
        tally, sources = tally_of(runtime), sources_of(runtime)
        while True:
            try:
                await count(figures, tally, sources, runtime.clock.now())
            except TemporaryError:
                log.warning("not_measured", reason="away")
            await asyncio.sleep(MEASURE_SECONDS)

    return loop


async def count(figures: WorkFigures, tally: WorkTally, sources: SourceBook, now: datetime) -> None:
    """Set every gauge to what the database holds now."""
    figures.show_tasks(await tally.tasks(now))
    figures.show_inquiries(await tally.inquiries())
    figures.show_incidents(await tally.incidents())
    figures.show_silence(await sources.everything(), now)


def _show(gauge: Gauge, names: Sequence[str], counts: Mapping[str, int]) -> None:
    for name in names:
        gauge.labels(name).set(counts.get(name, 0))
