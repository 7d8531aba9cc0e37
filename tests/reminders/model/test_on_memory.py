"""Do timers and messages keep their promises, whatever happens? Over plain memory."""

from hypothesis.stateful import run_state_machine_as_test

from tests.reminders.model.budget import budget
from tests.reminders.model.events import appointment, review, survey, updated
from tests.reminders.model.machine import Machine


def test_timers_and_messages_keep_their_promises() -> None:
    run_state_machine_as_test(Machine, settings=budget(fast=30, whole=3_000, steps=30))


def test_an_ask_that_is_judged_first_does_not_know_how_late_another_may_still_go() -> None:
    """Of two that are due together the second is found in a sleeper's hands only afterwards."""
    life = Machine()
    try:
        life.begin(night=("Europe/Berlin", "2026-03-24"), hour=0, others=0, asked=False)
        life.told(ago=0, data=updated("1", {"timezone": "Australia/Lord_Howe"}), hear=True)
        life.told(ago=0, data=survey("1"), hear=False)
        life.told(ago=0, data=review("1"), hear=True)
        life.claims(name="0", queue=1, where="committed", ahead=False)
        life.heard(which=0)
        life.time_comes(which=0, off=-1, at_work=True)
        life.nothing_is_broken()
    finally:
        life.teardown()


def test_what_was_to_be_told_goes_by_the_last_word_that_is_found_to_be_unknown_beside_it() -> None:
    """A sleeper's message may have come: what is told of the new date follows on that one."""
    life = Machine()
    try:
        life.begin(night=("Europe/Berlin", "2026-03-24"), hour=0, others=0, asked=False)
        life.told(ago=0, data=appointment("1", 2 * 1440 + 360), hear=True)
        life.time_comes(which=0, off=-1, at_work=False)
        life.claims(name="0", queue=1, where="committed", ahead=True)
        life.time_comes(which=0, off=-1, at_work=False)
        life.told(ago=0, data=appointment("1", 20), hear=True)
        life.time_passes(minutes=0)
        life.nothing_is_broken()
    finally:
        life.teardown()


def test_who_was_told_lately_by_a_message_found_to_be_unknown_beside_it_is_told_nothing() -> None:
    """At night either ground will do: the same commit finds out what may have come."""
    life = Machine()
    try:
        life.begin(night=("Europe/Berlin", "2026-03-24T01:30"), hour=0, others=0, asked=False)
        life.one_day_has_many_letters(due=7, number="1", starts=2)
        life.crashes(again=True, name="0")
        life.one_day_has_many_letters(due=8, number="1", starts=3)
        life.claims(name="0", queue=0, where=None, ahead=True)
        life.claims(name="1", queue=1, where="committed", ahead=False)
        life.claims(name="0", queue=1, where=None, ahead=True)
        life.nothing_is_broken()
    finally:
        life.teardown()
