"""Does French read as it is printed: its spaces, its apostrophes, the first of a month?"""

import re
from datetime import date
from pathlib import Path

import pytest

from services.reminders.domain.letter_text import joined_subject
from services.reminders.domain.message_blocks import as_text, button
from services.reminders.domain.moment_words import MomentWords
from services.reminders.settings import TEXTS
from shared.firm.dates import written_out
from shared.yaml_text import loaded

FRENCH = Path("examples/firm/languages/fr")
MESSAGES = FRENCH / "messages"
PRINTED = sorted([*MESSAGES.glob("*.txt"), *MESSAGES.glob("frame/*"), *FRENCH.glob("[lps]*.yaml")])
PROGRAM = re.compile(r"\{[{%].*?[%}]\}|^\s*#.*$", re.MULTILINE)
BREAKS = re.compile(r" [:;!?»]|« |[^\W\d_]'[^\W\d_]")


@pytest.mark.parametrize("file", PRINTED, ids=lambda file: file.name)
def test_no_sign_is_torn_from_its_word_and_no_apostrophe_is_straight(file: Path) -> None:
    said = PROGRAM.sub("", file.read_text("utf-8"))
    assert BREAKS.findall(said) == []


@pytest.mark.parametrize(
    ("day", "locale", "said"),
    [
        (date(2026, 5, 1), "fr_FR", "vendredi 1er mai 2026"),
        (date(2026, 5, 1), "fr", "vendredi 1er mai 2026"),
        (date(2026, 5, 11), "fr_CH", "lundi, 11 mai 2026"),
        (date(2026, 5, 31), "fr", "dimanche 31 mai 2026"),
        (date(2026, 5, 1), "de", "Freitag, 1. Mai 2026"),
        (date(2026, 5, 1), "en_GB", "Friday, 1 May 2026"),
    ],
)
def test_the_first_of_a_month_is_le_premier(day: date, locale: str, said: str) -> None:
    assert written_out(day, locale) == said


def test_a_button_of_a_plain_text_has_the_colon_of_its_language() -> None:
    said = button("Écrire un avis", "https://firm.example/a")
    assert as_text(said, "fr").startswith("Écrire un avis\u00a0:\n")
    assert as_text(said, "en").startswith("Écrire un avis:\n")


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_no_comma_follows_a_subject_that_asks(language: str) -> None:
    folder = MESSAGES if language == "fr" else TEXTS / language
    words = MomentWords.model_validate(
        loaded((folder / "frame" / "moments.yaml").read_text("utf-8"))
    )
    for first in ("Alles gut?", "Comment ça va\u00a0?"):
        assert "?," not in joined_subject([first, "B", "C"], words)
        assert f"{first} \u2013 " in joined_subject([first, "B"], words)
    assert joined_subject(["A", "B"], words).startswith("A, ")
