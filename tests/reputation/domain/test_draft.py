"""Is every proposed reply the firm's own words, and can the drafter see nothing to give away?"""

import inspect
from itertools import product
from typing import get_args

import pytest

from services.reputation.domain.approved_replies import Profile
from services.reputation.domain.draft import FirmProfile, draft, mood_of, variants
from services.reputation.domain.guard import Occasion, judge
from services.reputation.domain.repeated_facts import Reviewed
from services.reputation.domain.sites import REPLY_LIMITS, reply_limit
from tests.reputation.domain.firm import firm

EVERY = list(
    product(range(1, 6), ("en", "de"), [*REPLY_LIMITS, "somewhere-new"], get_args(Profile))
)


def verdict(text: str, stars: int, language: str, site: str, profile: Profile, review: str) -> str:
    occasion = Occasion(
        mood=mood_of(stars),
        site=site,
        limit=reply_limit(site),
        language=language,
        profile=profile,
        reviewed=Reviewed(text=review),
    )
    return judge(text, occasion, firm(profile).approved).verdict


@pytest.mark.parametrize(("stars", "language", "site", "profile"), EVERY)
def test_every_reply_to_pick_passes_the_guard(
    stars: int, language: str, site: str, profile: Profile
) -> None:
    for each in variants(stars, language, site, firm(profile)):
        assert verdict(each.text, stars, language, site, profile, review=each.text) == "pass"


@pytest.mark.parametrize(("stars", "language", "site", "profile"), EVERY)
def test_there_are_several_to_pick_from(
    stars: int, language: str, site: str, profile: Profile
) -> None:
    assert len(variants(stars, language, site, firm(profile))) >= 3


def test_the_drafter_sees_only_stars_language_site_the_firm_s_own_and_whose_turn_it_is() -> None:
    seen = ["stars", "language", "site", "firm", "turn"]
    assert list(inspect.signature(draft).parameters) == seen
    assert set(FirmProfile.__dataclass_fields__) == {"approved", "language", "profile", "phone"}


def test_one_review_after_another_gets_another_text() -> None:
    texts = {draft(5, "en", "google", firm(), turn).text for turn in range(12)}
    assert len(texts) >= 3


def test_the_same_turn_gives_the_same_text() -> None:
    assert draft(5, "en", "google", firm(), 7) == draft(5, "en", "google", firm(), 7)


def test_few_stars_get_no_denial_in_the_strict_profile() -> None:
    texts = [draft(1, "en", "google", firm(), turn).text for turn in range(12)]
    assert not [text for text in texts if "accurate" in text]


def test_florida_s_own_words_come_first_there() -> None:
    assert "neither fair nor accurate" in draft(1, "en", "google", firm("us-fl")).text


def test_the_reply_is_in_the_review_s_language() -> None:
    assert draft(5, "de", "google", firm()).language == "de"


@pytest.mark.parametrize("language", ["fr", ""])
def test_where_nothing_is_approved_in_that_language_the_firm_s_own_is_proposed(
    language: str,
) -> None:
    assert draft(5, language, "google", firm()).language == "en"
    assert {each.language for each in variants(5, language, "google", firm())} == {"en", "de"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "It is in German."),
        ("fr", "It is in French, and no reply is approved in French: a lawyer decides."),
        ("", "Its language is not known; the reply that is proposed is in English."),
    ],
)
def test_the_language_is_never_passed_over_in_silence(language: str, said: str) -> None:
    assert firm().said_language(language) == said
