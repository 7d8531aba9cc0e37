"""Do known answers give the published values?"""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.domain.estimates import (
    differ,
    mean_interval,
    mean_of,
    median_of,
    share_interval,
)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_has_the_interval_newcombe_published(
    count: int, n: int, low: float, high: float
) -> None:
    interval = share_interval(count, n)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share_and_stays_within_nought_and_one(count: int, more: int) -> None:
    n = count + more
    interval = share_interval(count, n)
    assert interval is not None
    assert 0 <= interval.low <= count / n + 1e-12
    assert count / n - 1e-12 <= interval.high <= 1


def test_a_mean_has_the_normal_interval_of_its_own_spread() -> None:
    answers = {1: 2, 3: 2}  # mean 2, standard deviation 2/sqrt(3)
    interval = mean_interval(answers)
    assert interval is not None
    assert round(interval.high - 2, 4) == round(1.959964 * (2 / 3**0.5) / 2, 4)


def test_of_one_answer_no_spread_is_known() -> None:
    assert mean_interval({7: 1}) is None
    assert mean_of({7: 1}) == 7


def test_a_median_is_in_the_middle_or_between_two() -> None:
    assert median_of({1: 1, 4: 1, 9: 1}) == 4
    assert median_of({1: 1, 4: 1}) == Fraction(5, 2)
    assert median_of({}) is None


def test_equal_shares_do_not_differ() -> None:
    assert differ([(40, 80), (50, 100), (20, 40)]) is False
    assert differ([(100, 100), (40, 40)]) is False


def test_shares_that_differ_beyond_chance_are_told() -> None:
    assert differ([(90, 100), (50, 100)]) is True


def test_of_too_few_nothing_is_said() -> None:
    assert differ([(1, 2), (2, 2)]) is None
    assert differ([(1, 2)]) is None
