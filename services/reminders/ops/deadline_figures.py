"""How many deadlines run that not both watches have acknowledged, as ``/metrics`` shows it?

Each is asked of two people by a task of their own; what a task says of its lateness the desk shows.
Here it is the deadline itself that counts, whatever became of the tasks.
"""

from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Gauge

from services.reminders.domain.deadlines import WATCHES
from services.reminders.ports import Tally

SOON = timedelta(days=3)


class DeadlineFigures:
    """The figures of the diary; both watches are there from the start."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._unseen = Gauge(
            "deadlines_unacknowledged", "Deadlines that run and this watch has not acknowledged",
            ["watch"], registry=registry,
        )  # fmt: skip
        self._soon = Gauge(
            "deadlines_unacknowledged_soon", "Of them, those that run out within three days",
            ["watch"], registry=registry,
        )  # fmt: skip

    async def look(self, tally: Tally, now: datetime) -> None:
        """Count those of this moment, by the firm's own time."""
        for watch in WATCHES:
            self._unseen.labels(watch).set(await tally.unseen_deadlines(watch))
            self._soon.labels(watch).set(await tally.unseen_deadlines(watch, now + SOON))
