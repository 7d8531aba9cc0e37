"""Is every drafted reply neutral, and can the drafter see nothing it could give away?"""

import inspect
from itertools import product
from typing import get_args

import pytest

from services.reputation.domain.draft import FirmProfile, Profile, draft
from services.reputation.domain.guard import Reviewed, findings_in
from services.reputation.domain.language import Language
from services.reputation.domain.sites import REPLY_LIMITS, reply_limit

EVERY = list(
    product(range(1, 6), get_args(Language), [*REPLY_LIMITS, "somewhere-new"], get_args(Profile))
)


@pytest.mark.parametrize(("stars", "language", "site", "profile"), EVERY)
def test_every_template_passes_the_guard(
    stars: int, language: Language, site: str, profile: Profile
) -> None:
    text = draft(stars, language, site, FirmProfile(profile=profile))
    found = findings_in(text, reviewed=Reviewed(), limit=reply_limit(site), profile=profile)
    assert found == ()


def test_a_template_shares_no_telling_word_with_any_review() -> None:
    texts = {
        draft(stars, language, site, FirmProfile(profile=profile))
        for stars, language, site, profile in EVERY
    }
    everything = Reviewed(text=" ".join(texts))
    for text in texts:
        assert findings_in(text, reviewed=everything, limit=5000, profile="us-fl") == ()


def test_the_drafter_sees_only_stars_language_site_and_the_firm_s_profile() -> None:
    assert list(inspect.signature(draft).parameters) == ["stars", "language", "site", "firm"]
    assert set(FirmProfile.__dataclass_fields__) == {"language", "profile"}


def test_few_stars_get_no_denial_and_no_apology_in_the_strict_profile() -> None:
    text = draft(1, "en", "google", FirmProfile())
    assert "Professional considerations do not permit us to respond here." in text


def test_the_reply_is_in_the_review_s_language() -> None:
    assert draft(5, "de", "google", FirmProfile()).startswith("Vielen Dank")
