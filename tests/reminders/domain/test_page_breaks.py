"""Is a letter torn between its pages as a typist would tear it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.page_breaks import SHORT, TOGETHER, lines_that_stay


@pytest.mark.parametrize(
    ("lines", "room", "along", "stay"),
    [
        pytest.param(4, 4, 0, 4, id="what fits stays"),
        pytest.param(4, 3, 0, 0, id="a short one goes as a whole"),
        pytest.param(8, 6, 0, 6, id="a long one is torn"),
        pytest.param(8, 7, 0, 6, id="no line begins a page alone"),
        pytest.param(8, 1, 0, 0, id="no line ends a page alone"),
        pytest.param(4, 6, 6, 0, id="the close takes a short one along"),
        pytest.param(8, 10, 6, 6, id="the close takes two lines of a long one along"),
        pytest.param(8, 0, 0, 0, id="on a full page there is no room"),
    ],
)
def test_so_many_lines_stay(lines: int, room: int, along: int, stay: int) -> None:
    assert lines_that_stay(lines, room, along=along) == stay


@given(st.integers(1, 80), st.integers(0, 50), st.integers(0, 8))
def test_no_line_stands_alone(lines: int, room: int, along: int) -> None:
    stay = lines_that_stay(lines, room, along=along)
    assert 0 <= stay <= min(lines, max(room, 0))
    if 0 < stay < lines:
        assert lines > SHORT
        assert min(stay, lines - stay) >= TOGETHER
