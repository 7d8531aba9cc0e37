"""Is every client asked for a review in exactly the same way?"""

import inspect
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reputation.domain.ask import Ask, AskingSite, ask_for, ask_id_for
from services.reputation.domain.sites import MONITOR_ONLY

SITE = AskingSite(site="google", page_url="https://reviews.example/firm")
PLAIN = {str, int, bool}
TELLING = ("score", "complaint", "review_id", "stars", "nps", "client", "matter", "recovery")


def test_the_deciding_function_sees_the_firm_s_setting_and_nothing_else() -> None:
    hints = typing.get_type_hints(ask_for)
    assert hints == {"site": AskingSite, "return": Ask}
    assert list(inspect.signature(ask_for).parameters) == ["site"]


def test_nothing_in_that_setting_can_hold_a_score_a_complaint_or_a_person() -> None:
    hints = typing.get_type_hints(AskingSite)
    assert set(hints.values()) <= PLAIN
    assert not [name for name in hints for word in TELLING if word in name]


def test_the_ask_is_the_same_whenever_it_is_made() -> None:
    assert ask_for(SITE) == ask_for(SITE)


@pytest.mark.parametrize("site", ["yelp", "Yelp", " YELP "])
def test_a_site_that_forbids_asking_can_never_be_asked_on(site: str) -> None:
    with pytest.raises(ValueError, match="forbids asking"):
        AskingSite(site=site, page_url="https://yelp.example")


def test_the_sites_that_are_only_watched_are_fixed() -> None:
    assert "yelp" in MONITOR_ONLY
    assert isinstance(MONITOR_ONLY, frozenset)


@given(st.text(min_size=1), st.text(min_size=1))
def test_one_matter_is_one_ask(one: str, other: str) -> None:
    assert (ask_id_for(one) == ask_id_for(other)) is (one == other)
