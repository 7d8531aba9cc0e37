"""Do a birth date, a number or an address raise and lower what the names alone say?"""

import pytest

from services.intake.domain.identifiers import Identifiers
from services.intake.domain.known import Known, match_of
from services.intake.domain.wording import reasons_in_words

BORN = "1971-04-30"


def weighed(new: Identifiers | None, known: Identifiers | None) -> tuple[int, tuple[str, ...]]:
    """How a new Bob Smith matches a known Robert Smith, where so much is known of both."""
    other = Known(ref="party:1", role="adverse", names=("Robert Smith",), identifiers=known)
    match = match_of("Bob Smith", new, other)
    assert match is not None
    return match.score, match.reasons


BY_NAME, _ = weighed(None, None)


@pytest.mark.parametrize(
    ("new", "known", "reason"),
    [
        (Identifiers(birth_date=BORN), Identifiers(birth_date=BORN), "same-birth-date"),
        (
            Identifiers(email="Bob@Smith.example"),
            Identifiers(email="bob@smith.example "),
            "same-email",
        ),
        (
            Identifiers(phone="+49 30 901820"),
            Identifiers(phone="0049 (0)30 90 18 20"),
            "same-phone",
        ),
        (
            Identifiers(company_number="HRB 12345 B"),
            Identifiers(company_number="hrb12345b"),
            "same-company-number",
        ),
        (
            Identifiers(address="Königstraße 5, 10115 Berlin"),
            Identifiers(address="Koenigstr. 5, 10115 Berlin"),
            "same-address",
        ),
    ],
)
def test_the_same_raises_a_hit_and_says_so(
    new: Identifiers, known: Identifiers, reason: str
) -> None:
    score, reasons = weighed(new, known)
    assert score > BY_NAME
    assert reason in reasons
    assert reasons_in_words(reasons)


@pytest.mark.parametrize(
    ("new", "known", "reason"),
    [
        (Identifiers(birth_date=BORN), Identifiers(birth_date="1958-11-02"), "other-birth-date"),
        (
            Identifiers(company_number="HRB 1"),
            Identifiers(company_number="HRB 2"),
            "other-company-number",
        ),
    ],
)
def test_another_one_lowers_a_hit_and_leaves_it_to_a_person(
    new: Identifiers, known: Identifiers, reason: str
) -> None:
    score, reasons = weighed(new, known)
    assert 0 < score < BY_NAME
    assert reason in reasons
    assert reasons_in_words(reasons)


@pytest.mark.parametrize("typed", ["1971-04-31", "1972-04-30", "1917-04-30"])
def test_a_slip_in_a_birth_date_does_not_speak_against_it(typed: str) -> None:
    score, reasons = weighed(Identifiers(birth_date=typed), Identifiers(birth_date=BORN))
    assert score == BY_NAME
    assert "nearly-same-birth-date" in reasons


def test_day_and_month_changed_about_do_not_speak_against_it() -> None:
    score, reasons = weighed(
        Identifiers(birth_date="1971-03-04"), Identifiers(birth_date="1971-04-03")
    )
    assert score == BY_NAME
    assert "nearly-same-birth-date" in reasons


@pytest.mark.parametrize(
    "known", [None, Identifiers(email="bob@smith.example"), Identifiers(birth_date="")]
)
def test_what_is_missing_says_nothing(known: Identifiers | None) -> None:
    assert weighed(Identifiers(birth_date=BORN), known)[0] == BY_NAME


@pytest.mark.parametrize(
    ("new", "known"),
    [
        ("030/901820", "+49 30 901820"),
        ("(415) 555-0100", "+1 415 555 0100"),
        ("415.555.0100", "+1 415-555-0100 ext. 7"),
        ("+43 1 5337890", "0043 (0)1 533 78 90 Dw 15"),
        ("020 7946 0000", "+44 20 7946 0000"),
        ("01 23 45 67 89", "tel:+33-1-23-45-67-89"),
        ("٠٤ ١٢٣ ٤٥٦٧", "+971 4 123 4567"),
        ("0151-2345678", "+49 151 2345678 (mobil)"),
        ("0039 06 698 1234", "+39 06 698 1234"),
    ],
)
def test_a_telephone_number_is_the_same_however_it_is_written(new: str, known: str) -> None:
    score, reasons = weighed(Identifiers(phone=new), Identifiers(phone=known))
    assert score > BY_NAME
    assert "same-phone" in reasons


@pytest.mark.parametrize(
    ("new", "known"),
    [("+49 30 901820", "+49 30 901821"), ("110", "110"), ("+49 30 901820", "+49 40 901820")],
)
def test_another_number_or_one_of_few_figures_is_no_telephone_in_common(
    new: str, known: str
) -> None:
    _, reasons = weighed(Identifiers(phone=new), Identifiers(phone=known))
    assert "same-phone" not in reasons


def test_another_mail_address_or_telephone_says_nothing() -> None:
    new = Identifiers(email="bob@smith.example", phone="+49 30 901820")
    known = Identifiers(email="r@smith.example", phone="+49 89 550011")
    assert weighed(new, known)[0] == BY_NAME


def test_one_company_under_two_names_is_found_by_its_number() -> None:
    number = Identifiers(company_number="FN 123456 a")
    known = Known(ref="party:1", role="adverse", names=("Alpenbau GmbH",), identifiers=number)
    match = match_of("Tauern Holding AG", number, known)
    assert match is not None
    assert match.reasons == ("same-company-number",)
