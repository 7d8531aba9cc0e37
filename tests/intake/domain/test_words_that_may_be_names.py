"""Are words that look like titles, forms or slips of the hand read as the names they may be?"""

import pytest

from services.intake.domain.matching import compare
from services.intake.domain.search_keys import filing_keys, looking_keys

OTHERS = [
    ("Don Müller", "Peter Müller"),
    ("Phil Jones", "Mark Jones"),
    ("Justice Adams", "Mary Adams"),
    ("Jack Ma", "Peter Ma"),
    ("Ba Nguyen", "Thi Nguyen"),
    ("Anh Le", "Minh Le"),
    ("عمر حسن", "Ali Hassan"),
    ("عمر حسن", "Mr Hassan"),
    ("Jan Vos", "Piet Vos"),
    ("Nguyen Co", "Peter Co"),
    ("Diego Real", "Pedro Real"),
    ("Green Ltd", "Berry Ltd"),
    ("Erin Walsh", "Ron Walsh"),
    ("Robert Fox", "Bill Fox"),
    ("Bank of Westland (Northcity)", "Bank of Westland (Southport)"),
]
ALIKE = [
    ("Don Müller", "Don Mueller"),
    ("Phil Jones", "Philip Jones"),
    ("Justice Adams", "Justice Adams"),
    ("Jack Ma", "Ma Jack"),
    ("عمر حسن", "Omar Hassan"),
    ("Jan Vos", "J. Vos"),
    ("Diego Real", "Real, Diego"),
    ("Robert Fox", "Bob Fox"),
    ("Bank of Westland (Northcity)", "Bank of Westland"),
    ("J0hn Smith", "John Smith"),
    ("Peter Schm1dt", "Peter Schmidt"),
    ("Schm1dt", "Schmidt"),
    ("Mül1er", "Müller"),
    ("Anna Me1er", "Anna Meier"),
    ("Wi11iam Fox", "William Fox"),
    ("S M I T H Robert", "Robert Smith"),
    ("P e t e r   M e i e r", "Peter Meier"),
    ("S.C.H.M.I.D.T Peter", "Peter Schmidt"),
    ("one two three four five six seven eight nine ten eleven twelve John Smith", "John Smith"),
    (
        "Reginald Arthur Percival Montgomery Algernon Featherstonehaugh Cholmondeley Beauchamp "
        "Marjoribanks Peverell Fitzroy Somerset Carew Smith",
        "Reginald Smith",
    ),
]


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_who_shares_only_what_looks_like_a_title_or_form_is_another(one: str, other: str) -> None:
    assert compare(one, other) is None
    assert compare(other, one) is None


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_is_found_however_it_was_typed(one: str, other: str) -> None:
    for new, known in ((one, other), (other, one)):
        assert compare(new, known) is not None
        assert not set(looking_keys(new)).isdisjoint(filing_keys(known))
