"""Is a practice area called in its reader's words: the firm's, the shipped ones, or as it came?"""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from services.desk.domain.said_words import AREAS
from services.desk.domain.sentences import sentence
from services.desk.pages.area_words import area_name, own_areas, use_areas
from services.desk.pages.language import choose, put_back, retold
from services.desk.pages.report_words import scope_words
from services.intake.domain.forms import Form, form_of
from shared.contracts.firm import MatterOpened
from shared.yaml_text import loaded

ROOT = Path(__file__).parents[3]


@pytest.fixture
def german() -> Iterator[None]:
    """Whoever reads, reads German; afterwards nothing of it is left."""
    before = choose("de")
    yield
    use_areas({})
    put_back(before)


def shipped_form() -> Form:
    text = (ROOT / "services/intake/forms/contact.yaml").read_text("utf-8")
    return form_of("contact.yaml", loaded(text))


def test_the_shipped_areas_are_called_as_in_the_shipped_form() -> None:
    assert {area.key: area.words["en"] for area in shipped_form().areas} == AREAS


@pytest.mark.usefixtures("german")
def test_they_are_called_so_in_german_too() -> None:
    for area in shipped_form().areas:
        assert area_name(area.key) == area.words["de"]
    assert scope_words("area:tenancy", {}) == "Rechtsgebiet: Miete und Wohnen"


@pytest.mark.usefixtures("german")
def test_a_line_of_the_timeline_names_the_area_in_german() -> None:
    opened = MatterOpened(matter_id="m-1", client_id="c-1", practice_area="tenancy", owner_id="leo")
    assert "Miete und Wohnen" in retold(sentence(opened, ZoneInfo("Europe/Berlin")))


def test_another_area_is_shown_as_it_came_and_none_is_empty() -> None:
    assert [area_name(each) for each in ("family-law", "Family law", "", None)] == [
        "Family law", "Family law", "", "",
    ]  # fmt: skip


@pytest.mark.usefixtures("german")
def test_the_firm_says_its_own_for_shipped_ones_and_for_those_of_other_systems(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "languages" / "de"
    folder.mkdir(parents=True)
    said = "areas:\n  tenancy: Mietrecht\n  family-law: Familienrecht\n"
    (folder / "pages.yaml").write_text(said, "utf-8")
    use_areas(own_areas(tmp_path))
    called = [area_name(each) for each in ("tenancy", "Family law", "traffic", "tax")]
    assert called == ["Mietrecht", "Familienrecht", "Verkehr und Unfall", "Tax"]
