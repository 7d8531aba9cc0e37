"""Is a value typed in a form written in the firm's file as it was meant, and read again?"""

import tomllib

import pytest

from shared.errors import RuleError
from shared.firm.firm_file import Key, keys
from shared.firm.said_values import values_said, with_value

BY_PLACE = {each.place: each for each in keys()}
LOCATIONS, DAYS = BY_PLACE["reviews.locations"], BY_PLACE["reviews.answer_days"]


def written(key: Key, typed: str) -> object:
    section, _, name = key.place.partition(".")
    return tomllib.loads(with_value("", key, typed))[section][name]


def test_locations_are_named_by_ids_with_slashes_and_names_with_commas() -> None:
    typed = '"accounts/1/locations/2" = Berlin, Mitte, 3 = "Aachen"'
    assert written(LOCATIONS, typed) == {"accounts/1/locations/2": "Berlin, Mitte", "3": "Aachen"}


def test_what_is_shown_in_the_form_can_be_sent_again_unchanged() -> None:
    file = with_value("", LOCATIONS, '"accounts/1/locations/2" = Berlin, Mitte, 3 = Aachen')
    shown = values_said(file)["reviews.locations"]
    assert with_value(file, LOCATIONS, shown) == file


def test_a_table_of_numbers_is_written_as_before() -> None:
    assert written(DAYS, "high = 1, low = 5") == {"high": 1, "low": 5}


@pytest.mark.parametrize("key", [LOCATIONS, DAYS], ids=lambda key: key.name)
def test_what_is_no_table_is_refused_with_how_it_is_written(key: Key) -> None:
    with pytest.raises(RuleError, match="Write it as: ") as no:
        with_value("", key, "Berlin")
    assert no.value.field == key.place
