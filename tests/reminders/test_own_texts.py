"""Can a firm change a text, and add a language, without a line of code?"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from services.reminders.app import make_config, read_playbooks, read_wording
from services.reminders.domain.message_texts import TextError
from services.reminders.domain.unwritten import unwritten
from services.reminders.domain.wording import Occasion, Worded
from services.reminders.settings import TEXTS, RemindersSettings
from shared.firm.folder import FirmFolderError

HERE = TEXTS.parent / "playbooks"
WORDS = {"name": "Ana Novak", "firm": "Muster & Partner", "matter_id": "M1"}
FRENCH = {
    "frame/greeting.txt": "Bonjour {{ name }},\n",
    "frame/footer.txt": '{{ button("Choisir comment nous vous écrivons", preferences) }}\n',
    "frame/signature.txt": "{% if firm_phone is defined %}Tél. : {{ firm_phone }}{% endif %}\n",
    "frame/moments.yaml": (TEXTS / "en" / "frame" / "moments.yaml").read_text("utf-8"),
    "welcome.txt": "Subject: Bienvenue chez {{ firm }}\n\n{{ greeting }}\n\nBienvenue.\n",
}


@dataclass
class Folder:
    """A firm's folder."""

    path: Path

    def say(self, language: str, **texts: str) -> None:
        """Write texts of a language, by the names of their files."""
        for name, text in texts.items():
            file = self.path / "languages" / language / "messages" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def settings(self, **more: str) -> RemindersSettings:
        """What reminders is told by it."""
        return RemindersSettings(firm_dir=self.path, **more)  # type: ignore[arg-type]

    def welcome(self, locale: str) -> Worded:
        """The first message of all, in the language of a client."""
        occasion = Occasion(
            locale=locale, zone=ZoneInfo("UTC"), now=datetime(2026, 3, 9, tzinfo=UTC)
        )
        return read_wording(self.settings()).render("welcome", WORDS, occasion)


@pytest.fixture
def firm(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_one_text_is_the_firms_and_all_others_stay_as_shipped(firm: Folder) -> None:
    firm.say("en", **{"welcome.txt": "Subject: Hello\n\n{{ greeting }}\n\nWe are glad.\n"})
    assert firm.welcome("en").subject_line == "Hello"
    assert "Dear Ana Novak," in firm.welcome("en").text
    assert firm.welcome("de").subject_line != "Hello"


def test_a_language_is_a_folder(firm: Folder) -> None:
    firm.say("fr", **FRENCH)
    worded = firm.welcome("fr-CH")
    assert worded.subject_line == "Bienvenue chez Muster & Partner"
    assert worded.text.startswith("Bonjour Ana Novak,")
    assert worded.locale == "fr-CH"


def test_what_a_language_lacks_goes_in_the_fallback_and_is_named(firm: Folder) -> None:
    firm.say("fr", **FRENCH)
    rules = [each.rule for each in read_playbooks(HERE)]
    lacking = [name for name, where in unwritten(rules, read_wording(firm.settings()))
               if where == "fr"]  # fmt: skip
    assert "appointment-reminder" in lacking
    assert "welcome" not in lacking


def test_a_firm_may_fall_back_on_its_own_language_once_it_is_whole(firm: Folder) -> None:
    firm.say("fr", **FRENCH)
    settings = firm.settings(fallback_language="fr")
    with pytest.raises(TextError, match="the fallback language fr lacks: appointment-"):
        make_config(settings, read_playbooks(HERE))
    for file in (TEXTS / "en").glob("*.txt"):
        shutil.copy(file, firm.path / "languages" / "fr" / "messages")
    assert make_config(settings, read_playbooks(HERE)).wording.fallback == "fr"


def test_nobody_falls_back_on_a_language_that_is_not_there(firm: Folder) -> None:
    with pytest.raises(ValidationError, match="there is no language fr; there are: de, en"):
        firm.settings(fallback_language="fr")


@pytest.mark.parametrize("part", [each for each in FRENCH if each.startswith("frame/")])
def test_a_language_that_cannot_greet_or_say_a_day_is_refused(firm: Folder, part: str) -> None:
    firm.say("fr", **{name: text for name, text in FRENCH.items() if name != part})
    with pytest.raises(TextError, match=f"languages/fr/messages/{part}: is missing"):
        read_wording(firm.settings())


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("welcome.txt", "Subject: a\n\n{{ greeting }}\n\n{{ nmae }}\n",
         "languages/en/messages/welcome.txt:5: nobody says nmae here"),
        ("welcome.txt", "Subject: a\n\n{% if %}\n", "languages/en/messages/welcome.txt:3: "),
        ("welcome.txt", "Dear client\n\nWelcome\n",
         "languages/en/messages/welcome.txt:1: begin with a line such as"),
        ("frame/moments.yaml", "today: now\n", "frame/moments.yaml: tomorrow: Field required"),
        ("frame/moments.yaml", FRENCH["frame/moments.yaml"].replace("{days}", "{day}"),
         "in_days: write it with {days}"),
        ("frame/gruss.txt", "Hallo", "frame holds greeting.txt"),
        ("welcome.html", "<p>", "is no text of a language"),
    ],
)  # fmt: skip
def test_what_could_not_be_sent_is_refused_with_its_place(
    firm: Folder, name: str, text: str, said: str
) -> None:
    firm.say("en", **{name: text})
    with pytest.raises(TextError) as refused:
        read_wording(firm.settings())
    assert said in refused.value.message


@pytest.mark.parametrize("name", ["klingon", "xx", "EN"])
def test_a_folder_that_is_no_language_is_refused(firm: Folder, name: str) -> None:
    firm.say(name, **{"welcome.txt": "Subject: a\n\nb\n"})
    with pytest.raises(FirmFolderError, match=f"languages/{name}: is no language"):
        firm.settings()


def test_what_nobody_reads_in_a_language_is_refused(firm: Folder) -> None:
    firm.say("fr", **FRENCH)
    (firm.path / "languages" / "fr" / "mails").mkdir()
    with pytest.raises(FirmFolderError, match="languages/fr/mails: nobody reads this"):
        firm.settings()


def test_a_message_of_the_firms_own_can_be_sent_by_its_own_rules(firm: Folder) -> None:
    firm.say("en", **{"thanks.txt": "Subject: Thank you\n\n{{ greeting }}\n\nThank you.\n"})
    assert "thanks" in read_wording(firm.settings()).messages


def test_a_digest_is_written_in_english_where_staff_have_no_other(firm: Folder) -> None:
    firm.say("fr", **FRENCH)
    for file in (TEXTS / "en").glob("*.txt"):
        shutil.copy(file, firm.path / "languages" / "fr" / "messages")
    config = make_config(firm.settings(fallback_language="fr"), read_playbooks(HERE))
    assert config.to_staff.fallback == "en"


def test_a_mail_is_read_from_right_to_left_where_its_language_is(firm: Folder) -> None:
    firm.say("ar", **{**FRENCH, "welcome.txt": "Subject: شكر\n\n{{ greeting }}\n\nشكر.\n"})
    assert '<html lang="ar" dir="rtl">' in firm.welcome("ar").html
    assert '<html lang="en" dir="ltr">' in firm.welcome("en").html
