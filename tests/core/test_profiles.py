"""Is every point of law data with a source, and one setting for all services?"""

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.feedback.settings import FeedbackSettings
from services.intake.settings import IntakeSettings
from services.reminders.settings import RemindersSettings
from services.reputation.settings import ReputationSettings
from shared.process.settings import Settings
from shared.profiles.choosing import SHIPPED, profile_named, read_profiles
from shared.profiles.profile import Profile

SERVICES = (
    Settings, IntakeSettings, RemindersSettings, FeedbackSettings, ReputationSettings,
)  # fmt: skip
DOCUMENT = Path(__file__).parents[2] / "docs" / "profiles.md"


def test_the_shipped_profiles_are_these() -> None:
    assert list(read_profiles()) == ["england-and-wales", "general", "germany", "us"]


@pytest.mark.parametrize("profile", read_profiles().values(), ids=list(read_profiles()))
def test_every_point_has_a_source_an_edition_and_somebody_who_settles_it(profile: Profile) -> None:
    assert profile.settled_by
    assert all(point.source and point.edition and point.means for point in profile.points)


@pytest.mark.parametrize("name", list(read_profiles()))
def test_the_documentation_names_every_source(name: str) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    profile = profile_named(name)
    assert [point.source for point in profile.points if point.source not in text] == []
    assert profile.settled_by in text


@pytest.mark.parametrize("settings", SERVICES)
def test_every_service_follows_the_one_setting(
    settings: type[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_PROFILE", "germany")
    assert settings().law().title == "Germany"


@pytest.mark.parametrize("settings", SERVICES)
def test_an_unknown_profile_stops_the_start_and_names_those_there_are(
    settings: type[Settings],
) -> None:
    with pytest.raises(ValidationError, match="known are england-and-wales, general, germany, us"):
        settings(profile="bavaria")


@pytest.mark.parametrize(("former", "today"), [("default", "general"), ("german", "germany")])
def test_names_of_earlier_releases_are_still_understood(former: str, today: str) -> None:
    assert Settings(profile=former).law() == profile_named(today)


def test_a_firm_can_have_profiles_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "us-ny.yaml").write_text((SHIPPED / "us.yaml").read_text("utf-8"), "utf-8")
    assert Settings(profile="us-ny", profiles_dir=tmp_path).law().title == "United States"


@pytest.mark.parametrize("spoilt", ["surveys:", "    de:", "  source:", "{firm}"])
def test_a_profile_that_lacks_something_is_refused_by_file(tmp_path: Path, spoilt: str) -> None:
    text = (SHIPPED / "germany.yaml").read_text("utf-8").replace(spoilt, spoilt[:-1] + "x:", 1)
    text = text.replace("{firmx:", "{client}")
    (tmp_path / "germany.yaml").write_text(text, "utf-8")
    with pytest.raises(ValidationError, match=r"germany\.yaml"):
        Settings(profile="germany", profiles_dir=tmp_path)
