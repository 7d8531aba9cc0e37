"""Are NPS and CSAT exact, over numeric answers only?"""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.feedback.domain.score import is_unhappy, satisfaction_of

scores = st.lists(st.integers(0, 10), min_size=1, max_size=200)


def test_nps_of_10_9_8_3_is_exactly_25() -> None:
    assert satisfaction_of(Counter([10, 9, 8, 3])).nps == 25


def test_csat_counts_7_and_more_as_satisfied() -> None:
    assert satisfaction_of(Counter([10, 7, 6, 0])).csat == 50


def test_a_third_is_kept_exactly() -> None:
    assert satisfaction_of(Counter([10, 7, 8])).nps == Fraction(100, 3)


def test_without_answers_there_is_no_figure() -> None:
    nothing = satisfaction_of({})
    assert (nothing.n, nothing.nps, nothing.csat) == (0, None, None)


@given(scores)
def test_every_answer_is_in_exactly_one_group(given_scores: list[int]) -> None:
    figures = satisfaction_of(Counter(given_scores))
    assert figures.promoters + figures.passives + figures.detractors == figures.n
    assert figures.n == len(given_scores)


@given(scores)
def test_figures_agree_with_counting_by_hand(given_scores: list[int]) -> None:
    figures = satisfaction_of(Counter(given_scores))
    up = sum(score >= 9 for score in given_scores)
    down = sum(score <= 6 for score in given_scores)
    assert figures.nps == Fraction(100 * (up - down), len(given_scores))


@given(st.integers(0, 10))
def test_six_and_below_is_unhappy(score: int) -> None:
    assert is_unhappy(score) is (score <= 6)


def test_no_answer_is_not_unhappy() -> None:
    assert not is_unhappy(None)
