"""Which figures does sending show on ``/metrics``?

Labels come from closed sets: channels, playbooks, outcomes and reason codes.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from prometheus_client import CollectorRegistry, Counter, Histogram

from services.reminders.domain.contact import UNMADE, Contact
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.occurrence import State as Timer
from services.reminders.ports import DESK_AWAY
from shared.channels import Outcome, Result

SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600)


class SendMetrics:
    """Counts messages made and not made."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._sends = Counter(
            "sends", "Hand-overs by outcome", ["channel", "purpose", "outcome"], registry=registry
        )
        self._seconds = Histogram(
            "send_duration_seconds", "How long a hand-over took", buckets=SECONDS, registry=registry
        )
        self._suppressed = Counter(
            "suppressed", "Messages that will not be sent", ["reason"], registry=registry
        )
        self._skipped = Counter(
            "timers_skipped", "Timers that came to nothing when due", ["reason"], registry=registry
        )

    def timing(self) -> AbstractContextManager[object]:
        """Times one hand-over."""
        return self._seconds.time()

    def looked_at(self, contacts: Iterable[Contact]) -> None:
        """Count what the gates stopped."""
        for contact in contacts:
            if contact.state in UNMADE:
                self._suppressed.labels(contact.reason or "none").inc()

    def count_outcomes(self, outcomes: Sequence[tuple[Contact, Outcome]]) -> None:
        """Count what became of hand-overs."""
        for contact, outcome in outcomes:
            self._sends.labels(contact.channel, contact.purpose, outcome.result.value).inc()

    def digested(self, outcome: Outcome) -> None:
        """Count what became of one digest."""
        if outcome.result is Result.NOT_MADE:
            self._suppressed.labels(outcome.reason or "none").inc()
        elif outcome.reason != DESK_AWAY:
            self._sends.labels("email", "digest", outcome.result.value).inc()

    async def fired(self, _: object, timers: Iterable[Occurrence]) -> None:
        """Count the timers that came to nothing."""
        for timer in timers:
            if timer.state not in (Timer.PLANNED, Timer.FIRED):
                self._skipped.labels(timer.reason or "none").inc()
