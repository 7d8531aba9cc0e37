"""Is a second channel there only as a whole, and are texts refused that say too much?"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from services.intake.settings import IntakeSettings
from services.reminders.app import make_config
from services.reminders.domain.message_texts import TextError
from services.reminders.gateways.text_channel import text_channel, text_provider
from services.reminders.gateways.text_provider import NoProviderError
from services.reminders.settings import RemindersSettings
from shared.profiles.choosing import SHIPPED
from shared.yaml_text import loaded
from tests.reminders.over_memory import shipped

SENDER = "+15005550006"


def settings(folder: Path, **more: Any) -> RemindersSettings:
    (folder / "secret").write_text("s3cret\n")
    values = {"sms_from": SENDER, "sms_url": "https://texts.example/Messages.json",
              "sms_user": "AC1", "sms_password_file": folder / "secret", **more}  # fmt: skip
    return RemindersSettings(**values)


def test_without_a_sender_there_is_no_channel() -> None:
    assert text_provider(RemindersSettings()) is None
    assert text_channel(RemindersSettings(), None) == []
    assert RemindersSettings().policy().texts is None


@pytest.mark.parametrize("lacking", ["sms_url", "sms_user", "sms_password_file"])
def test_a_sender_without_a_provider_stops_the_start_and_names_what_to_set(
    tmp_path: Path, lacking: str
) -> None:
    given: dict[str, Any] = {lacking: None if lacking.endswith("file") else ""}
    provider = text_provider(settings(tmp_path, **given))
    assert provider is not None
    with pytest.raises(NoProviderError, match="CLIENTELE_SMS_URL"):
        provider.check()


def test_a_law_that_says_nothing_of_texts_lets_none_go(tmp_path: Path) -> None:
    own = loaded((SHIPPED / "general.yaml").read_text())
    del own["text_messages"]
    (tmp_path / "ours.yaml").write_text(yaml.safe_dump(own))
    with pytest.raises(ValidationError, match="says nothing of text_messages"):
        settings(tmp_path, profile="ours", profiles_dir=tmp_path)


@pytest.mark.parametrize(
    ("profile", "by_wish", "until"),
    [("general", True, 20), ("germany", True, 20), ("england-and-wales", False, 20),
     ("us", False, 21)],
)  # fmt: skip
def test_the_law_of_each_profile_is_in_force(
    tmp_path: Path, profile: str, by_wish: bool, until: int
) -> None:
    law = settings(tmp_path, profile=profile).policy().texts
    assert law is not None
    assert (law.by_wish, law.hours.opens.hour, law.hours.closes.hour) == (by_wish, 8, until)
    assert {"feedback", "marketing"} <= law.consent


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{{ firm }}: {{ name }}, your date is {{ day(starts_at) }}.",
            "keeps out of text messages",
        ),
        ("{{ firm }}: in {{ location }}, {{ day(starts_at) }}.", "keeps out of text messages"),
        ("{{ firm }}: " + "a date, " * 70, "parts in gsm-7, where 3 are allowed"),
        ("{{ firm }}: " + "ein Termin, schön… ŵ " * 12, "parts in ucs-2, where 3 are allowed"),
        ("{{ firm }}: your divorce is on {{ day(starts_at) }}.", "divorce tells what the matter"),
        ("{{ firm }}: we guarantee that you win.", "promises an outcome"),
        ("Subject: no\n\n{{ firm }}: hello.", "a text message has no subject"),
    ],
)
def test_a_text_of_the_firms_own_that_says_too_much_stops_the_start(
    tmp_path: Path, text: str, said: str
) -> None:
    folder = tmp_path / "firm" / "languages" / "en" / "messages" / "sms"
    folder.mkdir(parents=True)
    (folder / "appointment-reminder.txt").write_text(text)
    with pytest.raises(TextError, match=said) as refused:
        make_config(RemindersSettings(firm_dir=tmp_path / "firm", profile="germany"), shipped())
    assert "messages/sms/appointment-reminder.txt:1" in str(refused.value)


def test_a_language_with_texts_and_without_the_word_that_ends_them_stops_the_start(
    tmp_path: Path,
) -> None:
    language = tmp_path / "firm" / "languages" / "nl" / "messages"
    (language / "sms").mkdir(parents=True)
    (language / "frame").mkdir()
    english = Path("services/reminders/templates/en/frame")
    for part in english.iterdir():
        (language / "frame" / part.name).write_text(part.read_text())
    (language / "sms" / "appointment-reminder.txt").write_text("{{ firm }}: {{ day(starts_at) }}.")
    with pytest.raises(TextError, match=r"sms/words.yaml: is missing; without it nobody could end"):
        make_config(RemindersSettings(firm_dir=tmp_path / "firm"), shipped())


def test_clients_are_offered_texts_only_where_the_firm_sends_any() -> None:
    assert IntakeSettings().offered_channels == ("email", "phone")
    assert IntakeSettings(sms_from=SENDER).offered_channels == ("email", "phone", "sms")
    only = IntakeSettings.model_validate({"sms_from": SENDER, "offered_channels": ["email"]})
    assert only.offered_channels == ("email",)


def test_the_firms_order_of_channels_is_read_and_checked() -> None:
    order = {"service": ["sms", "email"]}
    assert RemindersSettings.model_validate({"channel_order": order}).policy().channel_order
    for wrong in ({"service": ["pigeon"]}, {"nonsense": ["sms"]}):
        with pytest.raises(ValidationError):
            RemindersSettings.model_validate({"channel_order": wrong})
