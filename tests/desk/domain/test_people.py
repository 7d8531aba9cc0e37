"""Is what is typed about somebody kept plain, and is what is wrong named at its field?"""

from collections.abc import Callable

import pytest

from services.desk.domain.people import plain_email, plain_id, plain_line, plain_phone
from shared.errors import RuleError


def title(typed: str) -> str:
    """A line whose field is the title."""
    return plain_line(typed, "title")


@pytest.mark.parametrize(
    ("plain", "typed", "kept"),
    [
        (plain_id, "staff-1", "staff-1"),
        (plain_phone, "+49 30 1234567", "+49 30 1234567"),
        (plain_phone, "", None),
        (plain_email, "ada@example.com", "ada@example.com"),
        (plain_email, None, None),
        (title, "  Partner ", "Partner"),
    ],
)
def test_what_fits_is_kept(plain: Callable[..., object], typed: object, kept: object) -> None:
    assert plain(typed) == kept


@pytest.mark.parametrize(
    ("plain", "typed", "field", "remedy"),
    [
        (plain_id, "a b", "staff_id", "letters, digits"),
        (plain_id, None, "staff_id", "letters, digits"),
        (plain_phone, "call me", "phone", "one telephone number"),
        (plain_email, "ada", "email", "one e-mail address"),
        (title, "two\nlines", "title", "one line"),
    ],
)
def test_what_does_not_names_its_field_and_the_remedy(
    plain: Callable[..., object], typed: object, field: str, remedy: str
) -> None:
    with pytest.raises(RuleError, match=remedy) as no:
        plain(typed)
    assert (no.value.field, no.value.code) == (field, "invalid")
