"""Is a number found where one is written in international form, and nowhere else?"""

import pytest

from services.reminders.domain.phone_number import number_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+49 30 1234567", "+49301234567"),
        ("+49 (0)30 123-45.67", "+49301234567"),
        ("0049 30 1234567", "+49301234567"),
        ("+1 (415) 555-0100", "+14155550100"),
        ("030 1234567", None),
        ("(415) 555-0100", None),
        ("+49 30 1234 ext. 5", None),
        ("+0 30 1234567", None),
        ("+49 30 12345678901234", None),
        ("", None),
        (None, None),
    ],
)
def test_only_international_form_names_one_telephone(
    written: str | None, number: str | None
) -> None:
    assert number_of(written) == number
