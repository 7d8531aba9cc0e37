"""Is the language of a review seen, and said to be unknown where it cannot be?"""

import pytest

from services.reputation.domain.language import NAMES, language_of, name_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They were very friendly and helped me with everything.", "en"),
        ("Sehr freundlich und immer für mich da, ich bin zufrieden.", "de"),
        ("Nobody called back.", "en"),
        ("They ruined the sale of my bakery.", "en"),
        ("Bad firm.", "en"),
        ("Niemand hat zurückgerufen.", "de"),
        ("Nie wieder!", "de"),
        ("Très bon cabinet, je recommande.", "fr"),
        ("Avocat très compétent, merci pour tout.", "fr"),
        ("Muy buena atención, lo recomiendo.", "es"),
        ("Ottimo studio, avvocati molto bravi.", "it"),
        ("Bardzo polecam tę kancelarię.", "pl"),
        ("Çok iyi bir avukat, tavsiye ederim.", "tr"),
        ("Очень плохо.", "ru"),
        ("سيئ جدا", "ar"),
        ("!!!", ""),
        ("Xyz.", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_language_of_a_review(text: str | None, language: str) -> None:
    assert language_of(text) == language


def test_every_language_that_is_seen_has_a_name() -> None:
    assert all(name_of(language) != language for language in NAMES)
    assert name_of("xx") == "xx"
