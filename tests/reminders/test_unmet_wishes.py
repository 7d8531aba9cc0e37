"""Is a wish that cannot be met refused at the start, or said where it was not met?"""

import pytest
from pydantic import ValidationError

from services.intake.settings import IntakeSettings
from services.reminders.settings import RemindersSettings
from shared.contracts.firm import ClientUpdated
from shared.contracts.intake import ConflictCleared
from shared.contracts.reminders import ContactSent
from shared.process.settings import Settings
from tests.reminders.over_memory import ASSISTANT, OPENED, Reminders, client

CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")


def told(**wishes: str) -> ContactSent:
    """What is said of the one message to a client with these wishes."""
    reminders = Reminders()
    reminders.tell(client(**wishes), OPENED, CLEARED)
    reminders.after(minutes=1)
    (sent,) = reminders.announced_of(ContactSent)
    return sent


@pytest.mark.parametrize(("wish", "named"), [("sms", "text message"), ("post", "post")])
def test_a_message_by_another_way_than_the_client_wishes_says_so(wish: str, named: str) -> None:
    sent = told(preferred_channel=wish)
    assert f"wish for {named} could not be met: it went by e-mail" in sent.why.text
    assert [g.reason for g in sent.gates if g.gate == "wished-channel"] == [f"{wish}-by-email"]


def test_a_message_in_another_language_than_the_clients_names_the_one_it_went_in() -> None:
    sent = told(locale="fr-FR")
    assert "client's language (fr): it went in English" in sent.why.text
    assert [g.reason for g in sent.gates if g.gate == "wished-language"] == ["fr-in-en"]


@pytest.mark.parametrize("wishes", [{}, {"preferred_channel": "email", "locale": "en-GB"}])
def test_nothing_is_said_where_every_wish_was_met(wishes: dict[str, str]) -> None:
    sent = told(**wishes)
    assert sent.why.text == "The message was handed over and accepted."
    assert not any(gate.gate.startswith("wished") for gate in sent.gates)


def test_a_language_without_texts_stops_the_start_and_those_with_texts_are_named() -> None:
    with pytest.raises(ValidationError, match="there are: de, en"):
        RemindersSettings.model_validate({"fallback_language": "fr"})


@pytest.mark.parametrize("offered", [["email", "sms"], ["post"], []])
def test_a_channel_nobody_serves_cannot_be_offered_to_clients(offered: list[str]) -> None:
    with pytest.raises(ValidationError, match="email and phone"):
        IntakeSettings.model_validate({"offered_channels": offered})


def wishes(reminders: Reminders) -> list[str]:
    return [task.why["text"] for task in reminders.tasks("unmet-wish")]


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"preferred_channel": "sms"}, "by text message"),
        ({"preferred_channel": "post"}, "by post"),
        ({"locale": "fr-FR"}, "another language (fr)"),
    ],
)
def test_staff_hear_once_of_a_wish_that_cannot_be_met(wish: dict[str, str], said: str) -> None:
    reminders = Reminders()
    reminders.tell(client(**wish), client(**wish), client(**wish, phone="+49 30 999"))
    (text,) = wishes(reminders)
    assert said in text
    (task,) = reminders.tasks("unmet-wish")
    reminders.decide(task.task_id, "noted", {"note": "They spoke."}, actor=ASSISTANT)
    reminders.tell(ClientUpdated(client_id="c-1", phone="+49 30 998"))
    assert wishes(reminders) == []


def test_a_wish_that_is_taken_back_needs_nobody() -> None:
    reminders = Reminders()
    reminders.tell(client(preferred_channel="post", locale="fr-FR"))
    reminders.tell(ClientUpdated(client_id="c-1", preferred_channel="email"))
    assert [text for text in wishes(reminders) if "post" in text] == []
    assert len(wishes(reminders)) == 1


def test_an_import_asks_nobody_about_wishes() -> None:
    reminders = Reminders()
    reminders.hear(client(preferred_channel="post", locale="fr-FR"), history=True)
    assert wishes(reminders) == []


def test_who_would_rather_be_called_and_is_written_to_reads_so_on_the_timeline() -> None:
    assert "rather be called: it went by e-mail" in told(preferred_channel="phone").why.text


@pytest.mark.parametrize("name", ["reminders", "intake", "feedback", "reputation", "desk"])
def test_an_unknown_region_of_holidays_stops_every_service(name: str) -> None:
    kinds: dict[str, type[Settings]] = {"reminders": RemindersSettings, "intake": IntakeSettings}
    with pytest.raises(ValidationError, match="DE-XX is not a country"):
        kinds.get(name, Settings).model_validate({"firm_holidays": "DE-XX"})
