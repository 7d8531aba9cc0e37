"""Does the right review come first?"""

import pytest

from services.reputation.domain.triage import triage


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
        (5, "Great people, but this was fraud.", "high"),
        (5, "Nett, aber das ist Betrug.", "high"),
        (5, "Alles Betrueger hier.", "high"),
        (5, "Des escrocs.", "high"),
    ],
)
def test_few_stars_and_alarming_words_come_first(
    stars: int, text: str | None, severity: str
) -> None:
    assert triage(stars, text).severity == severity
