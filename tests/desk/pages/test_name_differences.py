"""Are the letters marked in which two names differ?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk.pages.name_differences import beside


def marked(name: str, other: str | None) -> str:
    return "".join(part if same else f"[{part}]" for part, same in beside(name, other))


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Jon Smyth", "John Smith", "Jon Sm[y]th"),
        ("John Smith", "Jon Smyth", "Jo[h]n Sm[i]th"),
        ("ACME", "Acme", "ACME"),
        ("Harbour Limited", "Harbour Ltd", "Harbour L[imite]d"),
        ("Anna", None, "[Anna]"),
        ("", "Anna", ""),
    ],
)
def test_letters_only_one_name_has_are_marked(name: str, other: str | None, expected: str) -> None:
    assert marked(name, other) == expected


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_parts_make_the_whole_name(name: str, other: str) -> None:
    assert "".join(part for part, _ in beside(name, other)) == name
