"""Does a form's file become a form, or say what is wrong with it?"""

from typing import Any

import pytest

from services.intake.app import HERE, read_forms
from services.intake.domain.forms import FormError, form_of
from services.intake.domain.preferences import LANGUAGES

AREA = {"en": "Family", "de": "Familie"}
GOOD: dict[str, Any] = {"form": "contact", "areas": {"family": AREA}}


def test_the_shipped_form_names_every_area_in_every_language() -> None:
    form = read_forms(HERE / "forms")["contact"]
    assert len(form.areas) > 3
    assert all(area.words[language] for area in form.areas for language in LANGUAGES)


def test_a_form_offers_its_areas_by_their_keys() -> None:
    assert form_of("x.yaml", GOOD).keys == {"family"}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"areas": {}}, "under `areas:`"),
        ({"areas": None}, "under `areas:`"),
        ({"areas": {"family": {"en": "Family"}}}, "lacks its name in: de"),
        ({"areas": {"fa mily": AREA}}, "letters, digits and hyphens"),
        ({"form": None}, "letters, digits and hyphens"),
        ({"privacy_url": "http://x"}, "must begin with https://"),
        ({"colour": "red"}, "colour is not known here"),
    ],
)
def test_what_is_wrong_is_said_with_the_files_name(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(FormError, match=f"x.yaml: .*{complaint}"):
        form_of("x.yaml", GOOD | changes)


def test_a_file_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(FormError):
        form_of("x.yaml", ["contact"])
