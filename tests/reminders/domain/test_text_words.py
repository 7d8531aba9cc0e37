"""Does a word alone end, begin or ask about text messages, in every language of the firm?"""

import pytest
from pydantic import ValidationError

from services.reminders.app import read_wording
from services.reminders.domain.text_words import TextWords, Wish, wish_in
from services.reminders.settings import RemindersSettings

WORDS = read_wording(RemindersSettings()).text_words


@pytest.mark.parametrize(
    "text", ["STOP", " stop. ", "Stopp!", "ENDE", "Abmelden", "opt out", "QUIT"]
)
def test_a_word_that_ends_texts_is_understood_in_any_language(text: str) -> None:
    assert wish_in(text, WORDS) is Wish.STOP


@pytest.mark.parametrize(
    ("text", "wish"), [("START", "start"), ("HILFE?", "help"), ("Help", "help")]
)
def test_so_are_the_words_that_begin_them_and_ask(text: str, wish: str) -> None:
    assert wish_in(text, WORDS) == wish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "Please stop by at ten",
        "I cannot come",
        "no stop",
        "x" * 500,
        "stop\x00" * 20,
        "!",
    ],
)
def test_everything_else_is_no_word(text: str) -> None:
    assert wish_in(text, WORDS) is None


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize("wish", list(Wish))
def test_each_word_has_an_answer_that_names_the_firm_and_is_short(
    language: str, wish: Wish
) -> None:
    answer = WORDS[language].answer(wish, "Muster & Partner", "+49 30 555 0100")
    assert answer.startswith("Muster & Partner")
    assert len(answer) <= 306


def test_a_language_that_does_not_say_how_to_end_texts_is_refused() -> None:
    said = WORDS["en"].model_dump() | {"end": "Bye."}
    with pytest.raises(ValidationError, match="end has to name a word of stop"):
        TextWords.model_validate(said)


def test_a_word_nobody_fills_in_is_refused() -> None:
    with pytest.raises(ValidationError, match="only"):
        TextWords.model_validate(WORDS["en"].model_dump() | {"helped": "{name}: ask us."})
