"""Is a company known by its name, and a person never taken for one?"""

import pytest

from shared.organisations import is_organisation

ORGANISATIONS = (
    "ACME GmbH", "Muster & Söhne KG", "Smith Holdings Ltd.", "Turnverein 1860 e. V.", "Beta AG",
    "Initech, Inc.", "Berg & Co", "Example LLP", "Kanzlei Nord PartG mbB", "Hill Trust",
)  # fmt: skip


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_an_organisation_is_known_by_its_name(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name", ["Eva Ek", "Anna Se", "Li Ag", "Ada Muster", "Cher", "Trust Okoye", "Jan van der Berg",
             ""]
)  # fmt: skip
def test_no_person_is_taken_for_an_organisation(name: str) -> None:
    assert not is_organisation(name)
