"""When does a recovery open, close and resolve?"""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.domain.recovery import (
    Recovery,
    closed_by_answer,
    has_to_close,
    has_to_open,
    opened,
    resolved,
)
from shared.errors import RuleError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEW = Recovery(recovery_id="r-1", survey_id="survey-1", client_id="c-1", matter_id="m-1", score=3)
OPEN = opened(NEW, 3, "t-1", NOW)
before = st.one_of(st.none(), st.integers(0, 10))


@given(before, st.integers(0, 10))
def test_an_answer_never_both_opens_and_closes(earlier: int | None, later: int) -> None:
    assert not (has_to_open(earlier, later) and has_to_close(earlier, later))


@given(st.integers(0, 10))
def test_a_first_answer_opens_exactly_at_six_and_below(score: int) -> None:
    assert has_to_open(None, score) is (score <= 6)


def test_opening_again_is_told_in_the_history() -> None:
    again = opened(closed_by_answer(OPEN, 9, NOW), 2, "t-2", NOW)
    assert [line.what for line in again.history] == ["opened", "answer-raised", "reopened"]
    assert (again.state, again.task_id) == ("open", "t-2")


def test_a_raised_answer_closes_with_history() -> None:
    closed = closed_by_answer(OPEN, 9, NOW)
    assert (closed.state, closed.history[-1].score) == ("closed", 9)


def test_what_a_person_resolved_stays_resolved_when_the_answer_is_raised() -> None:
    done = resolved(OPEN, outcome="explained", client_told=True, note="", by="s-2", now=NOW)
    assert closed_by_answer(done, 9, NOW).state == "resolved"


@pytest.mark.parametrize("told", [False, None, "", "no", "yes", 1])
def test_nothing_but_a_true_yes_says_that_the_client_was_told(told: object) -> None:
    with pytest.raises(RuleError) as refused:
        resolved(OPEN, outcome="explained", client_told=told, note="", by="s-2", now=NOW)
    assert refused.value.field == "client_told"
    assert refused.value.code == "client-not-told"


def test_resolving_keeps_who_and_how() -> None:
    done = resolved(OPEN, outcome="explained", client_told=True, note="n", by="s-2", now=NOW)
    assert (done.state, done.outcome, done.note) == ("resolved", "explained", "n")
    assert done.history[-1].by == "s-2"
