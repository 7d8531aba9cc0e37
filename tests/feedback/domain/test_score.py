"""Are NPS and CSAT exact, each over the answers to its own question?"""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.domain.score import (
    Unhappy,
    ease_of,
    recommendation_of,
    satisfaction_of,
    unhappy_about,
)

scores = st.lists(st.integers(0, 10), min_size=1, max_size=200)
boxes = st.lists(st.integers(1, 5), min_size=1, max_size=200)


def test_nps_of_10_9_8_3_is_exactly_25() -> None:
    assert recommendation_of(Counter([10, 9, 8, 3])).nps == 25


def test_a_third_is_kept_exactly() -> None:
    assert recommendation_of(Counter([10, 7, 8])).nps == Fraction(100, 3)


@pytest.mark.parametrize(
    ("answers", "csat"),
    [([5, 4, 3, 1], 50), ([5, 5, 2], Fraction(200, 3)), ([3, 3], 0), ([4], 100)],
)
def test_csat_is_the_share_of_fours_and_fives(answers: list[int], csat: Fraction) -> None:
    satisfaction = satisfaction_of(Counter(answers))
    assert (satisfaction.csat, satisfaction.n) == (csat, len(answers))


def test_whoever_would_recommend_the_firm_has_said_nothing_about_satisfaction() -> None:
    asked_before_satisfaction_was = satisfaction_of({})
    assert (asked_before_satisfaction_was.n, asked_before_satisfaction_was.csat) == (0, None)


def test_without_answers_there_is_no_figure() -> None:
    nothing = recommendation_of({})
    assert (nothing.n, nothing.nps) == (0, None)


@given(scores)
def test_every_answer_is_in_exactly_one_group(given_scores: list[int]) -> None:
    figures = recommendation_of(Counter(given_scores))
    assert figures.promoters + figures.passives + figures.detractors == figures.n
    assert figures.n == len(given_scores)


@given(scores)
def test_nps_agrees_with_counting_by_hand(given_scores: list[int]) -> None:
    up = sum(score >= 9 for score in given_scores)
    down = sum(score <= 6 for score in given_scores)
    nps = recommendation_of(Counter(given_scores)).nps
    assert nps == Fraction(100 * (up - down), len(given_scores))


@given(boxes)
def test_csat_agrees_with_counting_by_hand(answers: list[int]) -> None:
    content = sum(answer >= 4 for answer in answers)
    assert satisfaction_of(Counter(answers)).csat == Fraction(100 * content, len(answers))


@given(st.lists(st.integers(1, 7), min_size=1))
def test_ces_agrees_with_the_mean_by_hand(answers: list[int]) -> None:
    assert ease_of(Counter(answers)).ces == Fraction(sum(answers), len(answers))


@given(st.integers(0, 10))
def test_six_and_below_is_unhappy(score: int) -> None:
    assert (unhappy_about(score) == "score") is (score <= 6)


@given(st.integers(7, 10), st.integers(1, 2))
def test_a_dissatisfied_client_is_unhappy_whatever_they_recommend(score: int, box: int) -> None:
    assert unhappy_about(score, box) == "satisfaction"


@given(st.integers(7, 10), st.integers(1, 7))
def test_whom_it_was_made_hard_for_is_unhappy(score: int, ease: int) -> None:
    assert (unhappy_about(score, 5, ease) == "ease") is (ease <= 3)


def test_no_answer_is_not_unhappy() -> None:
    assert unhappy_about(None) is None


def test_the_firm_says_from_where_on_somebody_gets_in_touch() -> None:
    limits = Unhappy(nps=4, csat=0, ces=1)
    assert unhappy_about(5, 1, 2, limits=limits) is None
    assert unhappy_about(4, 5, 7, limits=limits) == "score"
    assert unhappy_about(9, 5, 1, limits=limits) == "ease"
