"""Is what a firm says of keeping records held against its profile, and then what counts?"""

import pytest
from pydantic import ValidationError

from shared.process.settings import Settings
from shared.profiles.choosing import profile_named
from shared.profiles.retention import Kept, in_force

GERMANY = profile_named("germany").retention


def kept(profile: str, **said: dict[str, object]) -> Settings:
    """A firm under this law that keeps classes of records for its own time."""
    classes = {name.replace("_", "-"): each for name, each in said.items()}
    return Settings.model_validate({"profile": profile, "firm_retention": classes})


def test_without_a_word_of_the_firm_the_profile_counts() -> None:
    assert in_force(GERMANY, {}) == GERMANY


def test_longer_with_a_reason_counts_and_the_reason_stands_beside_the_source() -> None:
    rule = kept("germany", notes={"years": 10, "reason": "our insurer"}).retention()["notes"]
    assert rule.years == 10
    assert rule.year_end
    assert rule.source == f"{GERMANY['notes'].source}; the firm: our insurer"


@pytest.mark.parametrize(
    ("profile", "name", "said", "why"),
    [
        ("germany", "notes", {"years": 10}, "longer than 6 years needs a reason"),
        ("germany", "notes", {"years": 10, "reason": " "}, "longer than 6 years needs a reason"),
        ("germany", "notes", {"years": 5, "reason": "room"}, "§ 50 Abs. 1 BRAO"),
        ("germany", "conflict-names", {"years": 30, "reason": "x"}, "kept without an end"),
        ("general", "notes", {"years": 5, "reason": "x"}, "no such class of records; there are"),
        ("germany", "notes", {"years": 0}, "greater than or equal to 1"),
        ("germany", "notes", {"days": 9}, "years"),
    ],
)
def test_what_the_law_or_its_reader_would_not_take_is_refused(
    profile: str, name: str, said: dict[str, object], why: str
) -> None:
    with pytest.raises(ValidationError, match=why):
        kept(profile, **{name: said})


def test_where_nothing_but_a_choice_is_against_it_shorter_is_taken() -> None:
    assert kept("general", conflict_checks={"years": 3}).retention()["conflict-checks"].years == 3


def test_only_choices_of_the_firm_may_be_shorter_in_a_shipped_profile() -> None:
    for name in ("general", "us", "england-and-wales", "germany"):
        for rule in profile_named(name).retention.values():
            assert not rule.shorter or "the firm's own choice" in rule.source


def test_the_reason_is_a_sentence_and_no_essay() -> None:
    with pytest.raises(ValidationError):
        Kept(years=10, reason="x" * 301)
