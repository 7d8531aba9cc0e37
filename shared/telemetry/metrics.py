"""Which figures does every service show on ``/metrics``?

Labels come from closed sets only: never a client, matter, address or event id.
"""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)
SIZES = (1, 2, 5, 10, 25, 50, 100, 250, 500)


class CoreMetrics:
    """The figures of the consuming core, one set per process."""

    def __init__(self, service: str, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self.service = service
        labels = ["consumer"]
        r = self.registry
        self._received = Counter(
            "events_received", "Events fetched from the stream", labels, registry=r
        ).labels(service)
        self._processed = Counter(
            "events_processed",
            "Events by what became of them",
            ["consumer", "event_type", "outcome", "reason"],
            registry=r,
        )
        self.batch_seconds = Histogram(
            "batch_duration_seconds",
            "Fetch to commit",
            labels,
            buckets=BUCKETS,
            registry=r,
        ).labels(service)
        self.batch_size = Histogram(
            "batch_size", "Events per batch", labels, buckets=SIZES, registry=r
        ).labels(service)
        self.lag = Histogram(
            "event_end_to_end_lag_seconds",
            "From stored in the stream to applied",
            labels,
            buckets=BUCKETS,
            registry=r,
        ).labels(service)
        self.decisions = Counter("decisions", "Decisions answered", ["outcome"], registry=r)
        self.due = Counter("due_work", "Due documents worked on", ["kind", "outcome"], registry=r)
        self.due_delay = Histogram("timer_fire_delay_seconds", "How late due work was done",
                                   ["kind"], buckets=BUCKETS, registry=r)  # fmt: skip
        self.due_waiting = Gauge(
            "timers_waiting_for_stream", "Due work held until older events are consumed",
            ["kind"], registry=r,
        )  # fmt: skip
        self._count_records()

    def _count_records(self) -> None:
        self.gauges: dict[str, Gauge] = {}
        self.records_done = Counter(
            "records_orders", "Orders about one person's records that were done", ["outcome"],
            registry=self.registry,
        )  # fmt: skip
        self.records_failed = Counter(
            "records_orders_failed", "Tries of such an order that failed", registry=self.registry
        )
        self.records_cleared = Counter(
            "records_cleared", "Working records that went once their time was over", ["kind"],
            registry=self.registry,
        )  # fmt: skip
        self.records_ends_waiting = Gauge(
            "records_ends_waiting", "Clients of whom working records are still to be cleared",
            registry=self.registry,
        )  # fmt: skip

    def received(self, count: int) -> None:
        """Count events as they are fetched."""
        self._received.inc(count)
        self.batch_size.observe(count)

    def concluded(self, event_type: str | None, outcome: str, reason: str, count: int = 1) -> None:
        """Count what became of events."""
        labels = (self.service, event_type or "other", outcome, reason or "none")
        self._processed.labels(*labels).inc(count)

    def gauge(self, name: str, meaning: str, read: Callable[[], float] | None = None) -> Gauge:
        """A gauge of this process, made once; ``read`` is asked at every scrape."""
        if name not in self.gauges:
            self.gauges[name] = Gauge(name, meaning, registry=self.registry)
        if read is not None:
            self.gauges[name].set_function(read)
        return self.gauges[name]
