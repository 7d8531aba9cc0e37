"""Does the machine notice when a rule is missing? A machine that cannot fail proves nothing."""

import inspect
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.reminders.model.budget import WHOLE
from tests.reminders.model.defects import DEFECTS
from tests.reminders.model.machine import Machine

SOON_SEEN = (
    "a moved appointment leaves the old reminders",
    "quiet hours are the firm's",
)
TRIED = list(DEFECTS) if WHOLE else SOON_SEEN
WITHOUT_SHRINKING = settings(
    max_examples=3000, stateful_step_count=40, deadline=None, database=None, derandomize=True,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_takes_what_the_rule_takes_in_whose_place_it_is_put(defect: str) -> None:
    planted: Any = DEFECTS[defect]()
    if hasattr(planted, "in_dict"):
        return  # a question that is never asked: it takes anything
    rule = getattr(planted.getter(), planted.attribute)
    inspect.signature(planted.new).bind(*inspect.signature(rule).parameters)


@pytest.mark.parametrize("defect", TRIED)
def test_the_machine_notices_that(defect: str) -> None:
    with DEFECTS[defect](), pytest.raises(AssertionError):
        run_state_machine_as_test(Machine, settings=WITHOUT_SHRINKING)
