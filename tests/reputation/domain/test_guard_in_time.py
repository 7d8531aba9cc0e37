"""Is every text judged at once, however it was made?"""

import time

import pytest

from services.reputation.domain.guard_rules import IN_EVERY_LANGUAGE
from services.reputation.domain.guard_rules_de import RULES as GERMAN
from services.reputation.domain.guard_rules_en import RULES as ENGLISH
from services.reputation.domain.sites import REPLY_LIMITS
from services.reputation.domain.triage import triage
from tests.reputation.domain.firm import judged

LONGEST = max(REPLY_LIMITS.values())
ADVERSE = {
    "one letter": "a",
    "a letter that is two": "ß",
    "a sign that is eighteen": "\ufdfa",
    "digits": "1",
    "dots": ".",
    "spaces": " ",
    "hyphens": "a-",
    "words": "your ",
    "words of two languages": "wir haben sie ",
    "an address that never comes": "a.",
    "a number that never ends": "1 ",
    "lines": "a\n",
    "umlauts spelled out": "ue",
    "hidden characters": "a\u200b",
    "many sentences": "We. ",
}
SECONDS = 2.0  # many times what it takes: the machine may be busy


@pytest.mark.parametrize("piece", ADVERSE.values(), ids=ADVERSE)
def test_a_text_of_any_make_is_judged_at_once(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    started = time.perf_counter()
    judged(text, limit=LONGEST)
    assert time.perf_counter() - started < SECONDS


@pytest.mark.parametrize("piece", ADVERSE.values(), ids=ADVERSE)
def test_a_text_that_is_too_long_is_not_read_at_all(piece: str) -> None:
    (finding,) = judged(piece * 200_000 + "x", limit=LONGEST).findings
    assert finding.rule in ("length", "empty")


@pytest.mark.parametrize("piece", ADVERSE.values(), ids=ADVERSE)
def test_a_review_of_any_make_is_sorted_at_once(piece: str) -> None:
    started = time.perf_counter()
    triage(1, (piece * 20_000)[:20_000])
    assert time.perf_counter() - started < SECONDS


PATTERNS = [
    pattern
    for rule in (*IN_EVERY_LANGUAGE, *ENGLISH, *GERMAN)
    for pattern in (*rule.plain, *rule.hints, *((rule.excuse,) if rule.excuse else ()))
]


@pytest.mark.parametrize("piece", ADVERSE.values(), ids=ADVERSE)
def test_no_pattern_takes_more_than_its_share_of_a_long_sentence(piece: str) -> None:
    """Four times the text may take four times as long, and not sixteen times."""
    text = (piece * 4 * LONGEST)[: 4 * LONGEST]
    for pattern in PATTERNS:
        started = time.perf_counter()
        sum(1 for _ in pattern.finditer(text))
        assert time.perf_counter() - started < SECONDS, pattern.pattern[:80]
