"""How many events may one transaction hold?

What a transaction changes stays in the database's cache until it commits; one that outgrows the
cache is rolled back whole. How much an event changes depends on the traffic, so the size follows
what the batches before have written.
"""

MOST_EVENTS = 500
MOST_BYTES = 32 * 1024 * 1024  # an eighth of the smallest cache MongoDB can be given
GROWTH = 1.1


class BatchSize:
    """The most events of a batch, for one consumer."""

    def __init__(self) -> None:
        self._most = float(MOST_EVENTS)

    @property
    def most(self) -> int:
        """How many events the next transaction may hold."""
        return max(int(self._most), 1)

    def learn(self, events: int, weight: int) -> None:
        """A transaction of so many events, which made so many bytes dirty, has committed."""
        fitting = events * MOST_BYTES / max(weight, 1)
        self._most = min(self._most * GROWTH, max(fitting, 1.0), float(MOST_EVENTS))

    def halve(self, events: int) -> None:
        """A transaction of so many events was refused for its size."""
        self._most = max(events / 2, 1.0)
