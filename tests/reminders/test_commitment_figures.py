"""Are commitments counted as they end, each once, and as they are owed?"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from prometheus_client import CollectorRegistry

from services.reminders.ops.commitment_figures import CommitmentFigures
from services.reminders.ports import Settled

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass
class ScriptedTally:
    """Commitments as a database would tell of them."""

    owing: list[tuple[str, str, int]] = field(default_factory=list)
    ended: list[Settled] = field(default_factory=list)
    due: list[tuple[str, datetime]] = field(default_factory=list)

    async def owed(self) -> list[tuple[str, str, int]]:
        return self.owing

    async def due_by(self, instant: datetime) -> list[tuple[str, int]]:
        return [(standard, 1) for standard, due_at in self.due if due_at < instant]

    async def settled(self, since: datetime, limit: int) -> list[Settled]:
        found = sorted(self.ended, key=lambda each: each.settled_at)
        return [each for each in found if each.settled_at >= since][:limit]


async def looked(*looks: tuple[ScriptedTally, datetime]) -> CollectorRegistry:
    registry = CollectorRegistry()
    figures = CommitmentFigures(registry)
    for tally, now in looks:
        told: Any = tally  # of the port only what these figures ask
        await figures.look(told, now)
    return registry


def met(registry: CollectorRegistry) -> float | None:
    return registry.get_sample_value(
        "commitments_total", {"standard": "return-call", "outcome": "met"}
    )


def ended(number: int, at: datetime) -> Settled:
    return Settled(f"k-{number}", "return-call", "met", at)


async def test_what_ended_before_the_process_began_is_not_counted_again() -> None:
    tally = ScriptedTally(ended=[ended(1, NOON - timedelta(seconds=5))])
    assert met(await looked((tally, NOON), (tally, NOON + timedelta(seconds=5)))) is None


async def test_what_ends_is_counted_once_however_often_it_is_seen() -> None:
    after = ScriptedTally(ended=[ended(1, NOON + timedelta(seconds=1))])
    looks = [(after, NOON + timedelta(seconds=5 * each)) for each in range(1, 100)]
    assert met(await looked((ScriptedTally(), NOON), *looks)) == 1


async def test_what_became_visible_only_after_a_later_look_is_counted() -> None:
    late = ScriptedTally(ended=[ended(1, NOON + timedelta(seconds=1))])
    looks = ((ScriptedTally(), NOON + timedelta(seconds=5)), (late, NOON + timedelta(seconds=10)))
    assert met(await looked((ScriptedTally(), NOON), *looks)) == 1


async def test_more_than_one_look_reads_at_once_are_all_counted() -> None:
    many = [ended(number, NOON + timedelta(milliseconds=number + 1)) for number in range(1_700)]
    tally = ScriptedTally(ended=many)
    looks = (ScriptedTally(), NOON), (tally, NOON + timedelta(seconds=5))
    assert met(await looked(*looks)) == 1_700


async def test_what_is_owed_and_what_is_overdue_are_shown_apart_and_go_again() -> None:
    owing = ScriptedTally(owing=[("return-call", "open", 3), ("promise", "missed", 1)])
    registry = await looked((owing, NOON))
    assert registry.get_sample_value("commitments_open", {"standard": "return-call"}) == 3
    assert registry.get_sample_value("commitments_overdue", {"standard": "promise"}) == 1
    registry = await looked((owing, NOON), (ScriptedTally(), NOON + timedelta(seconds=5)))
    assert registry.get_sample_value("commitments_open", {"standard": "return-call"}) is None


async def test_what_is_owed_within_the_hour_is_shown_by_the_firms_own_time() -> None:
    due = [("answer-inquiry", NOON + timedelta(minutes=59)), ("promise", NOON + timedelta(hours=2))]
    tally: Any = ScriptedTally(due=due)
    registry = CollectorRegistry()
    figures = CommitmentFigures(registry)
    await figures.look(tally, NOON)
    soon = registry.get_sample_value
    assert soon("commitments_due_soon", {"standard": "answer-inquiry"}) == 1
    assert soon("commitments_due_soon", {"standard": "promise"}) is None
    await figures.look(tally, NOON, NOON + timedelta(hours=2))
    assert soon("commitments_due_soon", {"standard": "promise"}) == 1
