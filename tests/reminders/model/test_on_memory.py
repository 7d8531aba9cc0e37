"""Do timers and messages keep their promises, whatever happens? Over plain memory."""

from hypothesis.stateful import run_state_machine_as_test

from tests.reminders.model.budget import budget
from tests.reminders.model.machine import Machine


def test_timers_and_messages_keep_their_promises() -> None:
    run_state_machine_as_test(Machine, settings=budget(fast=120, whole=10_000, steps=30))
