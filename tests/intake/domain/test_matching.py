"""Are two written names names of the same person or company?"""

# ruff: noqa: RUF001 - letters of many scripts

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.matching import HIT, STRONG, compare
from services.intake.domain.search_keys import filing_keys, looking_keys

SAME = [
    ("Bob Smith", "Robert J. Smith", "nickname"),
    ("Bob Smith", "Rob Smith", "nickname"),
    ("Hans Maier", "Johannes Maier", "nickname"),
    ("Smith, Robert", "Robert Smith", "same-name"),
    ("Smith Robert", "Robert Smith", "same-words"),
    ("José Núñez", "Jose Nunez", "same-name"),
    ("Müller", "Mueller", "diacritics"),
    ("Anna Müller", "Anna Mueller", "diacritics"),
    ("Anna Muller", "Anna Mueller", "diacritics"),
    ("Søren Ørsted", "Soren Orsted", "same-name"),
    ("Hans Strauß", "Hans Strauss", "same-name"),
    ("Łukasz Kowalski", "Kowalski Lukasz", "same-words"),
    ("Тарас Шевченко", "Taras Shevchenko", "same-name"),
    ("Шевченко", "Shevchenko", "same-name"),
    ("王小明", "Xiaoming Wang", "same-words"),
    ("محمد علي", "Mohammed Ali", "transliteration"),
    ("Mohammed", "Muhammad", "nickname"),
    ("Mohammed Ali", "Muhammad Ali", "nickname"),
    ("O'Neill", "ONeil", "spelling"),
    ("Sean O'Neill", "Sean O Neill", "same-name"),
    ("Sean O’Neill", "Sean ONeil", "spelling"),
    ("Anna Meier", "Anna Mayer", "spelling"),
    ("Peter Schmidt", "Peter Schmitt", "spelling"),
    ("Jonathan Smith", "Johnathan Smith", "spelling"),
    ("J. Smith", "John Smith", "initial"),
    ("John S.", "John Smith", "initial"),
    ("Robert J. Smith", "Robert James Smith", "initial"),
    ("Anna Müller-Lüdenscheid", "Anna Müller", "extra-word"),
    ("Anne-Marie Schmidt", "Annemarie Schmidt", "spelling"),
    ("Dr. med. Eva Braun", "Eva Braun", "same-name"),
    ("Robert Smith Jr.", "Mr Robert Smith", "same-name"),
    ("Robert Smith KC", "Robert Smith", "same-name"),
    ("Ludwig van Beethoven", "Beethoven, Ludwig", "same-name"),
    ("Anna Schmidt geb. Weber", "Anna Weber", "other-name"),
    ("Anna Schmidt (née Weber)", "Weber, Anna", "other-name"),
    ("John and Mary Smith", "Mary Smith", "other-name"),
    ("John Smith t/a Smith Plumbing", "Smith Plumbing", "other-name"),
    ("ACME Ltd.", "Acme Limited", "same-name"),
    ("ACME Ltd.", "The Acme Company", "same-name"),
    ("Acme Limited", "The Acme Company", "same-name"),
    ("Acme, Inc.", "ACME GmbH & Co. KG", "same-name"),
    ("Smith & Sons Ltd", "Smith and Sons Limited", "same-name"),
    ("Siemens AG", "Siemens A.G.", "same-name"),
    ("Przykład Sp. z o.o.", "Przyklad", "same-name"),
    ("株式会社トヨタ", "Toyota K.K.", "same-name"),
    ("ООО Ромашка", "Romashka LLC", "same-name"),
    ("IBM", "International Business Machines", "acronym"),
    ("I.B.M. Corp.", "International Business Machines Corporation", "acronym"),
    ("Acme Holdings Ltd", "Acme Ltd", "part-of-name"),
    ("John Smith Ltd", "John Smith", "legal-form"),
    ("Smith", "John Smith", "surname-only"),
    ("Müller", "Dr. Anna Mueller", "surname-only"),
    ("Smith", "J. Smith", "surname-only"),
    ("Weber", "Anna Schmidt geb. Weber", "surname-only"),
]
OTHERS = [
    ("Jon Smith", "Ronjon Arrowsmith"),
    ("Anna Schmidt", "Anna Weber"),
    ("Anna Schmidt", "Peter Schmidt"),
    ("Mary Smith", "Mark Smith"),
    ("J. Smith", "K. Smith"),
    ("J. Smith", "Karl Smith"),
    ("Anna Maria Schmidt", "Anna Sophia Schmidt"),
    ("Jan Lee", "Jon Lee"),
    ("Client 00001", "Client 00002"),
    ("Studio 54 GmbH", "Studio 55 GmbH"),
    ("Deutsche Bank AG", "Deutsche Bahn AG"),
    ("IBM", "Interesting Baker Mary"),
    ("JAM Ltd", "Jean Antoine Müller"),
    ("John", "John Smith"),
    ("Smith Ltd", "John Smith"),
    ("IBM", "Anna Ibm"),
    ("", "John Smith"),
    ("...", "!!!"),
]


@pytest.mark.parametrize(("one", "other", "reason"), SAME)
def test_names_of_the_same_match_and_say_why(one: str, other: str, reason: str) -> None:
    found = compare(one, other)
    assert found is not None
    assert reason in found.reasons


@pytest.mark.parametrize(("one", "other", "reason"), SAME)
def test_a_match_does_not_depend_on_the_side(one: str, other: str, reason: str) -> None:
    if reason != "surname-only":
        assert compare(one, other) == compare(other, one)


def test_a_known_lone_surname_does_not_hold_up_everybody_of_that_name() -> None:
    assert compare("Smith", "John Smith") is not None
    assert compare("John Smith", "Smith") is None
    assert compare("John Smith", "Smith family") is not None


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_of_others_do_not_match(one: str, other: str) -> None:
    assert compare(one, other) is None


@pytest.mark.parametrize(("one", "other", "_"), SAME)
def test_names_of_the_same_are_found_by_their_keys(one: str, other: str, _: str) -> None:
    for new, known in ((one, other), (other, one)):
        assert compare(new, known) is None or set(filing_keys(known)) & set(looking_keys(new))


def test_one_more_digit_is_another_client() -> None:
    assert not set(filing_keys("Client 00001")) & set(looking_keys("Client 00002"))


def test_full_names_do_not_look_for_each_other_by_initial() -> None:
    assert not set(filing_keys("John Smith")) & set(looking_keys("Julia Smith"))


@given(st.text(max_size=60))
def test_any_text_with_a_letter_matches_itself(text: str) -> None:
    found = compare(text, text)
    letters = [c for c in text if c.isalnum()]
    assert found is None or found.score >= STRONG
    assert found is not None or len(letters) == 0 or not filing_keys(text) or len(letters) < 2


@given(st.text(max_size=60), st.text(max_size=60))
def test_scores_stay_within_their_bounds(one: str, other: str) -> None:
    found = compare(one, other)
    assert found is None or HIT <= found.score <= 100
