"""Is every text judged at once, however it was made?"""

import re
import time

import pytest

from services.reputation.domain.guard_rules import IN_EVERY_LANGUAGE, bounded
from services.reputation.domain.guard_rules_de import RULES as GERMAN
from services.reputation.domain.guard_rules_en import RULES as ENGLISH
from services.reputation.domain.sites import REPLY_LIMITS
from services.reputation.domain.triage import triage
from tests.machine_speed import slowness
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
    "umlauts": "äöü",
    "brackets": "([",
    "at signs": "a@",
}
SECONDS = 1.5  # of the processor of a usual machine: many times what it takes


@pytest.mark.parametrize("piece", ADVERSE.values(), ids=ADVERSE)
def test_a_text_of_any_make_is_judged_at_once(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    started = time.process_time()
    judged(text, limit=LONGEST)
    assert time.process_time() - started < SECONDS * slowness()


@pytest.mark.parametrize("piece", ADVERSE.values(), ids=ADVERSE)
def test_a_text_that_is_too_long_is_not_read_at_all(piece: str) -> None:
    (finding,) = judged(piece * 200_000 + "x", limit=LONGEST).findings
    assert finding.rule in ("length", "empty")


@pytest.mark.parametrize("piece", ADVERSE.values(), ids=ADVERSE)
def test_a_review_of_any_make_is_sorted_at_once(piece: str) -> None:
    started = time.process_time()
    triage(1, (piece * 20_000)[:20_000])
    assert time.process_time() - started < SECONDS * slowness()


PATTERNS = [
    pattern
    for rule in (*IN_EVERY_LANGUAGE, *ENGLISH, *GERMAN)
    for pattern in (*rule.plain, *rule.hints, *((rule.excuse,) if rule.excuse else ()))
]
ENDLESS = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\})")  # "any number of times"
CLASS = re.compile(r"\[[^]]*\]")


def without_classes(pattern: str) -> str:
    """The pattern with each set of letters put aside: a star in one is a star."""
    return CLASS.sub("[]", pattern)


def test_no_pattern_of_the_guard_reads_on_without_end() -> None:
    assert PATTERNS
    for pattern in PATTERNS:
        assert not ENDLESS.search(without_classes(pattern.pattern)), pattern.pattern


def test_a_pattern_that_reads_on_without_end_would_be_seen() -> None:
    for written in (r"your [a-z]+ case", r"represent\w*", r"\d{3,}", r"(?:a|b)+"):
        assert ENDLESS.search(without_classes(written))
    assert bounded(r"your [a-z'-]+ cases?") == r"your [a-z'-]{1,40} cases?"
    assert bounded(r"represent\w*") == r"represent\w{0,40}"


@pytest.mark.parametrize("piece", ADVERSE.values(), ids=ADVERSE)
def test_no_pattern_takes_more_than_its_share_of_a_long_sentence(piece: str) -> None:
    """Four times the text may take four times as long, and not sixteen times."""
    text, bound = (piece * 4 * LONGEST)[: 4 * LONGEST], SECONDS * slowness()
    for pattern in PATTERNS:
        started = time.process_time()
        sum(1 for _ in pattern.finditer(text))
        assert time.process_time() - started < bound, pattern.pattern[:80]
