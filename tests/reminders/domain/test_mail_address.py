"""Are two spellings of one address the same, and is what cannot be one refused?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.mail_address import (
    UnusableAddressError,
    normal_address,
    read_address,
)


def test_a_domain_in_either_form_is_the_same() -> None:
    assert normal_address("Info@MÜLLER.example") == normal_address("info@xn--mller-kva.example")


def test_blanks_around_it_are_no_part_of_it() -> None:
    assert read_address(" ada@muster.example\t").text == "ada@muster.example"


@pytest.mark.parametrize("address", ["", "@", "a@", "@b.example", "ada", "a@\u2024.example"])
def test_what_is_none_is_refused(address: str) -> None:
    with pytest.raises(UnusableAddressError):
        read_address(address)


def test_only_what_stands_before_the_at_needs_a_special_server() -> None:
    assert not read_address("info@müller.example").needs_smtputf8
    assert read_address("jörg@muster.example").needs_smtputf8


@given(st.text(max_size=80))
def test_any_text_has_one_normal_form(text: str) -> None:
    assert normal_address(normal_address(text)) == normal_address(text)
