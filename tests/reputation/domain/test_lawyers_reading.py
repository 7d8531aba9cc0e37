"""Which replies need a lawyer's approval?"""

from itertools import product

import pytest

from services.reputation.domain.guard import Verdict
from services.reputation.domain.lawyers_reading import why_a_lawyer
from services.reputation.domain.triage import Severity


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
def test_free_text_always_does_whatever_the_stars(stars: int) -> None:
    assert "not every sentence" in (why_a_lawyer(stars, "low", "lawyer") or "")


@pytest.mark.parametrize("stars", [1, 2])
def test_few_stars_do(stars: int) -> None:
    assert "stars" in (why_a_lawyer(stars, "high", "pass") or "")


@pytest.mark.parametrize("stars", [3, 4, 5])
def test_a_grave_accusation_does_even_under_five_stars(stars: int) -> None:
    assert "grave" in (why_a_lawyer(stars, "high", "pass") or "")


def test_the_firm_s_own_words_under_a_friendly_review_do_not() -> None:
    severities: tuple[Severity, ...] = ("low", "medium")
    verdict: Verdict = "pass"
    for stars, severity in product((3, 4, 5), severities):
        assert why_a_lawyer(stars, severity, verdict) is None
