"""Is a text message counted in the parts in which it travels?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.segments import BASIC, EXTENSION, alphabet_of, plainer, segments

KNOWN = sorted(BASIC | EXTENSION)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ß" * 160, 1),
        ("ê" + "a" * 69, 1),
        ("ê" + "a" * 70, 2),
        ("ê" + "a" * 133, 2),
        ("ê" + "a" * 134, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_a_text_takes_as_many_parts_as_the_standard_says(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_a_character_of_two_places_is_never_cut_in_two() -> None:
    assert segments("a" * 152 + "€" + "a" * 152) == 3  # 152 + (2 + 151) + 1
    assert segments("ê" + "a" * 65 + "😀" + "a" * 66) == 3


@given(st.text(alphabet=KNOWN, max_size=400))
def test_what_the_small_alphabet_holds_never_takes_more_parts_than_in_the_large(text: str) -> None:
    assert alphabet_of(text) == "gsm-7"
    assert segments(text) <= max(segments(f"{text}ŝ"), 0 if not text else 1)


@given(st.text(max_size=300), st.text(max_size=50))
def test_more_text_never_takes_fewer_parts(text: str, more: str) -> None:
    assert segments(text + more) >= segments(text)


def test_typographic_signs_are_made_plain() -> None:
    assert alphabet_of(plainer("„Ihr Termin“ \u2013 um 2:00\u202fPM \u2026 it\u2019s")) == "gsm-7"
