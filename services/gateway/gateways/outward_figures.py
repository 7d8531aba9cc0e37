"""Which figures does what leaves the firm by HTTP show on ``/metrics``?

A subscription is called as ops called it; outcomes are a closed set.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from services.gateway.domain.receivers import Receiver
from services.gateway.domain.subscriptions import Subscription
from services.gateway.ports import Waiting
from shared.channels import Outcome, Result

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20)
SAID = {
    Result.HANDED_OVER: "delivered",
    Result.REFUSED: "gone",
    Result.UNKNOWN: "no-answer",
    Result.NOT_MADE: "dropped",
    Result.NOT_TRIED: "put-off",
}


class OutwardFigures:
    """Counts what was delivered, and shows what waits."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._deliveries = Counter(
            "subscription_deliveries", "Tries to deliver events, by what they came to",
            ["subscription", "outcome"], registry=registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "subscription_delivery_seconds", "How long one try took", buckets=SECONDS,
            registry=registry,
        )  # fmt: skip
        self._pending = _gauge(
            registry, "subscription_pending", "Events that have not reached a subscriber"
        )
        self._oldest = _gauge(
            registry,
            "subscription_oldest_pending_seconds",
            "For how long the oldest of them has waited",
        )
        self._failing = _gauge(
            registry,
            "subscription_failing_seconds",
            "For how long a subscriber has taken nothing; 0: it takes",
        )
        self._off = _gauge(
            registry, "subscription_off", "Whether nothing is sent to a subscriber any more"
        )

    def timing(self) -> AbstractContextManager[object]:
        """Times one hand-over."""
        return self._seconds.time()

    def count(self, subscription: str, outcome: Outcome) -> None:
        """Count what became of one try."""
        self._deliveries.labels(subscription, SAID.get(outcome.result, "failed")).inc()

    def show(
        self,
        subscriptions: Sequence[Subscription],
        receivers: Mapping[str, Receiver],
        waiting: Mapping[str, Waiting],
        now: datetime,
    ) -> None:
        """How each subscription stands; one that is gone is shown no more."""
        for gauge in (self._pending, self._oldest, self._failing, self._off):
            gauge.clear()
        for each in subscriptions:
            waits = waiting.get(each.name, Waiting())
            receiver = receivers.get(each.name)
            since = receiver.failing_since if receiver and each.state == "active" else None
            self._pending.labels(each.name).set(waits.count)
            self._oldest.labels(each.name).set(_seconds_since(waits.oldest, now))
            self._failing.labels(each.name).set(_seconds_since(since, now))
            self._off.labels(each.name).set(each.state == "disabled")


def _gauge(registry: CollectorRegistry, name: str, about: str) -> Gauge:
    return Gauge(name, about, ["subscription"], registry=registry)


def _seconds_since(instant: datetime | None, now: datetime) -> float:
    return max((now - instant).total_seconds(), 0.0) if instant is not None else 0.0
