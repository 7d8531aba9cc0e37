"""Does the right review come first, and is its language seen?"""

import pytest

from services.reputation.domain.triage import DAYS, triage


@pytest.mark.parametrize(
    ("stars", "text", "severity"),
    [
        (5, "Great.", "low"),
        (4, None, "low"),
        (3, "So so.", "medium"),
        (2, "Slow.", "high"),
        (1, None, "high"),
        (5, "They leaked my data, that is a breach!", "high"),
        (4, "Ich habe mich bei der Anwaltskammer beschwert.", "high"),
        (3, "Pay me or I will post more.", "high"),
    ],
)
def test_few_stars_and_alarming_words_come_first(
    stars: int, text: str | None, severity: str
) -> None:
    assert triage(stars, text, "en").severity == severity


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They were very friendly and helped me with everything.", "en"),
        ("Sehr freundlich und immer für mich da, ich bin zufrieden.", "de"),
        ("!!!", "de"),
        (None, "de"),
    ],
)
def test_the_language_is_guessed_and_otherwise_the_firm_s(text: str | None, language: str) -> None:
    assert triage(5, text, "de").language == language


def test_the_worse_the_sooner() -> None:
    assert DAYS["high"] < DAYS["medium"] < DAYS["low"]
