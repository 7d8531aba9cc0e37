"""Do numbers and lines keep their order between words that run from right to left?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.firm.directions import lines_in_order, numbers_in_order, runs_left
from shared.web.static import FILES

ARABIC, HEBREW = "هاتف: +49 30 555", "טלפון: +49 30 555"


@pytest.mark.parametrize("text", [ARABIC, HEBREW])
def test_a_number_between_such_words_is_marked(text: str) -> None:
    assert "\u200e+49 30 555" in numbers_in_order(text)
    assert numbers_in_order(numbers_in_order(text)) == numbers_in_order(text)


@given(st.text(st.characters(max_codepoint=0x58F)))
def test_nothing_else_is_touched(text: str) -> None:
    assert not runs_left(text)
    assert numbers_in_order(text) == text
    assert lines_in_order(text) == text


def test_a_line_that_begins_in_latin_letters_runs_like_its_words() -> None:
    text = "Muster, مكتب\nمكتب Muster\nMuster"
    assert lines_in_order(text) == "\u200fMuster, مكتب\nمكتب Muster\nMuster"


def test_what_stands_for_a_link_does_not_begin_a_line() -> None:
    assert lines_in_order("\ue001رأيكم\ue002x\ue001") == "\ue001رأيكم\ue002x\ue001"


def test_the_style_sheet_knows_no_left_and_no_right() -> None:
    """A side is where reading begins or ends; what is said otherwise stands on the wrong one."""
    style = FILES["style.css"].decode()
    assert not [
        line for line in style.splitlines()
        if any(side in line for side in ("-left:", "-right:", " left:", " right:"))
    ]  # fmt: skip
