"""Are inquirers greeted as they would be by a careful office, in the firm's own letters too?"""

from typing import Any

import pytest

from services.intake.app import HERE, read_letters
from services.intake.domain.letter_texts import LetterTextError, letter_texts_of
from tests.core.test_organisations import ORGANISATIONS

SHIPPED = read_letters(HERE / "letters")
TEXT = {"subject": "An {firm}", "body": "{greeting}\n\nHier: {link}"}
OWN: dict[str, Any] = {
    "language": "de", "invitation": TEXT, "declined": {"subject": "Nein", "body": "{greeting} Nein"}
}  # fmt: skip
OURS = {"person": "Moin {name},", "organisation": "Moin zusammen,", "nobody": "Moin,"}


@pytest.mark.parametrize("name", ORGANISATIONS)
@pytest.mark.parametrize(
    ("language", "greeting"),
    [("en", "Dear Sir or Madam,"), ("de", "Sehr geehrte Damen und Herren,")],
)
def test_a_company_is_never_written_to_as_a_person(language: str, greeting: str, name: str) -> None:
    assert SHIPPED[language].greetings.of(name) == greeting


@pytest.mark.parametrize(
    ("language", "greeting"), [("en", "Dear Ada Muster,"), ("de", "Guten Tag Ada Muster,")]
)
def test_a_person_is_greeted_by_name(language: str, greeting: str) -> None:
    assert SHIPPED[language].greetings.of("Ada Muster") == greeting


@pytest.mark.parametrize(("language", "greeting"), [("en", "Hello,"), ("de", "Guten Tag,")])
@pytest.mark.parametrize("name", [None, ""])
def test_where_no_name_is_known_no_greeting_has_a_hole(
    name: str | None, language: str, greeting: str
) -> None:
    assert SHIPPED[language].greetings.of(name) == greeting


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("letter", ["invitation", "declined", "received"])
def test_every_shipped_letter_to_somebody_known_greets_by_this_rule(
    letter: str, language: str
) -> None:
    assert getattr(SHIPPED[language], letter).body.startswith("{greeting}\n\n")


def test_every_english_letter_goes_on_with_a_capital_and_every_german_one_without() -> None:
    for language, texts in SHIPPED.items():
        for letter in (texts.invitation, texts.declined, texts.confirmation, texts.received):
            after = letter.body.split("\n\n")[1]
            assert after[0].isupper() == (language == "en"), after


def test_a_firm_greets_in_its_own_words() -> None:
    texts = letter_texts_of("de.yaml", OWN | {"greeting": OURS}, SHIPPED)
    assert texts.greetings.of("Ada Muster") == "Moin Ada Muster,"
    assert letter_texts_of("de.yaml", OWN, SHIPPED).greetings == SHIPPED["de"].greetings


@pytest.mark.parametrize(
    "wrong", [OURS | {"person": "Moin,"}, OURS | {"nobody": "Moin {name},"}, {"person": "{name}"}]
)
def test_a_greeting_that_cannot_be_filled_in_is_found_at_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(LetterTextError, match=r"de\.yaml: greeting"):
        letter_texts_of("de.yaml", OWN | {"greeting": wrong}, SHIPPED)
