"""Is nothing lost and nothing done twice when a process fails at a step of consuming?"""

import random
from collections.abc import Callable

import pytest

from tests.faults.failing import recovers_from_one_failure, scenarios
from tests.faults.system import System

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLACES = (
    "batch-fetched",
    "batch-decided",
    "batch-committed",
    "batch-published",
    "batch-acknowledged",
    "dead-letter-committed",
)
IN_BRIEF = {
    ("batch-committed", "kill", 1),
}


@pytest.mark.parametrize(("name", "action", "hit"), scenarios(PLACES, IN_BRIEF))
async def test_one_failure_while_events_are_consumed_changes_nothing_in_the_end(
    system: System, name: str, action: str, hit: int, chance: random.Random,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    recovered = await recovers_from_one_failure(system, chance, name, action, hit)
    record_property("slowest recovery s", recovered)
