"""How many commitments ended how, as ``/metrics`` shows it?

Read off the database, so that every replica shows the same and a start loses nothing. Labels are
the names of standards, of which a firm has few, and what became of each.
"""

from collections.abc import Iterator, Sequence

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

Counts = Sequence[tuple[str, str, int, int]]  # standard, outcome, how many, how many still to do
OPEN = "open"


class CommitmentFigures(Collector):
    """The figures of commitments, as last counted."""

    def __init__(self) -> None:
        self._counts: Counts = ()
        self._shown_in: CollectorRegistry | None = None

    def show(self, counts: Counts, registry: CollectorRegistry) -> None:
        """Show these from now on."""
        self._counts = counts
        if self._shown_in is not registry:
            registry.register(self)
            self._shown_in = registry

    def collect(self) -> Iterator[Metric]:
        """What stands on the page."""
        ended = CounterMetricFamily(
            "commitments",
            "What the firm owed, by what became of it",
            labels=["standard", "outcome"],
        )
        owed = GaugeMetricFamily(
            "commitments_open", "What the firm owes and is not due yet", labels=["standard"]
        )
        overdue = GaugeMetricFamily(
            "commitments_overdue", "Missed, and still not done", labels=["standard"]
        )
        for standard, outcome, count, to_do in self._counts:
            if outcome == OPEN:
                owed.add_metric([standard], count)
                continue
            ended.add_metric([standard, outcome], count)
            if to_do:
                overdue.add_metric([standard], to_do)
        yield from (ended, owed, overdue)
