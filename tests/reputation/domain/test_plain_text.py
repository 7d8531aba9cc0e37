"""Is a text read for what it says, however it is spelled?"""

import pytest

from services.reputation.domain.plain_text import folded, without_umlaut_spelling


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ueble", "uble"),
        ("Gebuehr", "gebuhr"),
        ("aeussern", "aussern"),
        ("Haeuser", "hauser"),
        ("Foerderung", "forderung"),
        ("neuen", "neuen"),
        ("Bauer", "bauer"),
        ("Steuer", "steuer"),
        ("Quelle", "quelle"),
        ("treuen", "treuen"),
    ],
)
def test_an_umlaut_may_be_spelled_out_and_other_vowels_stay(written: str, read: str) -> None:
    assert without_umlaut_spelling(folded(written)).text == read


def test_no_sign_makes_a_text_much_longer() -> None:
    assert len(folded("\ufdfa" * 100).text) <= 400


def test_places_are_those_of_the_text_as_written() -> None:
    plain = folded("Straße  frei", starts_at=10)
    assert plain.text == "strasse frei"
    assert plain.span(8, 12) == (18, 22)
