"""What became of decisions that could be taken back, as ``/metrics`` shows it?"""

from prometheus_client import CollectorRegistry, Counter

OUTCOMES = ("announced", "taken-back", "refused")


class HeldFigures:
    """A counter by outcome, all there from the start."""

    def __init__(self) -> None:
        self._outcomes: Counter | None = None

    def show(self, registry: CollectorRegistry) -> None:
        """From now on they stand in this registry."""
        self._outcomes = Counter(
            "decisions_held",
            "Decisions of staff that could be taken back, by what became of them",
            ["outcome"],
            registry=registry,
        )
        for each in OUTCOMES:
            self._outcomes.labels(each)

    def count(self, outcome: str) -> None:
        """One more."""
        if self._outcomes is not None:
            self._outcomes.labels(outcome).inc()
