"""Is nothing lost and nothing done twice when a process fails at a step of firing or sending?"""

import random
from collections.abc import Callable

import pytest

from shared.failpoints import NAMES
from tests.faults import test_failpoints_of_events as of_events
from tests.faults.failing import recovers_from_one_failure, scenarios
from tests.faults.system import System

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLACES = (
    "due-fetched",
    "due-committed",
    "due-published",
    "act-committed",
    "message-handing-over",
    "message-handed-over",
    "message-recorded",
)
IN_BRIEF = {
    ("message-handed-over", "kill", 1),
    ("message-handed-over", "stop", 1),
}


@pytest.mark.parametrize(("name", "action", "hit"), scenarios(PLACES, IN_BRIEF))
async def test_one_failure_while_timers_fire_and_messages_go_changes_nothing_in_the_end(
    system: System, name: str, action: str, hit: int, chance: random.Random,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    recovered = await recovers_from_one_failure(system, chance, name, action, hit)
    record_property("slowest recovery s", recovered)


async def test_every_failpoint_has_scenarios() -> None:
    assert {*of_events.PLACES, *PLACES} == set(NAMES)
