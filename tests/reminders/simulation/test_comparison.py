"""Is a changed set of rules held against the one in force on one and the same past?"""

from dataclasses import replace
from datetime import timedelta

from services.reminders.settings import RemindersSettings
from services.reminders.simulation.comparison import Comparison, as_lived, playbooks_in_force
from tests.reminders.over_memory import MONDAY, shipped
from tests.reminders.simulation.test_rehearsal import DAY, STORY, changed, event

EARLIER = ("offset: -1d", "offset: -2d")


def compared() -> Comparison:
    """The shipped rules beside rules that remind a day earlier, after the story of a client."""
    comparison = Comparison(RemindersSettings(), shipped(), changed(*EARLIER))
    for number, (after, data) in enumerate(STORY):
        comparison.hear(event(number, MONDAY + after, data), MONDAY + after)
    comparison.pass_until(MONDAY + 40 * DAY)
    return comparison


def test_every_event_is_heard_by_both_and_counted_once() -> None:
    comparison = compared()
    assert comparison.heard == len(STORY)
    outlook = comparison.outlook(60 * DAY)
    assert outlook.acted_before == outlook.acted_after > 0


def test_what_differs_is_told_from_the_end_of_the_past_backwards() -> None:
    outlook = compared().outlook(60 * DAY)
    assert outlook.since == MONDAY - 20 * DAY
    assert {(each.rule_id, each.what) for each in outlook.differences} == {
        ("appointment-day-before", "would-move")
    }


def test_what_happened_before_the_time_looked_at_is_left_out() -> None:
    outlook = compared().outlook(timedelta(days=1))
    assert (outlook.differences, outlook.acted_before) == ([], 0)


def test_our_own_events_carry_the_firms_time_where_time_was_moved() -> None:
    comparison = Comparison(RemindersSettings(), shipped(), shipped())
    later = MONDAY + 30 * DAY
    said = event(0, later, STORY[1][1], source="urn:clientele:intake")
    comparison.hear(said, MONDAY)
    assert comparison.outlook(DAY).since == later - DAY


def test_without_a_setting_the_shipped_playbooks_are_in_force() -> None:
    assert {file.parent.name for file in playbooks_in_force(RemindersSettings())} == {
        "clocks",
        "playbooks",
    }


def test_what_was_imported_is_heard_as_if_it_had_been_told_on_its_day() -> None:
    imported = [
        (replace(event(number, MONDAY + after, data), history=True), MONDAY + 50 * DAY)
        for number, (after, data) in enumerate(STORY)
    ]
    comparison = Comparison(RemindersSettings(), shipped(), changed(*EARLIER))
    for each, at in as_lived(reversed(imported)):
        comparison.hear(each, at)
    comparison.pass_until(MONDAY + 40 * DAY)
    assert comparison.outlook(60 * DAY) == compared().outlook(60 * DAY)
