"""Is a value shown as firm.toml would have to say it?"""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from deploy.cli.firm_values import as_toml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    TEXTS | st.integers(-(10**9), 10**9) | st.booleans(),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(TEXTS, parts, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_what_is_shown_reads_back_as_what_is_in_force(value: object) -> None:
    assert tomllib.loads(f"it = {as_toml(value)}")["it"] == value


def test_a_location_with_slashes_is_a_key_in_quotes() -> None:
    assert (
        as_toml({"accounts/1/locations/2": "Berlin"}) == '{ "accounts/1/locations/2" = "Berlin" }'
    )
