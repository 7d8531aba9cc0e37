"""What is owed, and how many commitments ended how, as ``/metrics`` shows it?

What is owed is counted in the database. What has ended is counted as it ends, since this process
started, from the few that were settled since the last look: no look reads them all. Labels are the
names of standards, of which a firm has few, and what became of each.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge

from services.reminders.ports import Tally

OPEN = "open"
AT_ONCE = 500
SOON = timedelta(hours=1)
COMMITTED_WITHIN = timedelta(minutes=2)
"""A transaction that began before a look may be seen only after it; it lives a minute at most."""


class CommitmentFigures:
    """The figures of commitments, brought up to date by each look."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._ended = Counter(
            "commitments", "What the firm owed, by what became of it", ["standard", "outcome"],
            registry=registry,
        )  # fmt: skip
        self._owed = Gauge(
            "commitments_open", "What the firm owes and is not due yet", ["standard"],
            registry=registry,
        )  # fmt: skip
        self._overdue = Gauge(
            "commitments_overdue", "Missed, and still not done", ["standard"], registry=registry
        )
        self._soon = Gauge(
            "commitments_due_soon", "What the firm owes within the hour", ["standard"],
            registry=registry,
        )  # fmt: skip
        self._since: datetime | None = None
        self._counted: dict[str, datetime] = {}

    async def look(self, tally: Tally, now: datetime, business: datetime | None = None) -> None:
        """Count what is owed at this moment, and what has ended since the last look.

        ``business``: the firm's own time, which alone may be moved, by which things are due.
        """
        self._show(await tally.owed(), await tally.due_by((business or now) + SOON))
        if self._since is None:
            self._since = now
            before = await tally.settled(now - COMMITTED_WITHIN, AT_ONCE)
            self._counted = {each.commitment_id: each.settled_at for each in before}
            return
        await self._count(tally, self._since - COMMITTED_WITHIN)
        self._since = now
        kept_from = now - 2 * COMMITTED_WITHIN
        self._counted = {id: at for id, at in self._counted.items() if at > kept_from}

    async def _count(self, tally: Tally, since: datetime) -> None:
        while True:
            found = await tally.settled(since, AT_ONCE)
            for each in found:
                if each.commitment_id not in self._counted:
                    self._counted[each.commitment_id] = each.settled_at
                    self._ended.labels(each.standard, each.outcome).inc()
            if len(found) < AT_ONCE or found[-1].settled_at == since:
                return
            since = found[-1].settled_at

    def _show(self, owed: Sequence[tuple[str, str, int]], soon: Sequence[tuple[str, int]]) -> None:
        for gauge in (self._owed, self._overdue, self._soon):
            gauge.clear()
        for standard, count in soon:
            self._soon.labels(standard).set(count)
        for standard, state, count in owed:
            (self._owed if state == OPEN else self._overdue).labels(standard).set(count)
