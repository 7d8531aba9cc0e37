"""May a decision be taken back, and does its owner hear of it once?"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk.domain.held_decisions import (
    HeldDecision,
    announced,
    goes_at_once,
    is_draft,
    noted,
    passed_on,
    refused,
    taken_back,
)
from shared.errors import RuleError
from tests.desk.facts import NOON

TEN = timedelta(seconds=10)
HELD = HeldDecision(
    decision_id="d-1", task_id="t-1", service="reminders", person="client:c-1", by="leo",
    decision="reached", version=1, said=b"x", at=NOON, due=NOON + TEN,
)  # fmt: skip


def test_a_decision_waits_unless_its_instant_is_what_counts() -> None:
    assert not goes_at_once("call-client", None, NOON, TEN)
    assert all(goes_at_once(kind, None, NOON, TEN) for kind in ("roll-call", "deadline"))


def test_no_decision_waits_where_the_firm_wants_none_to() -> None:
    assert goes_at_once("call-client", None, NOON, timedelta(0))


def test_what_is_due_within_the_seconds_goes_at_once() -> None:
    assert goes_at_once("call-client", NOON + TEN, NOON, TEN)
    assert not goes_at_once("call-client", NOON + timedelta(minutes=5), NOON, TEN)
    assert not goes_at_once("call-client", NOON - timedelta(minutes=5), NOON, TEN)


def test_only_who_decided_takes_it_back() -> None:
    with pytest.raises(RuleError, match="Only who decided"):
        taken_back(HELD, "lena", NOON)


def test_taken_back_twice_is_taken_back_once() -> None:
    once = taken_back(HELD, "leo", NOON)
    assert taken_back(once, "leo", NOON + TEN) is once


@given(st.lists(st.sampled_from(["take-back", "pass-on", "accept", "refuse"]), max_size=8))
def test_what_was_passed_on_is_never_taken_back_and_the_other_way_round(
    orders: list[str],
) -> None:
    held, told = HELD, False
    for order in orders:
        if order == "take-back":
            try:
                held = taken_back(held, "leo", NOON)
            except RuleError:
                continue
            assert not told
        elif order == "pass-on" and held.due is not None:
            held, told = passed_on(held, NOON), True
        elif order == "accept" and held.state == "passing-on":
            held = announced(held, NOON)
        elif order == "refuse" and held.state == "passing-on":
            held = refused(held, "not-open", "Too late.", NOON)
    assert (held.state == "taken-back") <= (not told)
    assert (held.due is None) == (held.state in ("announced", "refused", "taken-back"))


def test_an_owner_that_is_away_is_asked_again_at_growing_distance() -> None:
    first = passed_on(HELD, NOON)
    tenth = first
    for _ in range(9):
        tenth = passed_on(tenth, NOON)
    assert first.due == NOON + timedelta(seconds=15)
    assert tenth.due == NOON + timedelta(minutes=1)


def test_what_was_typed_stands_again_until_the_task_has_changed() -> None:
    back = taken_back(HELD, "leo", NOON)
    assert is_draft(back, "leo", 1)
    assert not is_draft(back, "leo", 2)
    assert not is_draft(back, "lena", 1)


def test_what_was_refused_stands_until_it_has_been_read() -> None:
    no = refused(passed_on(HELD, NOON), "not-open", "Too late.", NOON)
    assert is_draft(no, "leo", 7)
    assert not is_draft(noted(no, "leo"), "leo", 7)
    assert noted(no, "lena") is no
