"""Does a row come back as it was, and does no cell of it begin like a formula?"""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.desk.domain.spreadsheet import NUMBER, row_of, safe_cell

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
BEGINNINGS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@given(TEXT)
@example("=1+1")
@example("  =1+1")
@example("\t=1")
@example('=HYPERLINK("x","y")')
@example("-1+1")
@example("-33.3")
def test_no_cell_but_a_plain_number_begins_like_a_formula(text: str) -> None:
    cell = safe_cell(text)
    if NUMBER.fullmatch(cell):
        return
    assert cell.lstrip(" ")[:1] not in {*BEGINNINGS}
    assert cell.lstrip()[:1] not in {"=", "+", "-", "@"}


@given(st.lists(TEXT, min_size=1, max_size=6))
@example(['a "quoted" word', "two\r\nlines", "a, b; c"])
def test_a_row_comes_back_as_it_was_but_for_the_apostrophe(cells: list[str]) -> None:
    (read,) = csv.reader(io.StringIO(row_of(cells), newline=""), strict=True)
    assert read == [safe_cell(cell) for cell in cells]
    assert [each.removeprefix("'") for each in read] == [each.removeprefix("'") for each in cells]


@pytest.mark.parametrize(
    "plain", ["Anna Müller", "", "a=b", "2026-03-02 12:00", "(+49) 30", "-33.3333", "-5"]
)
def test_what_is_harmless_stays_as_it_is(plain: str) -> None:
    assert safe_cell(plain) == plain
