"""Which codes count, and how often?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyotp import TOTP

from services.desk.domain.second_factor import (
    SecondFactor,
    WrongCodeError,
    plain_code,
    recovery_hash,
    used,
)

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238, appendix B
NOW = datetime.fromtimestamp(1_111_111_109, UTC)
FACTOR = SecondFactor(staff_id="leo", secret=SECRET, recovery_hashes=(recovery_hash("ABCD2345"),))
HALF_MINUTE = timedelta(seconds=30)


def code_at(instant: datetime) -> str:
    return TOTP(SECRET).at(instant)


def counts(factor: SecondFactor, code: str, at: datetime = NOW) -> bool:
    try:
        used(factor, code, at)
    except WrongCodeError:
        return False
    return True


def test_the_code_of_the_standard_counts() -> None:
    assert counts(FACTOR, "081804")


@pytest.mark.parametrize(("late", "counted"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_the_clock_of_a_telephone_may_be_half_a_minute_off(late: int, counted: bool) -> None:
    assert counts(FACTOR, code_at(NOW + late * HALF_MINUTE)) is counted


def test_a_code_counts_once_and_so_does_none_before_it() -> None:
    after = used(FACTOR, code_at(NOW), NOW)
    assert not counts(after, code_at(NOW))
    assert not counts(after, code_at(NOW - HALF_MINUTE))
    assert counts(after, code_at(NOW + HALF_MINUTE), NOW + HALF_MINUTE)


def test_a_recovery_code_counts_once_however_it_is_typed() -> None:
    after = used(FACTOR, " abcd-2345 ", NOW)
    assert after.recovery_hashes == ()
    assert not counts(after, "ABCD 2345")


@given(st.text(max_size=60))
def test_nothing_else_counts(typed: str) -> None:
    right = {*(code_at(NOW + each * HALF_MINUTE) for each in (-1, 0, 1)), "ABCD2345"}
    assert counts(FACTOR, typed) is (plain_code(typed) in right)


@given(st.text(max_size=60))
def test_without_a_secret_no_code_counts(typed: str) -> None:
    assert not counts(SecondFactor(staff_id="leo"), typed)
