"""Can an answer be given once, and changed for a day?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.domain.survey import Answer, Survey, answered, may_answer, survey_id_for
from shared.errors import RuleError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ASKED = Survey(survey_id="survey-1", client_id="c-1", matter_id="m-1", asked_at=NOW)


def test_the_first_answer_is_revision_1() -> None:
    survey = answered(ASKED, Answer(score=3, comment="why"), NOW)
    assert (survey.score, survey.has_comment, survey.revision) == (3, True, 1)


def test_a_change_within_24_hours_is_another_revision() -> None:
    first = answered(ASKED, Answer(score=3), NOW)
    second = answered(first, Answer(score=9), NOW + timedelta(hours=23, minutes=59))
    assert (second.score, second.revision, second.answered_at) == (9, 2, NOW)


def test_the_same_answer_again_changes_nothing() -> None:
    first = answered(ASKED, Answer(score=3), NOW)
    assert answered(first, Answer(score=3), NOW + timedelta(hours=1)) is first


def test_after_24_hours_the_answer_stands() -> None:
    first = answered(ASKED, Answer(score=3), NOW)
    with pytest.raises(RuleError) as refused:
        answered(first, Answer(score=9), NOW + timedelta(hours=24))
    assert refused.value.code == "answer-final"


def test_the_day_counts_from_the_first_answer_not_from_the_last() -> None:
    first = answered(ASKED, Answer(score=3), NOW)
    second = answered(first, Answer(score=9), NOW + timedelta(hours=23))
    assert not may_answer(second, NOW + timedelta(hours=25))


def test_an_unanswered_survey_stays_open() -> None:
    assert may_answer(ASKED, NOW + timedelta(days=300))


def test_a_changed_satisfaction_is_a_changed_answer() -> None:
    first = answered(ASKED, Answer(score=9, satisfaction=2), NOW)
    second = answered(first, Answer(score=9, satisfaction=4), NOW + timedelta(hours=1))
    assert (second.satisfaction, second.revision) == (4, 2)


@given(st.text(max_size=20), st.text(max_size=20))
def test_every_stage_of_a_matter_has_a_survey_of_its_own(one: str, other: str) -> None:
    assert (survey_id_for("m-1", one) == survey_id_for("m-1", other)) is (one == other)


@given(st.text(min_size=1), st.text(min_size=1))
def test_one_matter_has_one_survey_and_no_other_matter_has_it(one: str, other: str) -> None:
    assert (survey_id_for(one) == survey_id_for(other)) is (one == other)
