"""Can a firm write its own letters to inquirers, one by one and in a language of its own?"""

from pathlib import Path

import pytest

from services.intake.app import HERE, config_of, own_letters, read_letters
from services.intake.domain.letter_texts import KNOWN, LetterTextError
from services.intake.settings import IntakeSettings

SHIPPED = read_letters(HERE / "letters")
PLACES = {
    name: " ".join(f"{{{place}}}" for place in sorted(places)) for name, places in KNOWN.items()
}


def say(folder: Path, language: str, *letters: str, greets: bool = False) -> Path:
    """A firm's folder with these letters."""
    file = folder / "languages" / language / "letters.yaml"
    file.parent.mkdir(parents=True)
    texts = (f"{each}:\n  subject: Notre lettre\n  body: '{PLACES[each]}'\n" for each in letters)
    greeting = (
        "greeting: {person: 'Bonjour {name},', organisation: 'Bonjour,', nobody: 'Bonjour,'}\n"
    )
    file.write_text("".join([*texts, greeting * greets]), "utf-8")
    return folder


def test_one_letter_is_the_firms_and_the_others_stay_as_shipped(tmp_path: Path) -> None:
    config = config_of(IntakeSettings(firm_dir=say(tmp_path, "de", "declined")))
    assert config.letters["de"].declined.subject == "Notre lettre"
    assert config.letters["de"].received == SHIPPED["de"].received
    assert config.letters["en"] == SHIPPED["en"]


def test_a_language_of_the_firms_own_needs_all_of_them(tmp_path: Path) -> None:
    with pytest.raises(LetterTextError, match=r"languages/fr/letters\.yaml: nobody ships fr"):
        own_letters(say(tmp_path, "fr", "declined"), SHIPPED)


def test_a_language_of_the_firms_own_is_written_with_the_caution_there_is(tmp_path: Path) -> None:
    config = config_of(IntakeSettings(firm_dir=say(tmp_path, "fr", *KNOWN, greets=True)))
    assert config.letters["fr"].invitation.subject == "Notre lettre"
    assert config.caution["fr"] == config.caution["en"]


def test_a_language_of_the_firms_own_says_how_it_greets(tmp_path: Path) -> None:
    with pytest.raises(LetterTextError, match="write greeting too"):
        own_letters(say(tmp_path, "fr", *KNOWN), SHIPPED)
    config = config_of(IntakeSettings(firm_dir=say(tmp_path / "b", "fr", *KNOWN, greets=True)))
    assert config.letters["fr"].greetings.of("Ada Muster") == "Bonjour Ada Muster,"


def test_a_letter_nobody_sends_is_refused(tmp_path: Path) -> None:
    folder = say(tmp_path, "de", "declined")
    (folder / "languages" / "de" / "letters.yaml").write_text("thanks: {}\n", "utf-8")
    with pytest.raises(LetterTextError, match="write some of: confirmation, declined, greeting"):
        own_letters(folder, SHIPPED)
